import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../fleet/clocks.ts';
import { approved, refusal, startRig, writesOf } from '../fleet/rig.ts';
import { forgetKeys } from '../simulation/world.ts';
import { LONG, stepsOf, told, withAside } from './at-each-step.ts';

/** Times are milliseconds since 1970: no zone and no summer time takes part in them. What is left are clocks that are set. */

afterAll(forgetKeys);

const DAY = 24 * HOUR;
const JUMPS = [
  ['an hour forward', HOUR],
  ['an hour back', -HOUR],
  ['a day forward', DAY],
  ['a day back', -DAY],
] as const;
const CASES = JUMPS.flatMap(([name, ms], at) => [
  [`the controller’s clock jumps ${name}`, { kind: 'controller-clock', ms }, at] as const,
  [`the router’s clock jumps ${name}`, { kind: 'router-clock', ms }, at + 3] as const,
]);
const timeout = LONG ? 600_000 : 60_000;

let count = 0;
beforeAll(async () => {
  const inPeace = await withAside(0, undefined);
  expect(inPeace).toMatchObject({ states: ['completed'], violations: [] });
  ({ count } = inPeace);
  expect(count).toBeGreaterThan(100);
});

test.each(CASES)('%s, at each step of an apply: all invariants hold', { timeout }, async (what, aside, offset) => {
  const problems: string[] = [];
  const ends = new Set<string>();
  for (const nth of stepsOf(count, 13, offset)) {
    const ended = await withAside(nth, aside);
    problems.push(...told(`${what} at I/O ${nth}`, ended));
    for (const state of ended.states) ends.add(state);
  }
  expect(problems).toEqual([]);
  // Forward, an approval or the time for writing ends, or the guard fires: nothing half done. Back, nothing ends early.
  const allowed = aside.ms < 0 ? ['completed'] : ['completed', 'review', 'expired', 'failed', 'rolled-back'];
  expect([...ends].filter((state) => !allowed.includes(state))).toEqual([]);
});

test.each(JUMPS)(
  'two controllers and one router, the clock of their host jumps %s at each step: never two writers',
  { timeout },
  async (what, ms) => {
    const problems: string[] = [];
    let completed = 0;
    for (const nth of stepsOf(count, 29)) {
      const ended = await withAside(nth, { kind: 'controller-clock', ms }, { rival: true });
      problems.push(...told(`${what} at I/O ${nth}`, ended));
      completed += ended.states.filter((state) => state === 'completed').length;
    }
    expect(problems).toEqual([]);
    // Where nobody ever wrote, nobody wrote at the same time.
    expect(completed).toBeGreaterThan(0);
  },
);

test.each(JUMPS)('the clock jumps %s between the approval and the apply: an approval that is over is not used', async (_name, ms) => {
  await using rig = await startRig({ settings: { 'guard.from': 'never' } });
  const { plan } = await approved(rig);
  rig.clock.advance(ms);
  expect((await refusal(rig.fleet.apply({ planId: plan.id }))).code).toMatch(/^(?:APPROVAL_EXPIRED|PLAN_STATE)$/);
  expect(writesOf(rig.router)).toEqual([]);
});

test('an approval that was given in the future is not taken: a clock that is set back does not make it last longer', async () => {
  await using rig = await startRig({ settings: { 'guard.from': 'never' } });
  const { plan } = await approved(rig);
  // 23 hours later, by a clock that somebody set back by a day.
  rig.clock.advance(-DAY + 23 * HOUR);
  expect((await refusal(rig.fleet.apply({ planId: plan.id }))).code).toMatch(/^APPROVAL_/);
});

test('an hour lost and found again changes nothing: only what the clock says when it is asked counts', async () => {
  await using rig = await startRig({ settings: { 'guard.from': 'never' } });
  const { plan, approval } = await approved(rig);
  for (const ms of [HOUR, -HOUR, -DAY, DAY, 14 * MINUTE]) rig.clock.advance(ms);
  const view = await rig.fleet.apply({ planId: plan.id });
  expect(view).toMatchObject({ state: 'completed', approval: { expiresAt: approval?.expiresAt } });
});
