import { afterAll, expect, test } from 'vitest';
import type { CommitFate } from './disk.ts';
import type { Trouble } from './faults.ts';
import { TWELVE } from './intents.ts';
import { apply, conclude, generations, ready, recover, runWorld } from './scenario.ts';
import type { WireFate } from './wire.ts';
import { forgetKeys, furnishedWorld, type World } from './world.ts';

afterAll(forgetKeys);

const ROUTERS = ['chr_7.24', 'chr_7.24', 'chr_7.24'];
/** What goes wrong at the n-th I/O, for a request and for a commit. */
const KINDS: Readonly<Record<string, readonly [WireFate, CommitFate]>> = {
  error: [{ kind: 'refused' }, 'full'],
  'error of the router': [{ kind: 'fault', executed: false }, 'full'],
  'time-out': [{ kind: 'time-out', executed: false, busy: 20_000 }, 'well'],
  'time-out, and done later': [{ kind: 'time-out', executed: true, busy: 50_000 }, 'well'],
  'lost reply': [{ kind: 'reset', executed: true }, 'doubtful'],
  'crash before': [{ kind: 'die', executed: false }, 'die-before'],
  'crash after': [{ kind: 'die', executed: true }, 'die-after'],
  reboot: [{ kind: 'reboot', executed: true, away: 30_000 }, 'well'],
};

/** @returns how many I/O there were, so that the loop knows when it is through */
async function play(world: World, trouble: Trouble | undefined): Promise<number> {
  const next = generations(world);
  let living = await next();
  const plans: string[] = [];
  for (const machine of world.machines) {
    const planId = await ready(world, living, machine, TWELVE);
    if (planId === undefined) throw new Error('not planned');
    plans.push(planId);
  }
  world.faults.loose(trouble ? [trouble] : []);
  for (const planId of plans) if (!living.dead) await apply(world, living, planId);
  const { count } = world.faults;
  living = await recover(world, living, next);
  await conclude(world, living);
  return count;
}

async function run(nth: number, [wire, commit]: readonly [WireFate, CommitFate]) {
  const world = await furnishedWorld(`nth ${nth}`, ROUTERS);
  let count = 0;
  const trouble: Trouble | undefined = nth === 0 ? undefined : { nth, among: 'all', wire, commit };
  const { violations, states } = await runWorld(world, async () => {
    count = await play(world, trouble);
  });
  return { violations, states, count };
}

const WELL: readonly [WireFate, CommitFate] = [{ kind: 'well' }, 'well'];
const LONG = process.env['ROUTEROS_MCP_TEST_LONG'] === '1';

test('without a fault all three routers are changed', async () => {
  const { violations, states, count } = await run(0, WELL);
  expect({ violations, states }).toEqual({ violations: [], states: ['completed', 'completed', 'completed'] });
  expect(count).toBeGreaterThan(150);
});

/** By default every fourth I/O, and with each kind of fault another fourth; all of them in the long run. */
const STRIDE = LONG ? 1 : 4;

test.each(Object.entries(KINDS).map(([name, kind], at) => [name, kind, at] as const))(
  `%s, at ${LONG ? 'every single' : 'every fourth'} I/O`,
  async (name, kind, at) => {
    const { count } = await run(0, WELL);
    const problems: string[] = [];
    // Plans of one router know nothing of each other: a third of the way is every step of one, unless all are asked for.
    const last = LONG ? count : Math.ceil(count / 3) + 1;
    for (let nth = 1 + (at % STRIDE); nth <= last; nth += STRIDE) {
      const { violations } = await run(nth, kind);
      problems.push(...violations.map(({ law, seq, what }) => `${name} at I/O ${nth}: ${law} at step ${seq}: ${what}`));
    }
    expect(problems).toEqual([]);
  },
  LONG ? 10_800_000 : 1_200_000,
);
