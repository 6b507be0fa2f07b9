import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoff } from '../../src/lib/client/backoff.ts';
import {
  admits,
  asked,
  type BreakerState,
  CLOSED,
  guardedChannel,
  openBreaker,
  unanswered,
  unasked,
} from '../../src/lib/client/breaker.ts';
import type { Clock } from '../../src/lib/core/clock.ts';
import { RouterError, UnreachableError } from '../../src/lib/core/errors.ts';
import { lineTo, readDns, refusal } from './rig.ts';
import { closedPort } from './servers.ts';

const POLICY = { after: 3, first: 1_000, most: 60_000 };

/** Time that goes on when it is told to. */
function manual(): Clock & { pass(ms: number): void } {
  let time = 0;
  return {
    now: () => 1_700_000_000_000 + time,
    monotonic: () => time,
    sleep: async () => undefined,
    pass: (ms) => {
      time += ms;
    },
  };
}

const down = async (): Promise<never> => {
  throw new UnreachableError('The router cannot be reached.');
};
const up = async (): Promise<string> => 'here';

describe('waiting', () => {
  test('doubles up to its most, and half of it is chance', () => {
    expect([1, 2, 3, 7, 50].map((failures) => backoff(POLICY, failures, 1))).toEqual([1_000, 2_000, 4_000, 60_000, 60_000]);
    expect(backoff(POLICY, 3, 0)).toBe(2_000);
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 5_000 }), fc.double({ min: -1, max: 2, noNaN: true }), (failures, random) => {
        const wait = backoff(POLICY, failures, random);
        expect(wait).toBeGreaterThanOrEqual(500);
        expect(wait).toBeLessThanOrEqual(60_000);
      }),
    );
  });
});

describe('the states', () => {
  const open: BreakerState = { kind: 'open', failures: 3, until: 1_000, code: 'UNREACHABLE' };
  const half: BreakerState = { kind: 'half-open', failures: 3, code: 'UNREACHABLE' };
  test.each([
    [CLOSED, 'poll', 0, true],
    [CLOSED, 'person', 0, true],
    [open, 'poll', 999, false],
    [open, 'poll', 1_000, true],
    [open, 'person', 0, true],
    [half, 'poll', 9_999, false],
    [half, 'person', 0, true],
  ] as const)('%j, a %s at %d: %j', (state, priority, now, may) => expect(admits(state, priority, now)).toBe(may));

  test('follow each other', () => {
    expect(unanswered(CLOSED, 'TIMED_OUT', POLICY, 0, 1)).toEqual({ kind: 'closed', failures: 1 });
    expect(unanswered({ kind: 'closed', failures: 2 }, 'TIMED_OUT', POLICY, 10, 1)).toEqual({
      kind: 'open',
      failures: 3,
      code: 'TIMED_OUT',
      until: 1_010,
    });
    expect(asked(open)).toEqual(half);
    expect(unanswered(half, 'UNREACHABLE', POLICY, 0, 1)).toMatchObject({ kind: 'open', failures: 4, until: 2_000 });
    expect(unasked(half, 5)).toEqual({ ...open, until: 5 });
    expect(unasked(CLOSED, 5)).toBe(CLOSED);
  });
});

describe('a breaker', () => {
  test('opens after so many failures, lets one poll try, and closes when it is answered', async () => {
    const clock = manual();
    const breaker = openBreaker(clock, POLICY, () => 1);
    for (let nth = 0; nth < 3; nth += 1) await refusal(breaker.run('poll', down));
    let tried = false;
    const error = await refusal(
      breaker.run('poll', async () => {
        tried = true;
      }),
    );
    expect(tried).toBe(false);
    expect(error).toMatchObject({
      code: 'UNREACHABLE',
      retryable: true,
      details: { nextTryAt: new Date(1_700_000_001_000).toISOString(), failures: 3 },
    });
    clock.pass(1_000);
    const probe = breaker.run('poll', up);
    expect((await refusal(breaker.run('poll', up))).details).toHaveProperty('nextTryAt');
    expect(await probe).toBe('here');
    expect(breaker.state).toEqual(CLOSED);
  });

  test('lets a person try at once, and waits longer after each failure', async () => {
    const clock = manual();
    const breaker = openBreaker(clock, POLICY, () => 1);
    for (let nth = 0; nth < 4; nth += 1) await refusal(breaker.run('person', down));
    expect(breaker.state).toMatchObject({ kind: 'open', failures: 4, until: 2_000 });
    expect(await breaker.run('person', up)).toBe('here');
    expect(breaker.state).toEqual(CLOSED);
  });

  test('knows a refusal from silence', async () => {
    const breaker = openBreaker(manual(), POLICY, () => 1);
    const answers = [
      new RouterError('no'),
      new UnreachableError('60 s', { code: 'TIMED_OUT', details: { status: 400 } }),
      new UnreachableError('busy', { code: 'BUSY' }),
      new Error('given up'),
    ];
    for (const answer of [...answers, ...answers]) await breaker.run('poll', () => Promise.reject(answer)).catch(() => undefined);
    expect(breaker.state).toEqual(CLOSED);
  });

  test('stands before a real channel', async () => {
    const breaker = openBreaker(manual(), POLICY, () => 1);
    await using line = lineTo(`http://127.0.0.1:${await closedPort()}`);
    const guarded = guardedChannel(line.channel, breaker);
    for (let nth = 0; nth < 3; nth += 1)
      expect((await refusal(guarded.once(readDns, { priority: 'poll' }))).details).toHaveProperty('network');
    expect((await refusal(guarded.once(readDns, { priority: 'poll' }))).details).toHaveProperty('nextTryAt');
    expect((await refusal(guarded.once(readDns))).details).toHaveProperty('network');
  });
});
