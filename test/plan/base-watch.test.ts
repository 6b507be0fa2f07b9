import { expect, test } from 'vitest';
import { baseNow, baseOf, driftOf } from '../../src/lib/plan/base.ts';
import { idKey } from '../../src/lib/plan/classify.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import type { Change } from '../../src/lib/plan/types.ts';
import { changeOf, dns, filter, lists, menusWith, on, type Rows, rule, targetFor } from './helpers.ts';

const entry = (address: string, more: Readonly<Record<string, string>> = {}) => ({ list: 'x', address, ...more });
const ROWS = {
  'firewall-filter': [rule('a'), rule('b'), rule('c')],
  'firewall-address-list': [entry('10.0.0.1'), entry('10.0.0.2'), entry('10.0.0.3')],
};
const setRule = (id: string, values: Readonly<Record<string, unknown>> = { log: true }): Intent => ({
  verb: 'set',
  ...on(filter),
  where: { id },
  values,
});
const setEntry = (id: string, values: Readonly<Record<string, unknown>>): Intent => ({ verb: 'set', ...on(lists), where: { id }, values });
const addEntry = (address: string, comment = ''): Intent => ({ verb: 'add', ...on(lists), values: { list: 'x', address, comment } });
const removeEntry = (id: string): Intent => ({ verb: 'remove', ...on(lists), where: { id } });

/** Ids and keys that are watched, by capability. */
const watched = (rows: Rows, ...intents: readonly Intent[]) =>
  targetFor(rows, ...intents).base.sections.map((one) => [one.capability, one.rows.map(({ id }) => id), one.keys.map(({ key }) => key)]);

test('of each menu its own rows and keys are watched, in one order whatever the wishes’', () => {
  expect(watched(ROWS, setRule('*3'), addEntry('10.0.0.9'), addEntry('10.0.0.8'), setRule('*1'), removeEntry('*2'))).toEqual([
    ['firewall-filter', ['*1', '*3'], []],
    ['firewall-address-list', ['*2'], ['["x","10.0.0.8"]', '["x","10.0.0.9"]']],
  ]);
});

test('only what is added brings its key under watch; rows that the plan makes are nobody’s yet', () => {
  expect(watched(ROWS, setEntry('*1', { list: 'y', address: '10.9.9.9' }))).toEqual([['firewall-address-list', ['*1'], []]]);
  expect(watched(ROWS, addEntry('10.0.0.9'), setEntry('#0', { comment: 'z' }))).toEqual([
    ['firewall-address-list', [], ['["x","10.0.0.9"]']],
  ]);
  expect(watched({ 'firewall-filter': [rule('a')] }, { verb: 'add', ...on(filter), values: rule('z'), before: { id: '*1' } })).toEqual([
    ['firewall-filter', ['*1'], []],
  ]);
});

test('what is there under a watched key is written down, rows of the router itself left out', () => {
  const rows = { 'firewall-address-list': [entry('10.0.0.1'), entry('10.0.0.1', { dynamic: 'true' }), entry('10.0.0.2')] };
  const [section] = targetFor(rows, removeEntry('*1'), addEntry('10.0.0.1', 'ours')).base.sections;
  expect(section?.keys).toEqual([{ key: '["x","10.0.0.1"]', ids: ['*1'] }]);
});

test('a row that was put back has its key still, wherever it lives now', () => {
  const target = targetFor(ROWS, removeEntry('*1'), addEntry('10.0.0.1', 'ours'));
  const back = menusWith({
    'firewall-address-list': [entry('10.0.0.2', { '.id': '*2' }), entry('10.0.0.3', { '.id': '*3' }), entry('10.0.0.1', { '.id': '*9' })],
  });
  const home = new Map([[idKey(lists.menu, '*1'), '*9']]);
  expect(driftOf(target, baseNow(target.base, back, home))).toEqual([]);
  expect(driftOf(target, baseNow(target.base, back))).toMatchObject([
    { row: '*1', now: null },
    { row: '*9', planned: null, now: { key: '["x","10.0.0.1"]' } },
  ]);
});

