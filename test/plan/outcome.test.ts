import { describe, expect, test } from 'vitest';
import { type FleetError, RouterError, StaleError, StoreError } from '../../src/lib/core/errors.ts';
import {
  anotherBox,
  completed,
  Failure,
  failed,
  goneBack,
  interrupted,
  movedUnderUs,
  rolledBack,
  stale,
  stuck,
} from '../../src/lib/plan/outcome.ts';
import type { Change, CheckResult, Drift } from '../../src/lib/plan/types.ts';

const NOW = 1_800_000_000_000;
const failure = new Failure(new RouterError('The router refused: add /ip/dns.'));
const CHECKS: readonly CheckResult[] = [{ check: 'ping 192.0.2.1', verdict: 'fail' }];
const DRIFT: readonly Drift[] = [{ capability: 'dns', row: '', planned: { servers: '192.0.2.1' }, now: null }];
const LEFT: readonly Change[] = [
  { capability: 'dns', menu: '/ip/dns', verb: 'set', row: '', label: 'DNS', before: null, after: null, secret: [] },
];

test('a rollback does not say that everything is back when the plan called part of it lost', () => {
  expect(rolledBack(failure, [], false, NOW).summary).toContain('Everything was put back');
  const { state, summary } = rolledBack(failure, [], true, NOW);
  expect([state, summary.includes('Everything')]).toEqual(['rolled-back', false]);
  expect(summary).toContain('lost was not');
});

test('what became of a router, in a sentence, with what was measured and what is left', () => {
  const rest = { checks: [], left: [], drift: [], at: NOW };
  const refused = { code: 'ROUTER_REFUSED', ...rest };
  expect(completed(CHECKS, NOW)).toStrictEqual({
    ...rest,
    state: 'completed',
    summary: 'Applied, read back and validated over a new connection.',
    checks: CHECKS,
  });
  expect(failed(failure, CHECKS, NOW)).toStrictEqual({
    ...refused,
    state: 'failed',
    summary: 'The router refused: add /ip/dns. Nothing was changed on the router.',
    checks: CHECKS,
  });
  expect(rolledBack(failure, CHECKS, false, NOW)).toStrictEqual({
    ...refused,
    state: 'rolled-back',
    summary: 'The router refused: add /ip/dns. Everything was put back, and read back as it was before.',
    checks: CHECKS,
  });
  expect(stuck(failure, CHECKS, LEFT, DRIFT, NOW)).toStrictEqual({
    ...refused,
    state: 'stuck',
    summary: 'The router refused: add /ip/dns. It could not be undone completely: a person must look at the router.',
    checks: CHECKS,
    left: LEFT,
    drift: DRIFT,
  });
});

test('a stale plan says what moved, and who was at work there where that is known', () => {
  const bare = {
    state: 'stale',
    summary: 'The router is no longer as it was when the plan was made; nothing was sent.',
    code: 'STALE',
    hint: 'Make the plan again.',
    checks: [],
    left: [],
    drift: DRIFT,
    at: NOW,
  };
  expect(stale(DRIFT, [], NOW)).toStrictEqual(bare);
  const history = [{ by: 'eve', action: 'dns changed', time: 'today' }];
  expect(stale(DRIFT, history, NOW)).toStrictEqual({ ...bare, history });
});

describe('why it failed', () => {
  test('is said with what to do next, and with the words of the router as data', () => {
    const error = new RouterError('The router refused.', { hint: 'Look at it.', details: { routerText: 'failure: in use' } });
    for (const outcome of [failed, (one: Failure) => rolledBack(one, [], false, NOW), (one: Failure) => stuck(one, [], [], [], NOW)])
      expect(outcome(new Failure(error), [], NOW)).toMatchObject({
        code: 'ROUTER_REFUSED',
        hint: 'Look at it.',
        routerText: 'failure: in use',
      });
  });

  test('what was not said is not there, and words that are no text are not passed on', () => {
    expect(failed(failure, [], NOW)).not.toHaveProperty('hint');
    expect(failed(failure, [], NOW)).not.toHaveProperty('routerText');
    const odd = new Failure(new RouterError('x', { details: { routerText: ['a'] } }));
    expect(failed(odd, [], NOW)).not.toHaveProperty('routerText');
  });
});

test.each<[FleetError, FleetError]>([
  [
    interrupted(),
    new StoreError('The process that applied this plan ended in the middle.', { hint: 'See the journal of the plan for how far it came.' }),
  ],
  [goneBack(), new RouterError('The router had gone back by itself before the change was confirmed.', { hint: 'Plan it again.' })],
  [movedUnderUs(), new StaleError('The router changed while its guard was being armed.', { hint: 'Make the plan again.' })],
  [
    anotherBox(),
    new StaleError('Another box answers at this address now: nothing was undone on it.', {
      hint: 'Find the router that the plan was made for, and look at it and at this one.',
    }),
  ],
])('$message', (error, expected) => {
  expect(error.toJSON()).toEqual(expected.toJSON());
});
