import { expect, test } from 'vitest';
import { baseNow, driftOf } from '../../src/lib/plan/base.ts';
import { idKey } from '../../src/lib/plan/classify.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import type { Drift } from '../../src/lib/plan/types.ts';
import { filter, lists, menusWith, on, type Rows, rule, targetFor } from './helpers.ts';

const four = { 'firewall-filter': [rule('a'), rule('b'), rule('c'), rule('d')] };
const setB: Intent = { verb: 'set', ...on(filter), where: { comment: 'b' }, values: { log: true } };

/** How the router, as it is now, differs from what was planned from. */
const drift = (was: Rows, now: Rows, ...intents: readonly Intent[]): readonly Drift[] => {
  const target = targetFor(was, ...intents);
  return driftOf(target, baseNow(target.base, menusWith(now)));
};
const ids =
  (...some: readonly number[]) =>
  (rows: readonly Readonly<Record<string, string>>[]) =>
    rows.map((row, at) => ({ ...row, '.id': `*${some[at]}` }));

test('the same router is the same, whatever counts and lives on it', () => {
  const busy = four['firewall-filter'].map((row) => ({
    ...row,
    bytes: '123',
    packets: '4',
    invalid: 'true',
    '.about': 'hm',
    'unknown-field': 'x',
  }));
  expect(drift(four, { 'firewall-filter': busy }, setB)).toEqual([]);
});

test('rows elsewhere may come, go and change', () => {
  const elsewhere = [rule('a'), rule('b'), rule('c'), rule('D', { action: 'drop' }), rule('e')];
  expect(drift(four, { 'firewall-filter': elsewhere }, setB)).toEqual([]);
});

test('dynamic rows between them are nobody’s neighbours', () => {
  const now = [rule('a'), rule('live', { dynamic: 'true' }), rule('b'), rule('live', { dynamic: 'true' }), rule('c'), rule('d')];
  expect(drift(four, { 'firewall-filter': ids(1, 81, 2, 82, 3, 4)(now) }, setB)).toEqual([]);
});

test('a touched row that changed, or is gone: what was planned from and what is there', () => {
  const changed = [rule('a'), rule('b', { action: 'drop' }), rule('c'), rule('d')];
  const where = { '.after': '*1', '.before': '*3' };
  expect(drift(four, { 'firewall-filter': changed }, setB)).toEqual([
    {
      capability: 'firewall-filter',
      row: '*2',
      planned: { ...rule('b'), ...where },
      now: { ...rule('b'), action: 'drop', ...where },
      wanted: { ...rule('b'), log: 'yes', ...where },
    },
  ]);
  expect(drift(four, { 'firewall-filter': ids(1, 3, 4)([rule('a'), rule('c'), rule('d')]) }, setB)).toMatchObject([
    { row: '*2', now: null },
  ]);
});

test('a neighbour that moved away, or came between', () => {
  const moved = ids(1, 2, 4, 3)([rule('a'), rule('b'), rule('d'), rule('c')]);
  expect(drift(four, { 'firewall-filter': moved }, setB)).toMatchObject([
    { row: '*2', planned: { '.before': '*3' }, now: { '.before': '*4' } },
  ]);
  const between = ids(1, 9, 2, 3, 4)([rule('a'), rule('new'), rule('b'), rule('c'), rule('d')]);
  expect(drift(four, { 'firewall-filter': between }, setB)).toMatchObject([
    { row: '*2', planned: { '.after': '*1' }, now: { '.after': '*9' } },
  ]);
});

test('in a list there are no neighbours', () => {
  const entry = (address: string) => ({ list: 'x', address });
  const rows = { 'firewall-address-list': [entry('10.0.0.1'), entry('10.0.0.2'), entry('10.0.0.3')] };
  const now = { 'firewall-address-list': ids(3, 9, 2, 1)([entry('10.0.0.3'), entry('10.0.0.9'), entry('10.0.0.2'), entry('10.0.0.1')]) };
  const remove: Intent = { verb: 'remove', ...on(lists), where: { id: '*2' } };
  expect(drift(rows, now, remove)).toEqual([]);
});

test('a new row with the key of one that is to be added', () => {
  const add: Intent = { verb: 'add', ...on(lists), values: { list: 'x', address: '10.0.0.1' } };
  const found = drift(
    { 'firewall-address-list': [] },
    { 'firewall-address-list': [{ list: 'x', address: '10.0.0.1', comment: 'mine' }] },
    add,
  );
  expect(found).toEqual([{ capability: 'firewall-address-list', row: '*1', planned: null, now: { key: '["x","10.0.0.1"]' } }]);
  expect(drift({ 'firewall-address-list': [] }, { 'firewall-address-list': [{ list: 'y', address: '10.0.0.1' }] }, add)).toEqual([]);
});

test('what is put at the end was planned behind the last row', () => {
  const more = { 'firewall-filter': [...four['firewall-filter'], rule('e')] };
  for (const intent of [
    { verb: 'add', ...on(filter), values: rule('z') },
    { verb: 'move', ...on(filter), where: { id: '*1' } },
  ] satisfies readonly Intent[]) {
    expect(drift(four, more, intent)).toMatchObject([{ row: '*4', planned: {}, now: { '.before': '*5' } }]);
  }
});

test('what is put into an empty menu was planned to be the first', () => {
  expect(
    drift({ 'firewall-filter': [] }, { 'firewall-filter': [rule('e')] }, { verb: 'add', ...on(filter), values: rule('z') }),
  ).toHaveLength(1);
});

test('a row that was put back is the same row, for itself and for its neighbours', () => {
  const target = targetFor(four, setB, { verb: 'remove', ...on(filter), where: { id: '*3' } });
  const now = menusWith({ 'firewall-filter': ids(1, 2, 9, 4)([rule('a'), rule('b'), rule('c'), rule('d')]) });
  expect(driftOf(target, baseNow(target.base, now)).map(({ row }) => row)).toEqual(['*2', '*3', '*4']);
  expect(driftOf(target, baseNow(target.base, now, new Map([[idKey(filter.menu, '*3'), '*9']])))).toEqual([]);
  expect(driftOf(target, baseNow(target.base, now, new Map([[idKey('/another/menu', '*3'), '*9']]))).length).toBeGreaterThan(0);
});

test('a menu that was not read again is a difference', () => {
  const target = targetFor(four, setB);
  expect(driftOf(target, baseNow(target.base, new Map())).length).toBeGreaterThan(0);
});
