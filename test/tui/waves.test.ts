import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TargetState } from '../../src/lib/index.ts';
import { mustStop } from '../../src/lib/plan/rollout.ts';
import { stopOf, wavesOf } from '../../src/tui/state/waves.ts';
import { openRun, outcome, rolloutPlan, targetOf } from './many.ts';

const STATES: readonly TargetState[] = [
  'approved',
  'executing',
  'paused',
  'rolling-back',
  'completed',
  'failed',
  'rolled-back',
  'stuck',
  'stale',
  'cancelled',
];
const NAMES = ['a', 'b', 'c', 'd'];
const viewOf = (states: readonly TargetState[], budget: number) => {
  const view = rolloutPlan('p', [[targetOf('a')], [targetOf('b'), targetOf('c'), targetOf('d')]], {
    states: Object.fromEntries(NAMES.map((name, at) => [name, states[at] ?? 'approved'])),
    runs: [openRun('p')],
  });
  const { rollout } = view.plan;
  return rollout ? { ...view, plan: { ...view.plan, rollout: { ...rollout, budget } } } : view;
};

test('the screen says that a rollout stopped exactly when the rollout stops', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...STATES), { minLength: 4, maxLength: 4 }), fc.integer({ min: 0, max: 4 }), (states, budget) => {
      expect(stopOf(viewOf(states, budget))?.kind === 'budget').toBe(mustStop({ budget }, states));
    }),
  );
});

test('each router is counted in its own wave', () => {
  const waves = wavesOf(viewOf(['completed', 'completed', 'failed', 'approved'], 0));
  expect(waves.map(({ completed, over, stand }) => ({ completed, over, stand }))).toEqual([
    { completed: 1, over: 1, stand: 'done' },
    { completed: 1, over: 2, stand: 'under way' },
  ]);
});

test('routers that went back because of another are not named as the reason', () => {
  const view = rolloutPlan('p', [[targetOf('a'), targetOf('b')]], {
    states: { a: 'rolled-back', b: 'rolled-back' },
    outcomes: { a: outcome('rolled-back', { code: 'CHECK_FAILED' as never }), b: outcome('rolled-back', { code: 'DENIED' }) },
    runs: [openRun('p')],
  });
  expect(stopOf(view)).toEqual({ kind: 'budget', deviceIds: ['id-a'] });
});

test.each([
  ['pause', 'paused'],
  ['cancel', 'called-off'],
] as const)('what a person asked for is said: %s', (wanted, kind) => {
  const view = rolloutPlan('p', [[targetOf('a')], [targetOf('b')]], {
    states: { a: 'completed', b: 'paused' },
    runs: [openRun('p', wanted)],
  });
  expect(stopOf(view)?.kind).toBe(kind);
});

test('a plan of one router has no waves', () => {
  const { rollout: _none, ...bare } = rolloutPlan('p', [[targetOf('a')]]).plan;
  const view = { ...rolloutPlan('p', [[targetOf('a')]], { runs: [openRun('p', 'pause')] }), plan: bare };
  expect(wavesOf(view)).toEqual([]);
  expect(stopOf(view)).toBeUndefined();
});
