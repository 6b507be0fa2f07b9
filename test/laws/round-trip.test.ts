import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from '../../src/lib/core/canonical.ts';
import { isIntact } from '../../src/lib/plan/plan.ts';
import type { Plan } from '../../src/lib/plan/types.ts';
import { execute } from './execution.ts';
import { figures } from './figures.ts';
import { PAIRS, runs } from './subjects.ts';
import { draftOf, feasible, planOf, routerOf, worldOf } from './world.ts';

/** Law 7: a plan survives a round trip through any store. */

const { count, of } = figures('law 7');

/** The same value with its members in another order. */
function shuffled(value: unknown, dice: number): unknown {
  if (Array.isArray(value)) return value.map((member) => shuffled(member, dice));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]): [string, unknown] => [name, shuffled(member, dice)]);
  const turn = dice % Math.max(1, members.length);
  return Object.fromEntries([...members.slice(turn), ...members.slice(0, turn)].reverse());
}

for (const pair of PAIRS) {
  test(`law 7: ${pair.map(({ id }) => id).join(' and ')}`, async () => {
    await fc.assert(
      fc.asyncProperty(worldOf(pair), fc.nat(97), async (wild, dice) => {
        const world = feasible(wild);
        const router = routerOf(world);
        const draft = draftOf(world, router);
        const plan = planOf(world, router, draft);
        const stored = JSON.parse(JSON.stringify(plan)) as Plan;
        expect(stored).toEqual(plan);
        expect(isIntact(stored)).toBe(true);
        expect(canonical(shuffled(stored, dice))).toBe(canonical(plan));
        expect(isIntact(shuffled(stored, dice) as Plan)).toBe(true);
        if (draft.changes.length === 0) return;
        const { outcome } = await execute(router, shuffled(stored, dice) as Plan);
        expect(outcome?.state).toBe('completed');
        count('plans stored, shuffled and applied');
      }),
      runs(60),
    );
  });
}

test('plans were stored', () => expect(of('plans stored, shuffled and applied')).toBeGreaterThan(100));
