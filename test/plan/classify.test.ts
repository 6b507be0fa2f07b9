import { expect, test } from 'vitest';
import { classify, type Ids, idKey, isMadeOf, type Seen } from '../../src/lib/plan/classify.ts';
import type { Menu } from '../../src/lib/plan/menu.ts';
import type { Change } from '../../src/lib/plan/types.ts';
import { menusWith, type Rows, rule } from './helpers.ts';

const menuOf = (rows: Rows): Menu => {
  const [menu] = menusWith(rows).values();
  if (!menu) throw new Error('no menu');
  return menu;
};
const rules = (...rows: readonly Readonly<Record<string, string>>[]): Menu => menuOf({ 'firewall-filter': rows });
const change = (part: Partial<Change>): Change => ({
  capability: 'firewall-filter',
  menu: '/ip/firewall/filter',
  verb: 'set',
  row: '*1',
  label: '',
  before: null,
  after: null,
  secret: [],
  ...part,
});
const at = (one: Change, menu: Menu, ids: Ids = new Map(), known: readonly string[] = []): Seen => classify(one, menu, ids, new Set(known));
const standing = (...args: Parameters<typeof at>): Seen['standing'] => at(...args).standing;

const set = change({ before: { log: 'no', 'dst-port': '22' }, after: { log: 'yes', 'src-port': '1' } });

test('set: as it was, as it will be, half of each, or somebody else’s', () => {
  expect(standing(set, rules(rule('a', { 'dst-port': '22' })))).toBe('pre');
  expect(standing(set, rules(rule('a', { log: 'true', 'src-port': '1' })))).toBe('post');
  expect(standing(set, rules(rule('a', { log: 'yes', 'dst-port': '22', 'src-port': '1' })))).toBe('partly');
  expect(standing(set, rules(rule('a', { log: 'yes', 'dst-port': '80', 'src-port': '1' })))).toBe('foreign');
  expect(standing(set, rules())).toBe('foreign');
});

test('set: fields that are not touched are nobody’s concern', () => {
  expect(standing(set, rules(rule('changed', { 'dst-port': '22', protocol: 'udp' })))).toBe('pre');
});

test('set: a text that is empty or missing, a standing value that is shown or not', () => {
  const dns = (row: Readonly<Record<string, string>>): Menu => menuOf({ dns: [row] });
  const vrf = change({
    capability: 'dns',
    menu: '/ip/dns',
    row: '',
    before: { vrf: 'main', 'use-doh-server': '' },
    after: { vrf: 'mgmt', 'use-doh-server': 'x' },
  });
  for (const pre of [{}, { vrf: 'main' }, { vrf: 'main', 'use-doh-server': '' }]) expect(standing(vrf, dns(pre))).toBe('pre');
  expect(standing(vrf, dns({ vrf: 'mgmt', 'use-doh-server': 'x' }))).toBe('post');
});

const add = change({ verb: 'add', row: '#0', after: rule('new', { disabled: 'no' }), place: { to: '*2' } });

test('add: by the id that the router gave it', () => {
  const ids = new Map([['#0', '*9']]);
  const placed = rules(rule('a'), rule('new', { '.id': '*9' }), rule('b', { '.id': '*2' }));
  expect(at(add, placed, ids)).toEqual({ standing: 'post', rowId: '*9' });
  expect(standing(add, rules(rule('a'), rule('b')), ids)).toBe('pre');
  expect(at(add, rules(rule('a'), rule('other', { '.id': '*9' }), rule('b', { '.id': '*2' })), ids)).toEqual({
    standing: 'foreign',
    rowId: '*9',
  });
});

test('add: our row in the wrong place is ours all the same', () => {
  const misplaced = rules(rule('new', { '.id': '*9' }), rule('a', { '.id': '*1' }), rule('b', { '.id': '*2' }));
  expect(at(add, misplaced, new Map([['#0', '*9']]))).toEqual({ standing: 'partly', rowId: '*9' });
  expect(at(add, misplaced, new Map(), ['*1', '*2'])).toEqual({ standing: 'partly', rowId: '*9' });
});

