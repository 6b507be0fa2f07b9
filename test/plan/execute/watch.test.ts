import { describe, expect, test } from 'vitest';
import { DeniedError, StoreError } from '../../../src/lib/core/errors.ts';
import { comment, one } from '../../laws/run.ts';
import { rules } from '../../laws/subjects.ts';
import { admin, apply, type Bench, bench, type Happening, heard, lost, refused, type Setup, type Verdict } from './bench.ts';

/** A changed router is looked at until its time of watching is over, and whoever calls it off is heard meanwhile. */

const menu = rules.menu;
const watched = (soakSeconds: number, health: readonly Verdict[] = ['pass'], on: Setup['on'] = {}): Bench =>
  bench({ of: [rules.id], start: { [menu]: [one('x')] }, intents: [comment(rules.id, '*1', 'a')], health, on, plan: { soakSeconds } });

/** Seconds since the change at which the health was compared. */
function looks({ events }: Bench): readonly number[] {
  let time = 0;
  return events.flatMap((event) => {
    if (event.startsWith('sleep ')) time += Number(event.slice(6)) / 1_000;
    return event === 'compare' ? [time] : [];
  });
}

test.each([
  [0, [0]],
  [1, [0, 1]],
  [15, [0, 15]],
  [16, [0, 15, 16]],
  [40, [0, 15, 30, 40]],
])('%s seconds: looks at %j', async (seconds, at) => {
  const it = watched(seconds);
  expect(await apply(it)).toMatchObject({ state: 'completed' });
  expect(looks(it)).toEqual(at);
});

test('it listens once a second, and no longer than it has to', async () => {
  const it = watched(16.5);
  await apply(it);
  expect(heard(it, 'sleep')).toEqual([...Array.from({ length: 16 }, () => 'sleep 1000'), 'sleep 500']);
  // Once for the write, and once after every pause.
  expect(heard(it, 'may go on')).toHaveLength(18);
});

test('what turns bad while it is watched goes back at that look', async () => {
  const it = watched(60, ['pass', 'pass', 'fail']);
  expect(await apply(it)).toMatchObject({
    state: 'rolled-back',
    code: 'ROUTER_REFUSED',
    summary: expect.stringMatching(/^After the change the check "health" did not pass\./),
    hint: 'See the checks of this plan.',
    checks: [
      { check: 'planned rows', verdict: 'pass' },
      { check: 'health', verdict: 'fail' },
    ],
  });
  expect(looks(it)).toEqual([0, 15, 30]);
});

describe('what could not be measured', () => {
  test.each<[readonly Verdict[], string, readonly number[]]>([
    [['inconclusive', 'pass'], 'completed', [0, 3]],
    [['inconclusive', 'inconclusive', 'pass'], 'completed', [0, 3, 6]],
    [['inconclusive', 'inconclusive', 'inconclusive', 'pass'], 'rolled-back', [0, 3, 6]],
    [['inconclusive', 'fail', 'pass'], 'rolled-back', [0, 3]],
    [['fail', 'pass'], 'rolled-back', [0]],
  ])('%j: %s', async (health, state, at) => {
    const it = watched(0, health);
    expect(await apply(it)).toMatchObject({ state });
    expect(looks(it)).toEqual(at);
  });

  test('beside rows that are wrong is not measured again', async () => {
    const it = watched(0, ['inconclusive', 'pass'], { 'connect#2': admin(menu, (rows) => rows.map((row) => ({ ...row, comment: 'x' }))) });
    expect(await apply(it)).toMatchObject({ checks: [{ check: 'planned rows', verdict: 'fail' }, { verdict: 'inconclusive' }] });
    expect(looks(it)).toEqual([0]);
  });

  test('since the check itself broke, counts at once, with its reason', async () => {
    const it = watched(30, ['pass'], { compare: refused });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back', routerText: 'failure: not today', checks: [] });
    expect(looks(it)).toEqual([0]);
  });
});

test('a router that does not answer for a moment is asked again over another connection', async () => {
  const it = watched(0, ['pass'], { 'connect#2': lost });
  expect(await apply(it)).toMatchObject({ state: 'completed' });
  expect(looks(it)).toEqual([3]);
});

describe('called off while it is watched', () => {
  const says =
    (error: Error): Happening =>
    () => {
      throw error;
    };

  test.each([
    ['a person stops it', new DeniedError('stopped'), 'DENIED'],
    ['our disk fails', new StoreError('full'), 'STORE_FAILED'],
  ])('%s: it goes back within a second', async (_, error, code) => {
    const it = watched(60, ['pass'], { 'may go on#4': says(error) });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back', code });
    expect(heard(it, 'sleep')).toHaveLength(3);
  });

  test('that the time for writing is over is no fault of what was written in time', async () => {
    const it = watched(20, ['pass'], { 'may go on#4': says(new DeniedError('over', { code: 'APPROVAL_EXPIRED' })) });
    expect(await apply(it)).toMatchObject({ state: 'completed' });
    expect(looks(it)).toEqual([0, 15, 20]);
  });
});
