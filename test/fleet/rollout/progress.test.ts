import { expect, test } from 'vitest';
import { StoreError } from '../../../src/lib/core/errors.ts';
import { progressOf } from '../../../src/lib/fleet/rollout-course.ts';
import type { TargetState } from '../../../src/lib/index.ts';

const at = (...states: readonly TargetState[]): ReadonlyMap<string, TargetState> =>
  new Map(states.map((state, nth) => [`r${nth + 1}`, state]));
const full = new StoreError('the disk is full');

test.each([
  ['approved', true, false],
  ['paused', true, false],
  ['executing', false, true],
  ['rolling-back', false, true],
  ['completed', false, false],
  ['failed', false, false],
  ['cancelled', false, false],
] as const)('a router that is %s waits: %s; is in work: %s', (state, waits, busy) => {
  const progress = progressOf({ budget: 0 }, at(state));
  expect([progress.waits('r1'), progress.isBusy()]).toEqual([waits, busy]);
  expect(progress.waits('r2')).toBe(false);
});

test('one that ends waits no longer, and is in work no longer', () => {
  const progress = progressOf({ budget: 0 }, at('executing', 'approved'));
  expect([progress.waits('r1'), progress.waits('r2'), progress.isBusy()]).toEqual([false, true, true]);
  progress.ends('r1', 'completed');
  expect([progress.states.get('r1'), progress.isBusy(), progress.mustStop()]).toEqual(['completed', false, false]);
});

test('those that had failed before are counted with those that fail now', () => {
  const progress = progressOf({ budget: 1 }, at('failed', 'completed', 'executing'));
  expect(progress.mustStop()).toBe(false);
  progress.ends('r3', 'rolled-back');
  expect(progress.mustStop()).toBe(true);
});

test('whoever does not answer counts as failed until it is known to have gone well; how it is confirmed is no matter of the others', () => {
  const progress = progressOf({ budget: 0 }, at('approved', 'approved'));
  progress.doubts('r1');
  expect(progress.mustStop()).toBe(true);
  progress.holds('r1');
  expect(progress.mustStop()).toBe(false);
  progress.doubts('r1');
  expect(progress.mustStop()).toBe(false);
  progress.ends('r1', 'stuck');
  expect(progress.mustStop()).toBe(true);
});

test.each(['failed', 'rolled-back', 'stuck', 'stale'] as const)('one more that is %s than the budget allows stops it', (state) => {
  const progress = progressOf({ budget: 1 }, at('approved', 'approved'));
  progress.ends('r1', state);
  expect(progress.mustStop()).toBe(false);
  progress.ends('r2', state);
  expect(progress.mustStop()).toBe(true);
  // Those that failed before this process took it up count, too.
  expect([progressOf({ budget: 1 }, at(state, state)).mustStop(), progressOf({ budget: 2 }, at(state, state)).mustStop()]).toEqual([
    true,
    false,
  ]);
});

test('one that is known to fail counts at once, and once; when it ends well after all it counts no more', () => {
  const progress = progressOf({ budget: 0 }, at('executing'));
  progress.fails('r1');
  progress.fails('r1');
  expect(progress.mustStop()).toBe(true);
  progress.ends('r1', 'completed');
  expect(progress.mustStop()).toBe(false);
});

test('what the store takes no word of counts as failed where it is one router’s, and starts no other one in any case', () => {
  const one = progressOf({ budget: 0 }, at('executing', 'approved'));
  one.loses(full, 'r1');
  expect([one.mustStop(), one.lost()]).toEqual([true, full]);
  const nobodys = progressOf({ budget: 0 }, at('approved'));
  nobodys.loses(full);
  nobodys.loses(new StoreError('another one'));
  expect([nobodys.mustStop(), nobodys.lost()]).toEqual([false, full]);
  expect(progressOf({ budget: 0 }, at('approved')).lost()).toBeUndefined();
});

test('what is counted is its own: the states it was given stay as they are', () => {
  const stored = at('approved');
  progressOf({ budget: 0 }, stored).ends('r1', 'completed');
  expect(stored.get('r1')).toBe('approved');
});
