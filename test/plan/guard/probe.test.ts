import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../src/lib/device/device.ts';
import { armGuard, keepGuard } from '../../../src/lib/plan/guard/arm.ts';
import { type GuardWish, probeGuard } from '../../../src/lib/plan/guard/probe.ts';
import type { Intent } from '../../../src/lib/plan/intent.ts';
import { EDGE, type GuardBench, guardBench, HOME } from './bench.ts';

const SET_DNS: Intent = { verb: 'set', capability: 'dns', values: { servers: '192.0.2.53' } };
const FULL = ['read', 'write', 'policy', 'test', 'reboot'];

const surveyed = (policies: readonly string[] | null): Pick<Facts, 'survey'> => ({
  survey: { readAt: 0, account: policies && { group: 'full', policies }, deviceMode: null, license: null, clock: null },
});

const probe = async (bench: GuardBench, more: Partial<GuardWish> = {}, ...intents: readonly Intent[]) =>
  probeGuard(bench.link, {
    ...(await bench.plan(...(intents.length > 0 ? intents : [SET_DNS]))),
    risk: 'low',
    facts: surveyed(FULL),
    ...more,
  });

describe('what a router can carry', () => {
  test('everything, on a router with its clock right and nothing forbidden; and it can be armed', async () => {
    await using bench = await guardBench();
    const guard = await probe(bench);
    expect(guard).toEqual({
      kind: 'armed',
      token: expect.stringMatching(/^[0-9a-f]{10}$/),
      triggers: ['job', 'scheduler', 'startup'],
      seconds: 300,
      warnings: [],
    });
    // Every plan has a token of its own.
    expect(await probe(bench)).not.toEqual(guard);
    if (guard.kind !== 'armed') throw new Error('not armed');
    await armGuard(bench.ports, await bench.plan(SET_DNS), guard);
    expect(await keepGuard(bench.ports, guard)).toBe(true);
    expect(bench.rows('/system/script').filter((row) => row['name']?.startsWith('mk-cc-'))).toHaveLength(2);
  });

  test('a job alone where device-mode forbids the scheduler, and nothing for a change of high risk', async () => {
    await using bench = await guardBench({ recording: HOME });
    expect(await probe(bench)).toMatchObject({
      kind: 'armed',
      triggers: ['job'],
      warnings: ['not reboot-safe: device-mode forbids the scheduler'],
    });
    expect(await probe(bench, { risk: 'high' })).toEqual({
      kind: 'none',
      why: 'not reboot-safe: device-mode forbids the scheduler: not enough for a change of high risk',
    });
  });

  test('a job alone on a router that is flagged', async () => {
    await using bench = await guardBench();
    bench.router.edit('/system/device-mode', bench.rows('/system/device-mode')[0]?.['.id'], { flagged: 'true' });
    expect(await probe(bench)).toMatchObject({ triggers: ['job'] });
  });

  test('no entry for a time of day while the clock is wrong, or part of the change', async () => {
    await using bench = await guardBench();
    bench.router.jumpClock(Date.UTC(1970, 0, 2) - bench.ports.clock.now());
    expect(await probe(bench)).toMatchObject({ triggers: ['job', 'scheduler', 'startup'] });
    bench.router.edit('/system/ntp/client', undefined, { status: 'waiting' });
    expect(await probe(bench, { risk: 'high' })).toMatchObject({
      triggers: ['job', 'startup'],
      warnings: [expect.stringContaining('clock')],
    });
    await using other = await guardBench();
    const guard = await probe(other, {}, { verb: 'set', capability: 'ntp-client', values: { servers: '192.0.2.123' } });
    expect(guard).toMatchObject({ triggers: ['job', 'startup'] });
  });

  test.each([
    [['read', 'test'], 'our account on the router lacks the policy write'],
    [['write'], 'our account on the router lacks the policy read and test'],
    [null, 'the rights of our account on the router are not known'],
  ])('nothing with the rights %j', async (policies, why) => {
    await using bench = await guardBench();
    expect(await probe(bench, { facts: surveyed(policies) })).toEqual({ kind: 'none', why });
  });

  test('users and groups are changed back only by an account with policy', async () => {
    await using bench = await guardBench();
    const target = await bench.plan(SET_DNS);
    const changes = target.changes.map((change) => ({ ...change, menu: '/user/group', row: '*1' }));
    const guard = await probe(bench, { changes, facts: surveyed(['read', 'write', 'test']) });
    expect(guard).toEqual({ kind: 'none', why: 'our account on the router lacks the policy policy' });
  });

  test('nothing for a plan of which nothing can be undone there; a part of it is named', async () => {
    await using bench = await guardBench();
    const { changes } = await bench.plan(SET_DNS);
    const [change] = changes;
    if (!change) throw new Error('no change');
    const secret = { ...change, before: { password: 'x' }, after: { password: 'y' }, secret: ['password'] };
    expect(await probe(bench, { changes: [secret] })).toEqual({ kind: 'none', why: 'nothing of this plan can be undone by a script' });
    const both = await probe(bench, { changes: [change, secret] });
    expect(both).toMatchObject({ kind: 'armed', warnings: ['change 2 is not wholly undone there: only secret fields of it were changed'] });
  });

  test('nothing for a plan whose undo is too long', async () => {
    await using bench = await guardBench();
    const intents = Array.from({ length: 60 }, (_, index): Intent => {
      return {
        verb: 'add',
        capability: 'firewall-filter',
        values: { chain: 'forward', action: 'accept', comment: `${index} ${'x'.repeat(200)}` },
      };
    });
    expect(await probe(bench, {}, ...intents)).toEqual({ kind: 'none', why: 'the undo is too long for a script on the router' });
  });

  test.each([
    [undefined, 300],
    [1, 60],
    [59.5, 60],
    [60, 60],
    [899.2, 900],
  ])('a window of %s seconds is %i', async (seconds, window) => {
    await using bench = await guardBench({ recording: EDGE });
    expect(await probe(bench, seconds === undefined ? {} : { seconds })).toMatchObject({ seconds: window });
  });

  test('is not asked while somebody else is at work', async () => {
    await using bench = await guardBench();
    bench.router.edit('/system/script', undefined, { name: 'mk-cc-lock', comment: 'ffffffffff', source: '' });
    await expect(probe(bench)).rejects.toMatchObject({ code: 'DENIED', retryable: true });
    await using held = await guardBench();
    held.router.edit('/safe-mode', held.rows('/safe-mode')[0]?.['.id'], { enabled: 'true' });
    await expect(probe(held)).rejects.toMatchObject({ code: 'DENIED', retryable: true });
  });
});
