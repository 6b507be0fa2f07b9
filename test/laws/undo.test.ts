import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Capability } from '../../src/lib/capability/define.ts';
import { CALM, execute } from './execution.ts';
import { figures } from './figures.ts';
import { mustHold } from './invariants.ts';
import { BRIEF, PAIRS, runsOf, writableCapabilities } from './subjects.ts';
import { draftOf, feasible, planOf, routerOf, worldOf } from './world.ts';

const { count, of } = figures('law 4, undone after a check that did not pass');

/** Law 4: undoing every change backwards restores the start, with order for ordered menus. */
async function undoRestores(capabilities: readonly Capability[], cases: number): Promise<void> {
  const check = fc.constantFrom('fail' as const, 'inconclusive' as const, 'throws' as const);
  await fc.assert(
    fc.asyncProperty(worldOf(capabilities, 5), check, async (wild, ends) => {
      const world = feasible(wild);
      const now = routerOf(world);
      const draft = draftOf(world, now);
      if (draft.changes.length === 0) return count('nothing to do');
      const start = now.clone();
      const plan = planOf(world, now, draft);
      const report = await execute(now, plan, { ...CALM, check: ends });
      const word = mustHold({ plan, start, now, report });
      // What cannot be undone is said beforehand.
      if (draft.lost.length === 0) expect(word).toBe('rolled-back');
      count(draft.lost.length === 0 ? word : `${word} with losses`);
    }),
    runsOf(capabilities, cases),
  );
}

for (const capability of writableCapabilities) test(`law 4: ${capability.id}`, () => undoRestores([capability], 80));
for (const pair of PAIRS) test(`law 4: ${pair.map(({ id }) => id).join(' and ')}`, () => undoRestores(pair, 120));
test('something was undone', () => expect(of('rolled-back')).toBeGreaterThan(BRIEF ? 50 : 500));
