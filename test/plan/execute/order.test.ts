import { describe, expect, test } from 'vitest';
import { DeniedError, StaleError, StoreError } from '../../../src/lib/core/errors.ts';
import { comment, one, remove } from '../../laws/run.ts';
import { rules, services } from '../../laws/subjects.ts';
import { apply, bench, type Happening, heard, journalWords, refused } from './bench.ts';

/** What is written down before, between and after requests, and who is asked first. */

const world = {
  of: [rules.id],
  start: { [rules.menu]: [one('x'), one('y')] },
  intents: [comment(rules.id, '*1', 'z'), comment(rules.id, '*2', 'z')],
};
const first = { ...world, intents: [comment(rules.id, '*1', 'z')] };

const diskFull: Happening = () => {
  throw new StoreError('the disk is full');
};
const denied: Happening = () => {
  throw new DeniedError('a person stopped it');
};

test('measured, compared with the base, asked for, begun, leased, sent, answered, read back: in this order', async () => {
  const it = bench(first);
  expect(await apply(it)).toMatchObject({ state: 'completed', checks: [{ check: 'planned rows', verdict: 'pass' }, { check: 'health' }] });
  expect(it.events).toEqual([
    ...['connect', 'measure', 'hang up', 'read /test/rules', 'may go on'],
    ...['begin', 'journal apply 0 intent', 'lease', 'journal apply 0 sent', 'write 0', 'done 0', 'journal apply 0 ack'],
    ...['read /test/rules', 'journal apply 0 verified'],
    ...['connect', 'look /test/rules', 'compare', 'hang up'],
  ]);
});

test('the first intent uses up the approval and carries what a successor must know; later ones do neither', async () => {
  const it = bench({ ...world, health: ['fail'] });
  await apply(it);
  expect(heard(it, 'begin')).toHaveLength(1);
  const known = { [rules.id]: ['*1', '*2'] };
  expect(it.journal[0]).toMatchObject({ stage: 'intent', note: { known, order: known, health: { measured: 'before' } } });
  expect(it.journal.filter(({ phase }) => phase === 'apply').map(({ note }) => note !== undefined)).toEqual([
    true,
    ...Array.from({ length: 7 }, () => false),
  ]);
  // Which change a request of the undo belongs to is on each of its lines.
  expect(it.journal.filter(({ phase }) => phase === 'undo').map(({ stage, note }) => [stage, note])).toEqual(
    [1, 0].flatMap((change) => ['intent', 'sent', 'ack'].map((stage) => [stage, { change }])),
  );
});

test('only ordered menus have an order to be remembered, and only touched ones are remembered', async () => {
  const it = bench({
    of: [services.id, rules.id],
    start: { [services.menu]: [{ name: 'ssh', port: '22' }], [rules.menu]: [one('x')] },
    intents: [{ verb: 'set', capability: services.id, where: { id: '*1' }, values: { port: 23 } }],
    target: (target) => ({
      ...target,
      base: {
        ...target.base,
        sections: [...target.base.sections, { capability: rules.id, menu: rules.menu, rows: [], keys: [], critical: true }],
      },
    }),
  });
  // A section more than was planned from is no drift of any row.
  expect(await apply(it)).toMatchObject({ state: 'completed' });
  expect(it.journal[0]?.note).toEqual({ known: { [services.id]: ['*1'] }, order: {}, health: { measured: 'before' } });
});

test('rows of the plan stand in the remembered order by their plan names', async () => {
  const it = bench({
    ...world,
    intents: [
      { verb: 'add', capability: rules.id, values: one('new'), before: { id: '*2' } },
      { verb: 'move', capability: rules.id, where: { id: '*1' } },
    ],
  });
  await apply(it);
  expect(it.journal[0]?.note).toMatchObject({ known: { [rules.id]: ['*1', '*2'] }, order: { [rules.id]: ['#0', '*2', '*1'] } });
});

