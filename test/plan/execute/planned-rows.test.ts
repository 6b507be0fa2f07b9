import { describe, expect, test } from 'vitest';
import { UnreachableError } from '../../../src/lib/core/errors.ts';
import { lastingPart } from '../../../src/lib/plan/execute/validate.ts';
import type { Intent } from '../../../src/lib/plan/intent.ts';
import type { Change } from '../../../src/lib/plan/types.ts';
import { comment, one, remove } from '../../laws/run.ts';
import { notes, rules, services, tunnels } from '../../laws/subjects.ts';
import { admin, apply, type Bench, bench, type Setup } from './bench.ts';

/** After the change every planned row is read again: its content, the order of its menu, and whether there is one too many. */

const menu = rules.menu;
const start = { [menu]: [one('x'), one('y'), one('z')] };
const add: Intent = { verb: 'add', capability: rules.id, values: one('n') };
const note = (text: string) => ({ topic: 'one', comment: text });
const jot: Intent = { verb: 'add', capability: notes.id, values: note('n') };
const move: Intent = { verb: 'move', capability: rules.id, where: { id: '*1' } };

/** Something happens between the last read of the forward half and the check. */
const meddled = (intents: readonly Intent[], work: Parameters<typeof admin>[1], more: Partial<Setup> = {}): Bench =>
  bench({ of: [rules.id], start, intents, ...more, on: { ...more.on, 'connect#2': admin(menu, work) } });
const checked = async (it: Bench): Promise<unknown> => (await apply(it)).checks[0];
const pass = (count: number) => ({ check: 'planned rows', verdict: 'pass', after: `${count} of ${count} as planned` });
const CHANGED = 'rows are not what was planned when read again';
const ORDER = 'the order of test-rules is not the planned one';

test('all is as planned, in two menus', async () => {
  const it = bench({
    of: [rules.id, services.id],
    start: { ...start, [services.menu]: [{ name: 'ssh', port: '22' }] },
    intents: [move, add, { verb: 'set', capability: services.id, where: { id: '*1' }, values: { port: 23 } }],
  });
  expect(await checked(it)).toEqual(pass(3));
});

describe('content', () => {
  test('rows that are not as planned are counted', async () => {
    const it = meddled([comment(rules.id, '*1', 'a'), comment(rules.id, '*2', 'b')], ([first, ...rest]) => [
      { ...first, comment: 'x' },
      ...rest,
    ]);
    expect(await checked(it)).toEqual({ check: 'planned rows', verdict: 'fail', after: '1 of 2 as planned', why: CHANGED });
  });

  test('a row that a later change of the plan rewrote counts as the later one left it', async () => {
    const it = meddled([comment(rules.id, '*1', 'a'), remove(rules.id, '*1')], (rows) => rows);
    expect(await checked(it)).toEqual(pass(2));
  });

  test('a namesake in another menu is another row', async () => {
    const it = bench({
      of: [rules.id, tunnels.id],
      start: { ...start, [tunnels.menu]: [{ name: 'a' }] },
      intents: [comment(rules.id, '*1', 'a'), comment(tunnels.id, '*1', 'b')],
      on: { 'connect#2': admin(menu, ([first, ...rest]) => [{ ...first, comment: 'x' }, ...rest]) },
    });
    expect(await checked(it)).toMatchObject({ after: '1 of 2 as planned', why: CHANGED });
  });

  test('where a row stands is not asked of the row', async () => {
    const it = meddled([add], (rows) => [...rows, { chain: 'two', '.id': '*F0' }]);
    expect(await checked(it)).toEqual(pass(1));
  });
});

describe('order', () => {
  const swapped = ([first, second, ...rest]: readonly Record<string, string>[]) => [
    ...(second ? [second] : []),
    ...(first ? [first] : []),
    ...rest,
  ];

  test('rows that were there before stand as the plan leaves them', async () => {
    const it = meddled([comment(rules.id, '*1', 'a')], swapped);
    expect(await checked(it)).toEqual({ check: 'planned rows', verdict: 'fail', after: '1 of 1 as planned', why: ORDER });
  });

  test('a moved row and a new one, too', async () => {
    for (const intent of [move, { ...add, before: { id: '*1' } } satisfies Intent])
      expect(await checked(meddled([intent], swapped))).toMatchObject({ verdict: 'fail', why: ORDER });
  });

  test('what a stranger put between, and what the router made by itself, is not ours', async () => {
    const between = (rows: readonly Record<string, string>[]) =>
      rows.flatMap((row, at) => [
        { chain: 'two', comment: `s${at}`, '.id': `*F${at}` },
        { ...one('d'), '.id': `*E${at}`, dynamic: 'true' },
        row,
      ]);
    expect(await checked(meddled([move, add], between))).toEqual(pass(2));
  });

  test('a row that another hand took away says nothing', async () => {
    expect(await checked(meddled([comment(rules.id, '*1', 'a')], (rows) => rows.filter((row) => row['.id'] !== '*2')))).toEqual(pass(1));
  });

  test('in a menu without order none is asked for', async () => {
    const it = bench({
      of: [tunnels.id],
      start: { [tunnels.menu]: [{ name: 'a' }, { name: 'b' }] },
      intents: [comment(tunnels.id, '*1', 'a')],
      on: { 'connect#2': admin(tunnels.menu, (rows) => [...rows].reverse()) },
    });
    expect(await checked(it)).toEqual(pass(1));
  });
});