test('add: without an id, the one row that is new and says what was asked', () => {
  const placed = rules(rule('a'), rule('new', { '.id': '*9', bytes: '0' }), rule('b', { '.id': '*2' }));
  expect(at(add, placed, new Map(), ['*1', '*2'])).toEqual({ standing: 'post', rowId: '*9' });
  expect(standing(add, placed, new Map(), ['*1', '*2', '*9'])).toBe('pre');
  const twins = rules(rule('new', { '.id': '*8' }), rule('new', { '.id': '*9' }), rule('b', { '.id': '*2' }));
  expect(at(add, twins, new Map(), ['*2'])).toEqual({ standing: 'foreign' });
  const noted = rules(rule('new', { '.id': '*8', 'log-prefix': 'theirs' }), rule('b', { '.id': '*2' }));
  expect(at(add, noted, new Map(), ['*2'])).toEqual({ standing: 'foreign' });
  const both = rules(rule('new', { '.id': '*8', 'log-prefix': 'theirs' }), rule('new', { '.id': '*9' }), rule('b', { '.id': '*2' }));
  expect(at(add, both, new Map(), ['*2'])).toEqual({ standing: 'post', rowId: '*9' });
  const filled = rules(rule('new', { '.id': '*9', 'src-port': '7' }), rule('b', { '.id': '*2' }));
  expect(at(add, filled, new Map(), ['*2'])).toEqual({ standing: 'post', rowId: '*9' });
  const live = rules(rule('new', { '.id': '*9', dynamic: 'true' }), rule('b', { '.id': '*2' }));
  expect(standing(add, live, new Map(), ['*2'])).toBe('pre');
});

const remove = change({ verb: 'remove', row: '*1', before: rule('a', { log: 'yes' }) });

test('remove: gone, there, or there with something else in it', () => {
  expect(standing(remove, rules(rule('b', { '.id': '*2' })))).toBe('post');
  expect(standing(remove, rules(rule('a', { log: 'true' })))).toBe('pre');
  expect(standing(remove, rules(rule('a')))).toBe('foreign');
  expect(standing(remove, rules(rule('a', { log: 'yes', '.id': '*9' })), new Map([[idKey(remove.menu, '*1'), '*9']]))).toBe('pre');
});

const move = change({ verb: 'move', row: '*1', place: { from: '*2', to: null } });

test('move: before its old neighbour, before its new one, or elsewhere', () => {
  const [a, b, c] = ['*1', '*2', '*3'].map((id) => rule(id, { '.id': id }));
  if (!a || !b || !c) throw new Error('no rows');
  expect(standing(move, rules(a, b, c))).toBe('pre');
  expect(standing(move, rules(b, c, a))).toBe('post');
  expect(standing(move, rules(b, a, c))).toBe('foreign');
  expect(standing(move, rules(b, c))).toBe('foreign');
  const back = new Map([[idKey(move.menu, '*2'), '*9']]);
  expect(standing(move, rules(a, { ...b, '.id': '*9' }, c), back)).toBe('pre');
});

test('ids of one menu say nothing about another', () => {
  const ids = new Map([[idKey('/ip/firewall/nat', '*1'), '*9']]);
  expect(standing(remove, rules(rule('a', { log: 'yes' })), ids)).toBe('pre');
});

test('set: a field that was not there is not yet ours, and is when it says what was sent', () => {
  const port = change({ before: {}, after: { 'src-port': '1' } });
  expect(standing(port, rules(rule('a')))).toBe('pre');
  expect(standing(port, rules(rule('a', { 'src-port': '1' })))).toBe('post');
  expect(standing(port, rules(rule('a', { 'src-port': '2' })))).toBe('foreign');
});

test('set: an empty text says that a field is not there', () => {
  const port = change({ before: { 'src-port': '' }, after: { 'src-port': '1' } });
  expect(standing(port, rules(rule('a')))).toBe('pre');
});

test('set: a field that this RouterOS does not have is not there', () => {
  const strange = change({ before: {}, after: { 'of-another-version': 'x' } });
  expect(standing(strange, rules(rule('a')))).toBe('pre');
});

test('add and move to the end: ours in place at the end, misplaced before it', () => {
  const last = change({ verb: 'add', row: '#0', after: rule('new'), place: { to: null } });
  const made = new Map([['#0', '*9']]);
  const [a, ours] = [rule('a', { '.id': '*1' }), rule('new', { '.id': '*9' })];
  expect(standing(last, rules(a, ours), made)).toBe('post');
  expect(standing(last, rules(ours, a), made)).toBe('partly');
});

test('a move that names no place was one to the end, from nobody knows where', () => {
  const bare = change({ verb: 'move', row: '*1' });
  const [a, b] = [rule('a', { '.id': '*1' }), rule('b', { '.id': '*2' })];
  expect(standing(bare, rules(b, a))).toBe('post');
  expect(standing(bare, rules(a, b))).toBe('foreign');
});

test('a row is made of what was asked for and of what RouterOS fills in, not of notes that we did not write', () => {
  const menu = rules();
  const fields = { chain: 'forward', action: 'accept', log: 'no' };
  expect(isMadeOf(fields, menu, { chain: 'forward', action: 'accept' })).toBe(true);
  expect(isMadeOf(fields, menu, { chain: 'forward', action: 'accept', 'src-port': '7', 'of-another-version': 'x' })).toBe(true);
  expect(isMadeOf(fields, menu, { chain: 'forward', action: 'drop' })).toBe(false);
  expect(isMadeOf(fields, menu, { chain: 'forward', action: 'accept', comment: 'theirs' })).toBe(false);
});