test('an acknowledged row is written down by its id, and a request without one without', async () => {
  const it = bench({ ...world, intents: [{ verb: 'add', capability: rules.id, values: one('new') }, remove(rules.id, '*1')] });
  await apply(it);
  expect(journalWords(it)).toEqual([
    ...['apply 0 intent', 'apply 0 sent', 'apply 0 ack *3', 'apply 0 verified *3'],
    ...['apply 1 intent', 'apply 1 sent', 'apply 1 ack', 'apply 1 verified'],
  ]);
  expect(it.journal.filter((record) => 'rowId' in record)).toHaveLength(2);
});

describe('what cannot be recorded is not done', () => {
  test.each([
    ['journal apply 0 intent', 0],
    ['lease', 0],
    ['journal apply 0 sent', 0],
    ['journal apply 0 ack', 1],
    ['journal apply 0 verified', 1],
    ['journal apply 1 intent', 1],
    ['lease#2', 1],
    ['journal apply 1 sent', 1],
    ['write 1', 2],
  ])('the disk fails at %s: it is thrown, and nothing more is written, undo included', async (event, writes) => {
    const it = bench({ ...world, on: { [event]: diskFull } });
    await expect(apply(it)).rejects.toThrow(StoreError);
    expect(it.writes).toHaveLength(writes);
    expect(heard(it, 'rolling back', 'journal undo')).toEqual([]);
  });

  test.each(['journal undo 0 intent', 'lease#3', 'journal undo 0 sent', 'write 2', 'journal undo 0 ack', 'rolling back'])(
    'the disk fails at %s while things go back: it is thrown, not told as stuck',
    async (event) => {
      const it = bench({ ...world, health: ['fail'], on: { [event]: diskFull } });
      await expect(apply(it)).rejects.toThrow(StoreError);
      expect(heard(it, 'journal undo 1')).toEqual([]);
    },
  );

  test('a disk that fails at the answer to a write leaves no line that says what the answer was', async () => {
    const it = bench({ ...world, on: { 'write 0': diskFull } });
    await expect(apply(it)).rejects.toThrow(StoreError);
    expect(journalWords(it)).toEqual(['apply 0 intent', 'apply 0 sent']);
  });
});

test('before the first intent nothing has begun: the caller hears why, whatever it is', async () => {
  const stale: Happening = () => {
    throw new StaleError('the approval is of another hash');
  };
  for (const [event, happening] of [
    ['may go on', denied],
    ['begin', stale],
    ['read /test/rules#1', refused],
    ['measure', refused],
  ] as const) {
    const it = bench({ ...world, on: { [event]: happening } });
    await expect(apply(it), event).rejects.toMatchObject({ name: happening === denied ? 'DeniedError' : expect.any(String) });
    expect([it.journal, it.writes], event).toEqual([[], []]);
    expect(it.events.filter((one) => one === 'connect').length, event).toBe(it.events.filter((one) => one === 'hang up').length);
  }
});

test('each forward request is asked for, and none after a no; undo is not asked for', async () => {
  const it = bench({ ...world, on: { 'may go on#2': denied } });
  expect(await apply(it)).toMatchObject({ state: 'rolled-back', code: 'DENIED' });
  expect(heard(it, 'may go on', 'write')).toEqual(['may go on', 'write 0', 'may go on', 'write 1']);
});

test('a plan that no longer fits tells what differs and what others did, and uses up nothing', async () => {
  const it = bench({
    ...world,
    on: { measure: ({ router }) => router.meddle(rules.menu, (rows) => rows.map((row) => ({ ...row, comment: 'theirs' }))) },
  });
  expect(await apply(it)).toMatchObject({
    state: 'stale',
    code: 'STALE',
    drift: [{ row: '*1' }, { row: '*2' }],
    history: [{ by: 'bob' }],
  });
  expect(heard(it, 'begin', 'journal', 'write')).toEqual([]);
});

test('where nothing is to be sent, nothing is: it is completed without a check', async () => {
  const it = bench({ ...first, target: (target) => ({ ...target, changes: [], steps: [], undo: [] }) });
  expect(await apply(it)).toMatchObject({ state: 'completed', checks: [] });
  expect(heard(it, 'begin', 'write', 'compare')).toEqual([]);
});
