import { describe, expect, test } from 'vitest';
import { placedRows } from '../../../src/lib/plan/guard/places.ts';
import { rowsOf } from '../../../src/lib/plan/guard/rows.ts';
import { type Subject, sortChanges } from '../../../src/lib/plan/guard/subject.ts';
import type { Change } from '../../../src/lib/plan/types.ts';

const MENU = '/ip/firewall/filter';
const OTHER = '/ip/firewall/nat';

const change = (verb: Change['verb'], row: string, more: Partial<Change> = {}): Change => ({
  capability: 'firewall-filter',
  menu: MENU,
  verb,
  row,
  label: '',
  before: verb === 'remove' ? { comment: row } : null,
  after: verb === 'add' ? { comment: row } : null,
  secret: [],
  ...more,
});

/** A plan from a menu whose watched rows stood as it is said: id, before it, after it. */
function plan(watched: readonly (readonly [string, string | null, string | null])[], ...changes: readonly Change[]) {
  const rows = watched.map(([id, before, after]) => ({ id, content: null, before, after }));
  const subject: Subject = {
    changes,
    undo: changes.map(() => []),
    base: { sections: [{ capability: 'firewall-filter', menu: MENU, rows, keys: [] }], fingerprint: '' },
  };
  const { steps } = sortChanges(subject);
  const made = rowsOf(subject, steps);
  return { rows: made, steps, placed: placedRows(made, steps) };
}

describe('what the script calls a row', () => {
  const { rows } = plan(
    [],
    change('set', '*1', { before: { comment: 'a' } }),
    change('add', '#0'),
    change('remove', '*2'),
    change('remove', '#0'),
  );

  test.each([
    [MENU, '*1', '*1'],
    [MENU, '*2', '$row2'],
    [MENU, '#0', '$row1'],
    [MENU, '#1', '#1'],
    [OTHER, '*2', '*2'],
    [OTHER, '#0', '#0'],
  ])('in %s %s is %s: rows that come and go have a variable', (menu, id, name) => {
    expect(rows.name(menu, id)).toBe(name);
  });
});

describe('what an added row has held', () => {
  const contents = (...later: readonly Change[]) => {
    const { rows, steps } = plan([], change('add', '#0', { after: { comment: 'a', log: 'yes' } }), ...later);
    const [first] = steps;
    if (!first) throw new Error('no step');
    return rows.contents(first);
  };

  test('is what it was added with, and after each later change something else; the last one first', () => {
    expect(contents()).toEqual([{ comment: 'a', log: 'yes' }]);
    expect(
      contents(
        change('set', '#0', { before: { comment: 'a' }, after: { comment: 'b', chain: 'x' } }),
        change('set', '#0', { before: { log: 'yes', chain: 'x' }, after: { chain: 'y' } }),
      ),
    ).toEqual([
      { comment: 'b', chain: 'y' },
      { comment: 'b', chain: 'x', log: 'yes' },
      { comment: 'a', log: 'yes' },
    ]);
  });

  test('is not what other rows, other menus and other verbs say', () => {
    const set = { before: { comment: 'a' }, after: { comment: 'b' } };
    expect(
      contents(
        change('set', '#1', set),
        change('set', '#0', { ...set, menu: OTHER }),
        change('move', '#0', set),
        change('remove', '#0', set),
      ),
    ).toEqual([{ comment: 'a', log: 'yes' }]);
  });

  test('may be said in a change without a before', () => {
    expect(contents(change('set', '#0', { after: { comment: 'b' } }))).toEqual([
      { comment: 'b', log: 'yes' },
      { comment: 'a', log: 'yes' },
    ]);
    expect(contents(change('set', '#0', { before: { log: 'yes' } }))).toEqual([{ comment: 'a' }, { comment: 'a', log: 'yes' }]);
  });
});

describe('the neighbours of a row', () => {
  test('are those of the base, else the one that its first change names', () => {
    const { rows } = plan(
      [
        ['*1', null, '*2'],
        ['*2', '*1', null],
      ],
      change('move', '*2', { place: { from: '*9', to: null } }),
      change('move', '*3', { place: { from: '*4', to: null } }),
      change('remove', '*3', { place: { from: '*5' } }),
      change('set', '*6', { before: { comment: 'a' }, place: { to: '*1' } }),
    );
    const neighbours = (id: string, menu = MENU) => [rows.predecessor(menu, id), rows.successor(menu, id)];
    expect(neighbours('*1')).toEqual([null, '*2']);
    expect(neighbours('*2')).toEqual(['*1', null]);
    expect(neighbours('*3')).toEqual([null, '*4']);
    expect(neighbours('*6')).toEqual([null, null]);
    expect(neighbours('*1', OTHER)).toEqual([null, null]);
    expect(neighbours('*3', OTHER)).toEqual([null, null]);
  });

  test.each(['#0', '', 'x*1', '*1x'])('are no rows like %j, which the base never had', (id) => {
    const { rows } = plan([['*1', id, id]], change('move', '*3', { place: { from: id } }));
    expect([rows.predecessor(MENU, '*1'), rows.successor(MENU, '*1'), rows.successor(MENU, '*3')]).toEqual([null, null, null]);
  });
});

describe('the rows whose places are restored', () => {
  const move = (row: string, from: string | null = null, menu = MENU) => change('move', row, { menu, place: { from } });
  const remove = (row: string, from: string | null = null) => change('remove', row, { place: { from } });

  test('are those moved or taken away in a menu with an order, each once, with its last change', () => {
    const { placed } = plan(
      [],
      move('*1'),
      change('remove', '*2'),
      move('#0'),
      change('set', '*3', { before: { comment: 'a' }, place: {} }),
      change('add', '#1', { place: { to: null } }),
      remove('*4'),
      remove('*1'),
      move('*1', null, OTHER),
    );
    expect(placed).toEqual([
      { menu: MENU, id: '*1', index: 6, moved: true },
      { menu: MENU, id: '*4', index: 5, moved: false },
      { menu: OTHER, id: '*1', index: 7, moved: true },
    ]);
  });

  test('come after the one they stood before, however long the chain', () => {
    const { placed } = plan([], move('*1', '*2'), move('*2', '*3'), move('*3', '*4'), move('*4', null), move('*5', '*1'));
    expect(placed.map(({ id }) => id)).toEqual(['*4', '*3', '*2', '*1', '*5']);
  });

  test('have an order of some kind even where a router tells of a circle', () => {
    const { placed } = plan([], move('*1', '*2'), move('*2', '*3'), move('*3', '*1'));
    expect(placed.map(({ id }) => id).sort()).toEqual(['*1', '*2', '*3']);
  });
});
