import type { Fleet } from '../../src/lib/index.ts';

export interface Crowd {
  readonly samples: number;
  readonly reads: number;
  readonly givenUp: number;
}

/**
 * Everybody at once: polls at an interval, persons who ask for a look, read menus, and some who do not wait for the answer. Ends when
 * every reader has what was asked for and every router was polled.
 * @throws Error somebody got a wrong answer
 */
export async function crowd(fleet: Fleet, names: readonly string[], rounds: number): Promise<Crowd> {
  const state = { served: false };
  const polling = polls(fleet, () => state.served);
  let givenUp = 0;
  let reads = 0;
  for (let round = 0; round < rounds; round += 1) {
    const readers = names.flatMap((device) => [
      identityIs(fleet, device),
      identityIs(fleet, device),
      fleet.sample(device).then(({ identity }) => requireEqual(device, identity)),
    ]);
    const impatient = names.map((device) => leavesEarly(fleet, device));
    reads += (await Promise.all(readers)).length;
    givenUp += (await Promise.all(impatient)).filter((left) => left).length;
  }
  state.served = true;
  return { samples: await polling, reads, givenUp };
}

/** Polls every router at least once, and on until everybody is served: persons go first. */
async function polls(fleet: Fleet, allServed: () => boolean): Promise<number> {
  const stop = new AbortController();
  const names = new Map((await fleet.devices()).map(({ id, name }) => [id, name]));
  const left = new Set(names.keys());
  let samples = 0;
  for await (const event of fleet.watch({ signal: stop.signal, pollEvery: 25 })) {
    if (event.type !== 'sample') continue;
    requireEqual(names.get(event.sample.deviceId) ?? '', event.sample.identity);
    samples += 1;
    left.delete(event.sample.deviceId);
    if (left.size === 0 && allServed()) stop.abort();
  }
  return samples;
}

async function identityIs(fleet: Fleet, device: string): Promise<void> {
  const { items } = await fleet.read({ device, capability: 'system-identity' });
  requireEqual(device, items[0]?.['name']);
}

/** Asks, and is gone before the router can have answered. */
async function leavesEarly(fleet: Fleet, device: string): Promise<boolean> {
  const signal = AbortSignal.timeout(5);
  return fleet.read({ device, capability: 'interface' }, { signal }).then(
    () => false,
    () => signal.aborted,
  );
}

function requireEqual(expected: string, seen: unknown): void {
  if (seen !== expected) throw new Error(`${expected} answered as ${String(seen)}`);
}
