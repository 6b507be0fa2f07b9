import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Capability } from '../../src/lib/capability/define.ts';
import { execute } from './execution.ts';
import { figures } from './figures.ts';
import { mustHold } from './invariants.ts';
import { PAIRS, runsOf, writableCapabilities } from './subjects.ts';
import { weather } from './weather.ts';
import { draftOf, feasible, planOf, routerOf, worldOf } from './world.ts';

const { count, of } = figures('I3 under failing writes, reads, checks, lease and journal');

async function everyRunEndsInANamedState(capabilities: readonly Capability[], cases: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(worldOf(capabilities, 5), weather, async (wild, sky) => {
      const world = feasible(wild);
      const now = routerOf(world);
      const draft = draftOf(world, now);
      if (draft.changes.length === 0) return count('nothing to do');
      const start = now.clone();
      const plan = planOf(world, now, draft);
      const report = await execute(now, plan, sky);
      count(mustHold({ plan, start, now, report }));
    }),
    runsOf(capabilities, cases),
  );
}

for (const capability of writableCapabilities) test(`I3: ${capability.id}`, () => everyRunEndsInANamedState([capability], 120));
for (const pair of PAIRS) test(`I3: ${pair.map(({ id }) => id).join(' and ')}`, () => everyRunEndsInANamedState(pair, 200));
test('every end was seen', () => {
  for (const end of ['completed', 'rolled-back', 'failed', 'stuck', 'not begun', 'interrupted']) expect(of(end), end).toBeGreaterThan(0);
});
