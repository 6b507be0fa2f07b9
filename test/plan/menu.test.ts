import { expect, test } from 'vitest';
import { firstOf, type Menu, nextOf, previousOf, rowById, sameRows, staticRows } from '../../src/lib/plan/menu.ts';
import { menuAfter } from '../../src/lib/plan/sketch.ts';
import { changeOf, filter, lists, menusWith, on, type Rows, rule } from './helpers.ts';

const menuOf = (rows: Rows): Menu => {
  const [menu] = menusWith(rows).values();
  if (!menu) throw new Error('no menu');
  return menu;
};
const ordered = menuOf({ 'firewall-filter': [rule('live', { dynamic: 'true' }), rule('a'), rule('live', { dynamic: 'true' }), rule('b')] });
const list = menuOf({
  'firewall-address-list': [
    { list: 'x', address: '10.0.0.1' },
    { list: 'x', address: '10.0.0.2' },
  ],
});

test('neighbours are static rows; a row that is not there, or is dynamic, has none', () => {
  expect([nextOf(ordered, '*2'), previousOf(ordered, '*4'), nextOf(ordered, '*4'), previousOf(ordered, '*2'), firstOf(ordered)]).toEqual([
    '*4',
    '*2',
    null,
    null,
    '*2',
  ]);
  for (const id of ['*1', '*3', '*99', '#0', '']) expect([nextOf(ordered, id), previousOf(ordered, id)], id).toEqual([null, null]);
  expect([nextOf(list, '*1'), previousOf(list, '*2'), firstOf(list)]).toEqual([null, null, null]);
});

test('static rows, and rows by id', () => {
  expect(staticRows(ordered).map(({ id }) => id)).toEqual(['*2', '*4']);
  expect(rowById(ordered, '*3')?.dynamic).toBe(true);
  expect(rowById(ordered, '*9')).toBeUndefined();
  expect(rowById(menuOf({ dns: [{ servers: '1.1.1.1' }] }), '')?.content).toEqual({ servers: '1.1.1.1' });
});

test('the same rows are the same content under the same ids in the same places', () => {
  const rows = {
    'firewall-address-list': [
      { list: 'x', address: '10.0.0.1' },
      { list: 'x', address: '10.0.0.2' },
    ],
  };
  const entry = (address: string, id: string, more = {}) => ({ list: 'x', address, '.id': id, ...more });
  const menus: readonly (readonly [readonly Readonly<Record<string, string>>[], boolean])[] = [
    [[entry('10.0.0.1/32', '*1', { 'creation-time': 'now 1', disabled: 'false' }), entry('10.0.0.2', '*2')], true],
    [[entry('10.0.0.2', '*2'), entry('10.0.0.1', '*1')], false],
    [[entry('10.0.0.1', '*1')], false],
    [[entry('10.0.0.1', '*1'), entry('10.0.0.2', '*3')], false],
    [[entry('10.0.0.1', '*1'), entry('10.0.0.2', '*2', { comment: 'x' })], false],
  ];
  for (const [some, same] of menus) expect(sameRows(menuOf(rows), menuOf({ 'firewall-address-list': some }))).toBe(same);
  expect(sameRows(list, list)).toBe(true);
});

test('the menu after a set keeps what the router owns and what nobody could read', () => {
  const rows = { 'firewall-filter': [rule('a', { bytes: '5', invalid: 'true', 'odd-thing': '1', 'src-port': 'odd' })] };
  const change = changeOf(rows, { verb: 'set', ...on(filter), where: { id: '*1' }, values: { comment: 'b', 'src-port': '7' } });
  const row = menuAfter(menuOf(rows), change).rows[0];
  expect(row).toMatchObject({
    id: '*1',
    item: { comment: 'b', srcPort: '7', bytes: 5, invalid: true },
    extra: { 'odd-thing': '1' },
    content: { comment: 'b', 'src-port': '7' },
  });
  expect(row?.extra).not.toHaveProperty('src-port');
});

test('a change to a row that is not there leaves the menu as it is', () => {
  const rows = { 'firewall-address-list': [{ list: 'x', address: '10.0.0.1' }] };
  const change = changeOf(rows, { verb: 'remove', ...on(lists), where: { id: '*1' } });
  expect(menuAfter(menuOf({ 'firewall-address-list': [] }), change).rows).toEqual([]);
});
