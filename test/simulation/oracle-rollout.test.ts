import { afterAll, expect, test } from 'vitest';
import type { RolloutOptions } from '../../src/lib/index.ts';
import type { StoreWrite } from '../../src/lib/store/store.ts';
import type { Trouble } from './faults.ts';
import { rollouts } from './oracle-rollout.ts';
import { readyMany } from './rollout-scenario.ts';
import { apply } from './scenario.ts';
import { forgetKeys, furnishedWorld, type World } from './world.ts';

afterAll(forgetKeys);

/** What a rollout promises is judged here alone: each of its promises must be seen to be broken. */

const GROUP = { group: 'core' };
const LAST_FAILS: Trouble = {
  nth: 1,
  among: 'writes',
  router: 'r3',
  menu: '/ip/dns',
  wire: { kind: 'fault', executed: false },
  commit: 'well',
};

/** Three routers, of which the first and the last are of one group; a run that is then tampered with. */
async function played(rollout: RolloutOptions, faults: readonly Trouble[] = []): Promise<World> {
  const world = await furnishedWorld('oracle of rollouts', ['chr_7.24', 'chr_7.24', 'chr_7.24'], [GROUP, {}, GROUP]);
  await world.clock.run(
    (async () => {
      const living = await world.start('C1');
      const intent = { verb: 'set', capability: 'dns', values: { servers: '192.0.2.53' } } as const;
      const planId = await readyMany(world, living, [intent], rollout);
      world.faults.loose(faults);
      if (planId !== undefined) await apply(world, living, planId);
    })(),
  );
  return world;
}

/** What is said of it when the store had been told something else: a write for each write, or none. */
function said(world: World, change: (write: StoreWrite) => StoreWrite | undefined): readonly string[] {
  const events = world.trace.events.map((event) =>
    event.kind === 'commit' ? { ...event, writes: event.writes.flatMap((write) => change(write) ?? []) } : event,
  );
  return rollouts({ ...world, trace: { ...world.trace, events } }).map(({ what }) => what);
}

const asPlanned = (about: Partial<NonNullable<Extract<StoreWrite, { kind: 'plan-insert' }>['plan']['rollout']>>) => (write: StoreWrite) =>
  write.kind === 'plan-insert' && write.plan.rollout
    ? { ...write, plan: { ...write.plan, rollout: { ...write.plan.rollout, ...about } } }
    : write;
const without = (to: string) => (write: StoreWrite) => (write.kind === 'target-move' && write.to === to ? undefined : write);

test('a rollout in which all is well, and one that stopped as its plan says, break no promise', async () => {
  expect(rollouts(await played({ waves: [1, 2], parallel: 2 }))).toEqual([]);
  expect(rollouts(await played({ waves: 'serial', onStop: 'roll-back-all' }, [LAST_FAILS]))).toEqual([]);
  expect(rollouts(await played({ waves: 'serial', onStop: 'keep' }, [LAST_FAILS]))).toEqual([]);
});

test('a wave that begins before the one in front of it is over; two of one group at once', async () => {
  const waves = said(await played({ waves: 'serial' }), without('completed'));
  expect(waves).toContainEqual(expect.stringContaining('a router of wave 2 was started before'));
  expect(waves).toContainEqual(expect.stringContaining('two of group core'));
});

test('more routers asked at once than the plan says', async () => {
  const world = await played({ waves: [3], parallel: 2 });
  expect(said(world, asPlanned({ parallel: 1 }))).toEqual([expect.stringContaining('2 routers were asked at once')]);
});

test('a router that is taken back although the plan keeps it, or that stays although the plan does not', async () => {
  const back = await played({ waves: 'serial', onStop: 'roll-back-all' }, [LAST_FAILS]);
  expect(said(back, asPlanned({ onStop: 'keep' }))).toEqual([expect.stringContaining('taken back that the plan keeps')]);
  const kept = await played({ waves: 'serial', onStop: 'keep' }, [LAST_FAILS]);
  expect(said(kept, asPlanned({ onStop: 'roll-back-all' }))).toEqual([expect.stringContaining('left 2 as they were')]);
  const wave = await played({ waves: [1, 2], parallel: 1, onStop: 'keep' }, [LAST_FAILS]);
  expect(said(wave, asPlanned({ onStop: 'roll-back-wave' }))).toEqual([expect.stringContaining('left 1 as they were')]);
});

test('a router that is left out for no reason, and one that is never over', async () => {
  const stopped = await played({ waves: 'serial', onStop: 'keep' }, [{ ...LAST_FAILS, router: 'r1' }]);
  expect(said(stopped, asPlanned({ budget: 1 }))).toEqual([expect.stringContaining('left out for no reason')]);
  expect(said(stopped, without('cancelled'))).toEqual([expect.stringContaining('not over')]);
});
