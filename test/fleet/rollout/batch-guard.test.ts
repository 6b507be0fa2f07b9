import { describe, expect, test } from 'vitest';
import { type TestClock, testClock } from '../clocks.ts';
import { startYard, type Yard } from './yard.ts';

const armed = (yard: Yard, nth: number): boolean =>
  yard
    .router(nth)
    .rows('/system/script')
    .some(({ name }) => name?.startsWith('mk-cc-'));

/** What is armed when the plan writes to a router for the first time. */
function watchGuards(yard: Yard, onWrite = (): void => undefined): readonly (readonly number[])[] {
  const seen: number[][] = yard.names.map(() => []);
  for (const [at, front] of yard.rig.fronts.entries()) {
    front.hooks = {
      before: ({ write }) => {
        if (write > 0) onWrite();
        if (write === 1) seen[at] = yard.names.flatMap((_, nth) => (armed(yard, nth) ? [nth] : []));
      },
    };
  }
  return seen;
}

describe('the guards of a batch', () => {
  test('stay armed until all of it have passed; those of the wave before are gone by then, and none is left at the end', async () => {
    await using yard = await startYard({ routers: 4, guarded: true, fronts: true, clock: testClock() });
    const { plan } = await yard.approved({ waves: [1, 3], parallel: 1 });
    const seen = watchGuards(yard);
    await yard.rig.fleet.apply({ planId: plan.id });
    expect(await yard.states(plan.id)).toEqual(['completed', 'completed', 'completed', 'completed']);
    expect(seen).toEqual([[0], [1], [1, 2], [1, 2, 3]]);
    expect(yard.names.filter((_, nth) => armed(yard, nth))).toEqual([]);
  });

  test('are not kept waiting until they fire: a batch takes no more routers when a third of their time is gone', async () => {
    const clock = testClock();
    let passed = 0;
    const slow: TestClock = { ...clock, monotonic: () => clock.monotonic() + passed };
    await using yard = await startYard({ routers: 3, guarded: true, fronts: true, clock: slow });
    const { plan } = await yard.approved({ waves: [3], parallel: 1 });
    const seen = watchGuards(yard, () => {
      passed += 110_000;
    });
    await yard.rig.fleet.apply({ planId: plan.id });
    expect(await yard.states(plan.id)).toEqual(['completed', 'completed', 'completed']);
    expect(seen).toEqual([[0], [1], [2]]);
  });
});
