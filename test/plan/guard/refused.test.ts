import { beforeEach, describe, expect, test } from 'vitest';
import { DeniedError, RouterError } from '../../../src/lib/core/errors.ts';
import { armGuard, keepGuard } from '../../../src/lib/plan/guard/arm.ts';
import type { Armed } from '../../../src/lib/plan/guard/names.ts';
import type { Intent } from '../../../src/lib/plan/intent.ts';
import type { Target } from '../../../src/lib/plan/types.ts';
import { GUARD, type GuardBench, guardBench, leftovers, refusal, TOKEN } from './bench.ts';

const SET_DNS: Intent = { verb: 'set', capability: 'dns', values: { servers: '192.0.2.53,192.0.2.54' } };
const NAME = `mk-cc-${TOKEN}`;

describe('what keeps a guard off a router', () => {
  let bench: GuardBench;
  let target: Target;
  beforeEach(async () => {
    bench = await guardBench();
    target = await bench.plan(SET_DNS);
    return () => bench[Symbol.asyncDispose]();
  });
  const arm = (guard: Armed = GUARD) => refusal(armGuard(bench.ports, target, guard));

  test.each([
    ['a lock', { name: 'mk-cc-lock', comment: 'ffffffffff', source: '' }],
    ['a lock in other words', { name: 'mk-cc-lock', comment: 'hands off', source: '' }],
    ['an armed guard', { name: 'mk-cc-ffffffffff', comment: 'armed', source: '' }],
    ['one that fires', { name: 'mk-cc-ffffffffff', comment: 'fired', source: '' }],
  ])('%s of somebody else: not a byte is written', async (_, row) => {
    bench.router.edit('/system/script', undefined, row);
    expect(await arm()).toMatchObject({ code: 'DENIED', retryable: true });
    expect(bench.writes).toEqual([]);
    expect(leftovers(bench)).toEqual([row.name]);
  });

  test('a lock that somebody takes in the last moment', async () => {
    bench.tamper = (call) => {
      if (call.verb === 'add') bench.router.edit('/system/script', undefined, { name: 'mk-cc-lock', comment: 'ffffffffff', source: '' });
      return call;
    };
    expect(await arm()).toBeInstanceOf(DeniedError);
    expect(bench.rows('/system/script').filter((row) => row['name']?.startsWith('mk-cc'))).toMatchObject([{ comment: 'ffffffffff' }]);
  });

  test('not the evidence of a rollback that is over', async () => {
    bench.router.edit('/system/script', undefined, { name: 'mk-cc-ffffffffff', comment: 'done', source: '' });
    await armGuard(bench.ports, target, GUARD);
    expect(await keepGuard(bench.ports, GUARD)).toBe(true);
  });

  test('safe mode in somebody else’s hands', async () => {
    const id = bench.rows('/safe-mode')[0]?.['.id'];
    bench.router.edit('/safe-mode', id, { enabled: 'true', user: 'bob' });
    expect(await arm()).toMatchObject({ code: 'DENIED', retryable: true });
    expect(bench.writes).toEqual([]);
  });

  test('a line that this router cannot read', async () => {
    const [change] = target.changes;
    if (!change) throw new Error('no change');
    const unreadable = {
      ...change,
      menu: '/ip/firewall/address-list',
      verb: 'remove' as const,
      row: '*FFF',
      before: { list: 'x', 'no-such': 'y' },
      after: null,
    };
    const made = { ...target, changes: [unreadable], undo: [[]] };
    const error = await refusal(armGuard(bench.ports, made, GUARD));
    expect(error).toBeInstanceOf(RouterError);
    expect(error.details).toEqual({ line: 8 });
    expect(leftovers(bench)).toEqual([]);
  });

  test('an old value that the router spells otherwise: the script could not tell whose it is', async () => {
    bench.router.edit('/ip/dns', undefined, { servers: '203.0.113.1' });
    expect((await arm()).details).toEqual({ change: 0, field: 'servers' });
    expect(leftovers(bench)).toEqual([]);
  });

  const cut = (field: string) => (call: Parameters<GuardBench['tamper']>[0]) =>
    call.verb === 'add' && call.values['name'] === NAME && call.values[field] !== undefined
      ? { ...call, values: { ...call.values, [field]: (call.values[field] ?? '').slice(0, -1) } }
      : call;

  test.each([
    ['a script that lost its last byte', cut('source'), 'script'],
    ['an entry of the scheduler that lost its last byte', cut('on-event'), 'scheduler'],
    [
      'a script with another comment',
      (call: Parameters<GuardBench['tamper']>[0]) =>
        call.verb === 'add' && call.values['comment'] === 'armed' ? { ...call, values: { ...call.values, comment: 'army' } } : call,
      'script',
    ],
    [
      'a script with fewer rights',
      (call: Parameters<GuardBench['tamper']>[0]) =>
        call.verb === 'add' && call.values['name'] === NAME ? { ...call, values: { ...call.values, policy: 'read' } } : call,
      'policy',
    ],
    [
      'an entry that is past',
      (call: Parameters<GuardBench['tamper']>[0]) =>
        call.verb === 'add' && call.values['start-date'] !== undefined
          ? { ...call, values: { ...call.values, 'start-date': '2020-01-01' } }
          : call,
      'scheduler',
    ],
    [
      'a job that ends at once',
      (call: Parameters<GuardBench['tamper']>[0]) => (call.verb === 'command' ? { ...call, values: { script: ':put 1' } } : call),
      'job',
    ],
  ])('%s is found when read back, and all of it goes', async (_, tamper, part) => {
    bench.tamper = tamper;
    expect((await arm()).details).toEqual({ part });
    expect(leftovers(bench)).toEqual([]);
  });

  test.each([1, 2, 3, 4, 5, 6])('a refusal of write %i: nothing stays', async (nth) => {
    await bench.router.fault({
      method: nth === 5 ? 'POST' : 'write',
      nth: nth === 5 ? 3 : nth > 5 ? 5 : nth,
      action: { kind: 'answer', status: 400, detail: 'failure: no' },
    });
    expect(await arm()).toBeInstanceOf(RouterError);
    expect(leftovers(bench)).toEqual([]);
  });

  test.each([2, 3, 4])('a lost answer to write %i: nothing stays', async (nth) => {
    await bench.router.fault({ method: 'write', nth, action: { kind: 'lose-reply' } });
    expect((await arm()).code).toBe('UNREACHABLE');
    expect(leftovers(bench)).toEqual([]);
  });

  test('not the lost answer to the lock: it is ours when read back', async () => {
    await bench.router.fault({ method: 'write', nth: 1, action: { kind: 'lose-reply' } });
    await armGuard(bench.ports, target, GUARD);
    expect(await keepGuard(bench.ports, GUARD)).toBe(true);
  });
});
