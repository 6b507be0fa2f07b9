import { describe, expect, test } from 'vitest';
import type { WriteCall } from '../../../src/lib/client/types.ts';
import { RouterError, StoreError, UnreachableError } from '../../../src/lib/core/errors.ts';
import { newRun } from '../../../src/lib/plan/execute/run.ts';
import { closeOpenRequests, guardSend, isRefused } from '../../../src/lib/plan/execute/send.ts';
import type { Intent } from '../../../src/lib/plan/intent.ts';
import type { JournalDraft } from '../../../src/lib/plan/ports.ts';
import { comment, one, remove } from '../../laws/run.ts';
import { capabilityOf, rules } from '../../laws/subjects.ts';
import { apply, bench, gone, heard, journalWords, lost, refused } from './bench.ts';

/** What an answer means: done, refused so that nothing changed, or nobody knows. */

const start = { [rules.menu]: [one('x'), one('y')] };
const of = [rules.id];
const write = (verb: WriteCall['verb']): WriteCall => ({ verb, menu: '/x', id: '*1' }) as WriteCall;

test.each([
  ['a refusal', 'set', new RouterError('no'), true],
  ['a right that is missing', 'add', new RouterError('no', { code: 'NOT_PERMITTED' }), true],
  ['a menu that is not there', 'add', new RouterError('no', { code: 'NO_SUCH_MENU' }), true],
  ['a row to be set that is gone', 'set', new RouterError('no', { code: 'NO_SUCH_ITEM' }), true],
  ['a row to be removed that is gone', 'remove', new RouterError('no', { code: 'NO_SUCH_ITEM' }), false],
  ['a row that may not be removed', 'remove', new RouterError('no'), true],
  ['a fault of the router', 'set', new RouterError('no', { code: 'ROUTER_FAULT' }), false],
  ['no answer', 'set', new UnreachableError('no'), false],
  ['our own disk', 'set', new StoreError('no'), false],
] as const)('%s', (_, verb, error, no) => {
  expect(isRefused(write(verb), error)).toBe(no);
});

test('a refusal is written down with the words of the router, silence with its code alone', async () => {
  const intents = [comment(rules.id, '*1', 'z'), comment(rules.id, '*2', 'z')];
  const it = bench({ of, start, intents, on: { 'done 0': lost, 'write 1': refused } });
  expect(await apply(it)).toMatchObject({ state: 'rolled-back', routerText: 'failure: not today' });
  expect(it.journal.flatMap(({ stage, error }) => (error ? [[stage, error]] : []))).toEqual([
    ['unknown', { code: 'UNREACHABLE' }],
    ['err', { code: 'ROUTER_REFUSED', routerText: 'failure: not today' }],
  ]);
});

test('a removal that is answered with "no such item" was perhaps ours, sent twice: it is read back', async () => {
  const it = bench({ of, start, intents: [remove(rules.id, '*1')], on: { 'done 0': gone } });
  expect(await apply(it)).toMatchObject({ state: 'completed' });
  expect(journalWords(it)).toEqual(['apply 0 intent', 'apply 0 sent', 'apply 0 unknown NO_SUCH_ITEM', 'apply 0 verified']);
  expect(heard(it, 'sleep', 'look')).toEqual(['sleep 3000', 'look /test/rules', 'sleep 3000', 'look /test/rules', 'look /test/rules']);
});

test('a set that is answered with "no such item" is refused: nothing of ours is on the router', async () => {
  const it = bench({ of, start, intents: [comment(rules.id, '*1', 'z')], on: { 'write 0': gone } });
  expect(await apply(it)).toMatchObject({ state: 'failed', code: 'NO_SUCH_ITEM', left: [] });
  expect(heard(it, 'sleep', 'look', 'rolling back', 'same box')).toEqual([]);
});

test('after a refusal the next read is not a wait: it was an answer', async () => {
  const it = bench({ of, start, intents: [comment(rules.id, '*1', 'z'), comment(rules.id, '*2', 'z')], on: { 'write 1': refused } });
  expect(await apply(it)).toMatchObject({ state: 'rolled-back' });
  expect(heard(it, 'sleep')).toEqual([]);
});

test('an answered request after which the row is something else: nobody says that it went well', async () => {
  const it = bench({
    of,
    start,
    intents: [comment(rules.id, '*1', 'z')],
    on: { 'done 0': ({ router }) => router.meddle(rules.menu, (rows) => rows.map((row) => ({ ...row, comment: 'x' }))) },
  });
  expect(await apply(it)).toMatchObject({
    code: 'ROUTER_REFUSED',
    summary: expect.stringMatching(/^The router took the request, but when read back it is not what was planned\./),
    hint: 'See the plan for what was found.',
  });
});