describe('a request that the network carried out twice', () => {
  const again: NonNullable<Setup['on']> = { 'done 0': ({ router, writes }) => writes[0] && router.write(writes[0]) };

  test('an add: both rows are told, ours goes, and the other one is left to a person', async () => {
    const it = bench({ of: [notes.id], start: { [notes.menu]: [note('x')] }, intents: [jot, { ...jot, values: note('m') }], on: again });
    expect(await apply(it)).toMatchObject({
      state: 'stuck',
      left: [],
      drift: [{ capability: notes.id, row: '*3', planned: null, now: expect.objectContaining(note('n')) }],
      checks: [
        {
          check: 'planned rows',
          verdict: 'fail',
          after: '2 of 2 as planned',
          why: 'a request was carried out twice: test-notes *3 is one too many',
        },
        { check: 'health', verdict: 'pass' },
      ],
    });
    expect(it.writes).toMatchObject([{ verb: 'add' }, { verb: 'add' }, { verb: 'remove', id: '*4' }, { verb: 'remove', id: '*2' }]);
  });

  test('the add of a removed row that goes back: it is there twice, which is told', async () => {
    const twice: NonNullable<Setup['on']> = { 'done 1': ({ router, writes }) => writes[1] && router.write(writes[1]) };
    const it = bench({ of: [rules.id], start, intents: [remove(rules.id, '*2')], health: ['fail'], on: twice });
    const outcome = await apply(it);
    expect(outcome).toMatchObject({ state: 'stuck', left: [] });
    expect(outcome.drift.filter(({ planned }) => planned === null)).toEqual([
      { capability: rules.id, row: '*5', planned: null, now: one('y') },
    ]);
  });

  test('an add that takes effect after everybody had given up on it is told', async () => {
    const it = bench({
      of: [rules.id],
      start,
      intents: [comment(rules.id, '*1', 'a'), add],
      on: {
        'write 1': () => {
          throw new UnreachableError('no answer');
        },
        'same box': ({ router, writes }) => writes[1] && router.write(writes[1]),
      },
    });
    expect(await apply(it)).toMatchObject({ state: 'stuck', drift: [{ row: '*4', planned: null, now: one('n') }] });
  });

  test.each<[what: string, row: Record<string, string>]>([
    ['a row with another text', { chain: 'one', comment: 'theirs' }],
    ['a row of the same kind that says more', { chain: 'one', comment: 'n', disabled: 'true' }],
    ['a row that the router made by itself', { chain: 'one', comment: 'n', dynamic: 'true' }],
  ])('%s is no twin', async (_, row) => {
    const it = meddled([add], (rows) => [{ '.id': '*F0', disabled: 'false', ...row }, ...rows]);
    expect(await checked(it)).toEqual(pass(1));
  });

  test('a row that the plan only set has none', async () => {
    const it = meddled([comment(rules.id, '*1', 'n')], (rows) => [...rows, { ...one('n'), '.id': '*F0', disabled: 'false' }]);
    expect(await checked(it)).toEqual(pass(1));
  });

  test('a row that was there before has the right to look like ours', async () => {
    const it = bench({ of: [rules.id], start: { [menu]: [one('x'), one('x')] }, intents: [remove(rules.id, '*1')] });
    expect(await checked(it)).toEqual(pass(1));
  });

  test('its id may be one that the plan touches in another menu', async () => {
    const it = bench({
      of: [notes.id, tunnels.id],
      start: { [notes.menu]: [], [tunnels.menu]: [{ name: 'a' }, { name: 'b' }] },
      intents: [jot, comment(tunnels.id, '*2', 'b')],
      on: again,
    });
    expect(await checked(it)).toMatchObject({ why: expect.stringContaining('test-notes *2') });
  });
});

test('what of a change must still be seen at the end', () => {
  const change = (verb: Change['verb'], row = '*1', capability = 'a'): Change => ({
    ...{ capability, menu: '/a', verb, row, label: row, before: null, after: null, secret: [], place: { to: null } },
  });
  const { place: _place, ...bare } = change('set');
  expect(lastingPart(change('set'), [])).toEqual(bare);
  expect(lastingPart(change('move'), [])).toBeUndefined();
  expect(lastingPart(change('set'), [change('set')])).toBeUndefined();
  expect(lastingPart(change('add'), [change('remove')])).toBeUndefined();
  expect(lastingPart(change('set'), [change('move'), change('set', '*2'), change('set', '*1', 'b')])).toEqual(bare);
});
