import { describe, expect, test } from 'vitest';
import type { Row } from '../../../src/lib/client/types.ts';
import { RouterError } from '../../../src/lib/core/errors.ts';
import { type GuardWish, probeGuard } from '../../../src/lib/plan/guard/probe.ts';
import { change, RULES, refusal, subject, type Table, table } from './table.ts';

const survey = (policies: readonly string[]): GuardWish['facts'] => ({
  survey: { readAt: 0, account: { group: 'g', policies }, deviceMode: null, license: null, clock: null },
});

/** A router that says of itself what it is told to, or has no such menu; and a plan for one rule of it. */
function story(says: Readonly<Record<string, Row | undefined>> = {}, menu = RULES) {
  const bench = table('a');
  const link: Table['link'] = {
    ...bench.link,
    read: async (call, options) => {
      if (!(call.menu in says)) return bench.link.read(call, options);
      const row = says[call.menu];
      if (row === undefined) throw new RouterError('no', { code: 'NO_SUCH_MENU', hint: '' });
      return Object.keys(row).length === 0 ? [] : [row];
    },
  };
  const plan = subject(bench, [change('set', '', { menu, before: { comment: 'a' }, after: { comment: 'b' } })]);
  const wish: GuardWish = { ...plan, risk: 'low', facts: survey(['read', 'write', 'test', 'policy']) };
  return { bench, link, wish, probe: (more: Partial<GuardWish> = {}) => probeGuard(link, { ...wish, ...more }) };
}
const ALL = ['job', 'scheduler', 'startup'];
const MODE = '/system/device-mode';
const CLOCK = '/system/clock';
const NTP = '/system/ntp/client';
const UNSET = 'the clock of the router is not set: no entry waits for a time of day';

describe('device-mode', () => {
  test.each<[Row | undefined, readonly string[]]>([
    [undefined, ALL],
    [{}, ALL],
    [{ mode: 'advanced' }, ALL],
    [{ scheduler: 'true', flagged: 'false' }, ALL],
    [{ scheduler: 'yes', flagged: 'no' }, ALL],
    [{ scheduler: 'false' }, ['job']],
    [{ scheduler: 'no' }, ['job']],
    [{ scheduler: 'yes', flagged: 'true' }, ['job']],
    [{ scheduler: 'yes', flagged: 'yes' }, ['job']],
  ])('%j allows %j', async (mode, triggers) => {
    const warnings = triggers.length === 1 ? ['not reboot-safe: device-mode forbids the scheduler'] : [];
    expect(await story({ [MODE]: mode }).probe()).toMatchObject({ kind: 'armed', triggers, warnings });
  });

  test('a change of high risk has a guard where there is more than a job', async () => {
    expect(await story({ [MODE]: {} }).probe({ risk: 'high' })).toMatchObject({ kind: 'armed', triggers: ALL });
    expect(await story({ [MODE]: { scheduler: 'no' } }).probe({ risk: 'medium' })).toMatchObject({ kind: 'armed', triggers: ['job'] });
  });
});

describe('the clock', () => {
  test.each<[Row, Row | undefined, boolean]>([
    [{ date: '2024-01-01' }, undefined, true],
    [{ date: '2026-03-14' }, { status: 'waiting' }, true],
    [{ date: '2023-12-31' }, { status: 'waiting' }, false],
    [{ date: '1970-01-02' }, { status: 'synchronized' }, true],
    [{ date: '1970-01-02' }, undefined, false],
    [{ date: '1970-01-02' }, {}, false],
    [{ date: '1970-01-02' }, { enabled: 'yes' }, false],
    [{ time: '10:00:00' }, { status: 'waiting' }, false],
    [{}, { status: 'waiting' }, false],
    [{ date: 'mar/14/2026' }, { status: 'waiting' }, false],
  ])('that says %j, with NTP %j: is it right? %s', async (clock, ntp, right) => {
    const guard = await story({ [CLOCK]: clock, [NTP]: ntp }).probe();
    expect(guard).toMatchObject(right ? { triggers: ALL, warnings: [] } : { triggers: ['job', 'startup'], warnings: [UNSET] });
  });

  test.each([CLOCK, '/system/clock/manual', '/system/ntp', NTP, '/system/ntp/server'])('is part of a change of %s', async (menu) => {
    expect(await story({}, menu).probe()).toMatchObject({
      triggers: ['job', 'startup'],
      warnings: ['the clock is part of the change: no entry waits for a time of day'],
    });
  });

  test.each(['/system/clocks', '/system/ntpd', '/x/system/clock', '/system/identity'])('is no part of a change of %s', async (menu) => {
    expect(await story({}, menu).probe()).toMatchObject({ triggers: ALL });
  });

  test('is part of a plan that changes it among other things', async () => {
    const { wish, probe } = story();
    const [one] = wish.changes;
    if (!one) throw new Error('no change');
    expect(await probe({ changes: [one, { ...one, menu: NTP }] })).toMatchObject({ triggers: ['job', 'startup'] });
  });
});

test('every look is a person’s', async () => {
  const { bench, probe } = story();
  bench.tell('/system/clock/set date=1970-01-02');
  await probe();
  expect(bench.calls.map((call) => call.menu)).toEqual(['/safe-mode', '/system/script', '/system/scheduler', MODE, CLOCK, NTP]);
  expect(new Set(bench.options.map((how) => how?.priority))).toEqual(new Set(['person']));
});

test.each([
  [undefined, 300],
  [60.1, 61],
  [86_400, 86_400],
  [86_401, 86_400],
  [-5, 60],
])('a window of %s seconds is %i', async (seconds, window) => {
  expect(await story().probe(seconds === undefined ? {} : { seconds })).toMatchObject({ seconds: window });
});

test.each([
  [['write', 'test'], 'our account on the router lacks the policy read'],
  [[], 'our account on the router lacks the policy read and write and test'],
])('an account with %j puts up none', async (policies, why) => {
  expect(await story().probe({ facts: survey(policies) })).toEqual({ kind: 'none', why });
});

test.each([[{}], [{ survey: { readAt: 0, account: null, deviceMode: null, license: null, clock: null } }]])(
  'an account that was never looked at puts up none: %j',
  async (facts: GuardWish['facts']) => {
    expect(await story().probe({ facts })).toEqual({ kind: 'none', why: 'the rights of our account on the router are not known' });
  },
);

test('somebody else’s guard, or safe mode, is waited for', async () => {
  const { bench, probe } = story();
  bench.ask('PUT', '/system/script', { name: 'mk-cc-lock', comment: 'ffffffffff', source: '', policy: 'read' });
  expect(await refusal(probe())).toMatchObject({ code: 'DENIED', retryable: true });
  expect(await refusal(story({ '/safe-mode': { enabled: 'true' } }).probe())).toMatchObject({ code: 'DENIED', retryable: true });
});
