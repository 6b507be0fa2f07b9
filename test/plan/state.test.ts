import { expect, test } from 'vitest';
import { BugError, InputError } from '../../src/lib/core/errors.ts';
import { assertTransition, isOver, isTerminal, planState, requireState, TRANSITIONS } from '../../src/lib/plan/state.ts';
import { type PlanState, STATES, type TargetState } from '../../src/lib/plan/types.ts';

/** The whole table once more, by hand: a line that is changed here is a decision. */
const ALLOWED: Readonly<Record<TargetState, readonly TargetState[]>> = {
  draft: ['review', 'cancelled'],
  review: ['approved', 'rejected', 'cancelled', 'expired'],
  approved: ['executing', 'paused', 'review', 'rejected', 'cancelled', 'expired', 'stale', 'failed'],
  executing: ['completed', 'failed', 'rolling-back', 'stuck'],
  paused: ['approved', 'cancelled'],
  'rolling-back': ['rolled-back', 'stuck'],
  stuck: ['completed', 'rolled-back', 'stuck'],
  completed: ['rolling-back'],
  failed: [],
  'rolled-back': [],
  rejected: [],
  cancelled: [],
  expired: [],
  stale: [],
};
const states = STATES.filter((state): state is TargetState => state !== 'partial');

test('every pair of states: allowed by the table, or a fault of ours', () => {
  for (const from of states) {
    for (const to of states) {
      const attempt = () => assertTransition(from, to);
      if (ALLOWED[from].includes(to)) expect(attempt, `${from} to ${to}`).not.toThrow();
      else expect(attempt, `${from} to ${to}`).toThrow(new BugError(`A plan cannot go from ${from} to ${to}.`));
    }
  }
  expect(TRANSITIONS).toEqual(ALLOWED);
});

test('every state can be reached, and from every state an end', () => {
  const reach = (from: TargetState, seen = new Set<TargetState>([from])): ReadonlySet<TargetState> => {
    for (const to of TRANSITIONS[from]) if (!seen.has(to)) reach(to, seen.add(to));
    return seen;
  };
  expect([...reach('draft')].sort()).toEqual([...states].sort());
  for (const state of states) expect([...reach(state)].some(isTerminal), state).toBe(true);
});

test('nothing that a person has not approved is ever executed', () => {
  for (const from of states) if (TRANSITIONS[from].includes('executing')) expect(['approved', 'paused']).toContain(from);
  for (const from of states) if (TRANSITIONS[from].includes('approved')) expect(['review', 'paused']).toContain(from);
  // A pause is begun by what was approved, and by nothing else.
  for (const from of states) if (TRANSITIONS[from].includes('paused')) expect(from).toBe('approved');
});

test('the ends', () => {
  // What is stuck is over and yet no end: a person can still say where it stands.
  expect(STATES.filter((state) => isOver(state) && !isTerminal(state))).toEqual(['stuck']);
  expect(STATES.filter(isTerminal)).toEqual(['completed', 'partial', 'failed', 'rolled-back', 'rejected', 'cancelled', 'expired', 'stale']);
});

test('the state of a plan: the least finished of its targets, then the worst', () => {
  const table: readonly (readonly [readonly TargetState[], PlanState])[] = [
    [[], 'draft'],
    [['review', 'review'], 'review'],
    [['completed', 'executing'], 'executing'],
    [['completed', 'stuck', 'executing'], 'executing'],
    [['completed', 'stuck', 'cancelled'], 'stuck'],
    [['rolling-back', 'executing'], 'rolling-back'],
    [['approved', 'completed'], 'executing'],
    [['approved', 'approved'], 'approved'],
    [['completed', 'rolled-back'], 'partial'],
    [['completed', 'stale'], 'partial'],
    [['failed', 'rolled-back'], 'failed'],
    [['completed', 'completed'], 'completed'],
    [['paused', 'approved'], 'paused'],
    [['approved', 'review'], 'approved'],
    [['approved', 'stuck'], 'executing'],
    [['draft', 'review'], 'review'],
    [['review', 'stuck'], 'review'],
    [['draft', 'failed'], 'draft'],
    [['stuck', 'completed'], 'stuck'],
  ];
  for (const [targets, state] of table) expect(planState(targets), targets.join(' ')).toBe(state);
});

test('a verb at the wrong time is refused in words', () => {
  expect(() => requireState('review', ['review'], 'approved')).not.toThrow();
  const refused = (state: PlanState, allowed: readonly PlanState[] = ['approved']) => {
    try {
      requireState(state, allowed, 'applied');
    } catch (thrown) {
      return thrown;
    }
    throw new Error('not refused');
  };
  expect(refused('review')).toBeInstanceOf(InputError);
  expect(refused('review')).toMatchObject({
    code: 'PLAN_STATE',
    message: 'This plan is review: it cannot be applied.',
    hint: 'It can be applied while it is approved.',
    details: { state: 'review', allowed: ['approved'] },
  });
  expect(refused('draft', ['approved', 'paused'])).toMatchObject({ hint: 'It can be applied while it is approved or paused.' });
  expect(refused('stuck')).toMatchObject({ hint: 'It can be applied while it is approved.' });
  expect(refused('completed')).toMatchObject({ hint: 'Make a new plan.' });
});