test('a row that changed says nothing about a key that did not', () => {
  const target = targetFor(ROWS, setEntry('*1', { comment: 'ours' }), addEntry('10.0.0.9'));
  const now = { 'firewall-address-list': [entry('10.0.0.1', { comment: 'theirs' })] };
  expect(driftOf(target, baseNow(target.base, menusWith(now))).map(({ row }) => row)).toEqual(['*1']);
});

test('a menu that was not read again: every row and every key of it differs', () => {
  const target = targetFor(ROWS, removeEntry('*1'), addEntry('10.0.0.1', 'ours'));
  const all = [
    { capability: 'firewall-address-list', row: '*1', planned: entry('10.0.0.1'), now: null, wanted: null },
    { capability: 'firewall-address-list', row: '', planned: null, now: { key: '["x","10.0.0.1"]' } },
  ];
  const unread = baseNow(target.base, new Map());
  expect(unread.sections).toMatchObject([{ capability: 'firewall-address-list', rows: [], keys: [] }]);
  expect(driftOf(target, unread)).toEqual(all);
  expect(driftOf(target, { sections: [], fingerprint: '' })).toEqual(all);
});

test('a menu that nobody read when it was planned is not part of the base', () => {
  const change = changeOf({ dns: [{}] }, { verb: 'set', ...on(dns), values: { servers: '1.1.1.1' } });
  expect(baseOf(new Map(), [change]).sections).toEqual([]);
});

test('the third side: what all changes of a row together make of it, and of no other row', () => {
  const wanted = (now: Rows, ...intents: readonly Intent[]) => {
    const target = targetFor(ROWS, ...intents);
    return driftOf(target, baseNow(target.base, menusWith({ ...ROWS, ...now }))).map((drift) => [drift.row, drift.wanted]);
  };
  const theirs = { 'firewall-address-list': [entry('10.0.0.1', { comment: 'theirs' }), ...ROWS['firewall-address-list'].slice(1)] };
  const twice = [setEntry('*1', { comment: 'one', disabled: true }), setRule('*1'), setEntry('*1', { disabled: false, list: 'y' })];
  expect(wanted(theirs, ...twice)).toEqual([['*1', { list: 'y', address: '10.0.0.1', comment: 'one', disabled: 'no' }]]);
  expect(wanted(theirs, setEntry('*1', { comment: 'one' }), removeEntry('*1'))).toEqual([['*1', null]]);
  expect(wanted(theirs, removeEntry('*1'), removeEntry('*2'))).toEqual([['*1', null]]);
  const port = { 'firewall-filter': [rule('a', { 'dst-port': '22', log: 'yes' }), rule('b')] };
  const { base, changes } = targetFor(port, { verb: 'set', ...on(filter), where: { id: '*1' }, values: {}, unset: ['dst-port'] });
  const now = baseNow(base, menusWith({ 'firewall-filter': [rule('a', { log: 'yes' }), rule('b')] }));
  expect(driftOf({ base, changes }, now)).toMatchObject([{ planned: { 'dst-port': '22' }, wanted: { ...rule('a'), log: 'yes' } }]);
  expect(driftOf({ base, changes }, now)[0]?.wanted).not.toHaveProperty('dst-port');
});

test('the third side of a moved row is the row itself; a neighbour that is not changed has none', () => {
  const move: Intent = { verb: 'move', ...on(filter), where: { id: '*3' }, before: { id: '*1' } };
  const target = targetFor(ROWS, move);
  const found = driftOf(target, baseNow(target.base, menusWith({ 'firewall-filter': [rule('A'), rule('b'), rule('C')] })));
  expect(found.map(({ row, wanted }) => [row, wanted])).toEqual([
    ['*1', undefined],
    ['*3', { ...rule('c'), '.after': '*2' }],
  ]);
  expect(found[0]).not.toHaveProperty('wanted');
});

test('a change of a row that was not there says what it is to become', () => {
  const change: Change = {
    ...changeOf({ dns: [{}] }, { verb: 'set', ...on(dns), values: { servers: '1.1.1.1' } }),
    before: null,
  };
  const base = baseOf(menusWith({ dns: [] }), [change]);
  expect(driftOf({ base, changes: [change] }, baseNow(base, menusWith({ dns: [{ servers: '9.9.9.9' }] })))).toMatchObject([
    { row: '', planned: null, now: { servers: '9.9.9.9' }, wanted: { servers: '1.1.1.1' } },
  ]);
});