describe('requests of a process that died before the answer', () => {
  const call = write('set');
  const line = (
    phase: JournalDraft['phase'],
    step: number,
    stage: JournalDraft['stage'],
    more: Partial<JournalDraft> = {},
  ): JournalDraft => ({
    ...{ phase, step, stage, call },
    ...more,
  });
  const closed = async (...journal: readonly JournalDraft[]): Promise<readonly JournalDraft[]> => {
    const it = bench({ of, start, intents: [comment(rules.id, '*1', 'z')] });
    await closeOpenRequests(newRun(it.plan, it.target, it.ports, new Map()), journal);
    return it.journal.map(({ runId: _run, planId: _plan, deviceId: _device, at: _at, ...draft }) => draft);
  };

  test('a request that was sent and not answered is unknown, and stays with its change', async () => {
    expect(await closed(line('apply', 0, 'intent'), line('apply', 0, 'sent', { note: { known: {} } }))).toEqual([
      line('apply', 0, 'unknown'),
    ]);
    expect(await closed(line('undo', 3, 'sent', { note: { change: 0 } }))).toEqual([line('undo', 3, 'unknown', { note: { change: 0 } })]);
  });

  test.each(['ack', 'err', 'unknown'] as const)('one that ended %s is closed', async (stage) => {
    expect(await closed(line('apply', 0, 'sent'), line('apply', 0, stage))).toEqual([]);
  });

  test('one that was only meant, or only seen, is not one that was sent', async () => {
    expect(await closed(line('apply', 0, 'intent'), line('apply', 1, 'verified'))).toEqual([]);
  });

  test('the answer to another request, or to its namesake of another phase, closes nothing', async () => {
    const journal = [line('apply', 0, 'ack'), line('apply', 1, 'sent'), line('guard', 1, 'ack'), line('undo', 1, 'err')];
    expect(await closed(...journal)).toEqual([line('apply', 1, 'unknown')]);
  });
});

describe('requests of the guard', () => {
  const sender = (on: Parameters<typeof bench>[0]['on'] = {}) => {
    const it = bench({ of, start, intents: [comment(rules.id, '*1', 'z')], guarded: true, on });
    const run = newRun(it.plan, it.target, it.ports, new Map());
    return { it, run, send: guardSend(run) };
  };
  const call: WriteCall = { verb: 'add', menu: '/system/script', values: {} };

  test('are counted, journaled like any other, and answered', async () => {
    const { it, run, send } = sender();
    expect(await send(call)).toEqual({ id: '*9', rows: [] });
    expect(run.armed).toBe(true);
    await send(call);
    expect(journalWords(it)).toEqual([0, 1].flatMap((step) => [`guard ${step} intent`, `guard ${step} sent`, `guard ${step} ack *9`]));
    expect(it.journal[1]).not.toHaveProperty('note');
  });

  test('that never left stand on no router; those without an answer may', async () => {
    const before = sender({ 'journal guard 0 sent': lost });
    await expect(before.send(call)).rejects.toThrow();
    expect(before.run.armed).toBe(false);
    const after = sender({ 'write 0': lost });
    await expect(after.send(call)).rejects.toThrow(UnreachableError);
    expect(after.run.armed).toBe(true);
    expect(journalWords(after.it).at(-1)).toBe('guard 0 unknown UNREACHABLE');
  });
});

describe('rows of the plan in later requests go by the ids that the router gave them', () => {
  const filter = capabilityOf('firewall-filter');
  const rule = (text: string) => ({ chain: 'forward', action: 'accept', comment: text });
  const other = { verb: 'add', values: rule('other') } as const;
  const removed = { verb: 'remove', menu: filter.menu, id: '*4' } as const;
  test.each([
    ['put before', [{ verb: 'add', values: rule('w'), before: { id: '#0' } }], { verb: 'add', placeBefore: '*4' }],
    ['moved before', [{ verb: 'move', where: { id: '*3' }, before: { id: '#0' } }], { verb: 'move', id: '*3', before: '*4' }],
    ['moved', [{ verb: 'move', where: { id: '#0' }, before: { id: '*1' } }], { verb: 'move', id: '*4', before: '*1' }],
    ['moved to the end', [{ verb: 'move', where: { id: '#0' } }], { verb: 'move', menu: filter.menu, id: '*4' }],
    ['set', [{ verb: 'set', where: { id: '#0' }, values: { comment: 'w' } }], { verb: 'set', id: '*4' }],
    ['unset', [{ verb: 'set', where: { id: '#0' }, values: {}, unset: ['dst-port'] }], { verb: 'unset', id: '*4' }],
    ['removed', [{ verb: 'set', where: { id: '#0' }, values: { comment: 'w' } }, { verb: 'remove', where: { id: '#0' } }, other], removed],
  ] as const)('%s', async (_, more, sent) => {
    const intents = [{ verb: 'add', values: { ...rule('new'), 'dst-port': '22' }, before: { id: '*2' } }, ...more].map((one) => ({
      capability: filter.id,
      ...one,
    }));
    const it = bench({
      of: [filter.id],
      start: { [filter.menu]: [rule('x'), rule('y'), rule('z')] },
      intents: intents as readonly Intent[],
    });
    expect(await apply(it)).toMatchObject({ state: 'completed' });
    const request = it.writes.find(({ verb }, at) => at > 0 && verb === sent.verb);
    // A move to the end names no row to stand before.
    if (Object.keys(sent).length === 3 && 'menu' in sent) expect(request).toEqual(sent);
    else expect(request).toMatchObject(sent);
  });
});
