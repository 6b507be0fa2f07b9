// The fleet as any program has it: through the two doors, with a store on disk.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DeviceSample, type Fleet, openFleet, person, Secret } from '../../src/lib/index.ts';
import { loadConfig, openOperator } from '../../src/lib/operator.ts';
import { type Look, type Measured, measured, type Round } from '../kit/looks.ts';
import { serve } from '../kit/serve.ts';
import type { Target } from '../simulator.ts';
import { type Crowd, crowd } from './crowd.ts';

/** How many are enrolled at a time: the simulator serves all of them at once. */
const AT_ONCE = 50;
/** Milliseconds after which polls that have not come are missed. */
const LATEST = 50_000;

const home = mkdtempSync(path.join(tmpdir(), 'routeros-mcp-bench-'));
const { config } = loadConfig({ env: { HOME: home }, flags: { dataDir: path.join(home, 'data') } });
let fleet: Fleet | undefined;
let names: readonly string[] = [];

const opened = async (): Promise<Fleet> => {
  fleet ??= await openFleet({ config });
  return fleet;
};

async function close(): Promise<void> {
  await fleet?.close();
  fleet = undefined;
}

async function enrol(targets: readonly Target[]): Promise<void> {
  await using operator = await openOperator({ config, actor: person('bench', 'library', false) });
  const left = [...targets];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const { name, url, username, password } = next;
      await operator.addDevice({ name, address: url, username, password: new Secret(password), environment: 'lab' });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  names = targets.map(({ name }) => name);
}

/** @throws Error the router was not to be had, or did not say what every router says */
function lookOf({ status, code, identity, version, memoryTotal, deviceId }: DeviceSample): Look {
  if (status !== 'up' || identity === null || version === null || memoryTotal === null)
    throw new Error(`the sample of ${deviceId} is not whole: ${status} ${code ?? ''}`);
  return { name: identity, version, memoryTotal };
}

/**
 * Watches until so many samples of each router have come.
 * @throws Error they did not come in time
 */
async function watched(rounds: number, every: number): Promise<readonly Look[]> {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), LATEST);
  const left = new Map((await (await opened()).devices()).map(({ id }) => [id, rounds]));
  const looks: Look[] = [];
  for await (const event of (await opened()).watch({ signal: stop.signal, pollEvery: every })) {
    if (event.type !== 'sample') continue;
    looks.push(lookOf(event.sample));
    const more = (left.get(event.sample.deviceId) ?? 0) - 1;
    if (more > 0) left.set(event.sample.deviceId, more);
    else left.delete(event.sample.deviceId);
    if (left.size === 0) stop.abort();
  }
  clearTimeout(late);
  if (left.size > 0) throw new Error(`${left.size} routers were not polled ${rounds} times in time`);
  return looks;
}

export const verbs = {
  enrol,
  /** As the terminal and the service poll: `watch`, at an interval. */
  rounds: ({ rounds, pause }: { readonly rounds: number; readonly pause: number }): Promise<Measured> =>
    measured(() => watched(rounds, pause)),
  /** One look at each but the absent ones, all asked at once; waits for all but the silent ones. */
  once: async ({ silent, absent }: Round): Promise<Measured> => {
    const open = await opened();
    const asked = names.filter((name) => !absent.includes(name));
    const unheard = new Set(silent);
    const taken = await measured(async () => {
      const looking = asked.map((name) => ({ name, sampled: open.sample(name) }));
      for (const { name, sampled } of looking) if (unheard.has(name)) sampled.catch(() => undefined);
      const heard = await Promise.all(looking.filter(({ name }) => !unheard.has(name)).map(({ sampled }) => sampled));
      return heard.map(lookOf);
    });
    // What still waits for silent routers is given up with the fleet.
    if (silent.length > 0) await close();
    return taken;
  },
  /** Polls, persons, and persons who leave early, all at once. */
  crowd: async (rounds: number): Promise<Crowd> => crowd(await opened(), names, rounds),
};

serve(verbs, async () => {
  await close();
  rmSync(home, { recursive: true, force: true });
});
