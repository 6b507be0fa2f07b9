import { expect, test } from 'vitest';
import type { Selector } from '../../src/lib/plan/intent.ts';
import { selectRow } from '../../src/lib/plan/select.ts';
import { capabilityOf, menusWith, type Rows, refusal, rule } from './helpers.ts';

const menuOf = (rows: Rows, id: string) => {
  const menu = menusWith(rows).get(id);
  if (!menu) throw new Error('no such menu');
  return menu;
};

const rows = {
  'firewall-filter': [
    rule('a'),
    rule('b', { invalid: 'true', 'dst-port': '22' }),
    rule('b', { 'src-address': '10.0.0.0/8' }),
    rule('live', { dynamic: 'true' }),
  ],
};
const found = (where: Selector): string | undefined => selectRow(menuOf(rows, 'firewall-filter'), where)?.id;
const refused = (where: Selector) => refusal(rows, { verb: 'set', capability: 'firewall-filter', where, values: { log: true } });

test('by id', () => {
  expect(found({ id: '*3' })).toBe('*3');
  expect(refused({ id: '*99' })).toMatchObject({ code: 'NO_SUCH_ROW', message: 'No such row in firewall-filter.' });
});

test('an id that is no text names no row, whatever else is said', () => {
  for (const id of [3, '', null, {}]) expect(refused({ id, comment: 'a' })).toMatchObject({ code: 'NO_SUCH_ROW' });
});

test('by id and fields: both must fit', () => {
  expect(found({ id: '*2', comment: 'b' })).toBe('*2');
  expect(refused({ id: '*2', comment: 'a' })).toMatchObject({ code: 'NO_SUCH_ROW' });
});

test('by fields, in any spelling, absent ones as what their absence means', () => {
  expect(found({ comment: 'a' })).toBe('*1');
  expect(found({ 'dst-port': '022' })).toBe('*2');
  expect(found({ 'src-address': '10.1.2.3/8' })).toBe('*3');
  expect(found({ comment: 'b', 'src-address': '10.0.0.0/8', disabled: 'no', log: false })).toBe('*3');
  expect(found({ comment: 'z' })).toBeUndefined();
});

test('by what the router owns', () => {
  expect(found({ invalid: 'yes' })).toBe('*2');
  expect(found({ comment: 'b', invalid: 'no' })).toBe('*3');
});

test('several rows: the ids are named, none is chosen', () => {
  expect(refused({ comment: 'b' })).toMatchObject({
    code: 'AMBIGUOUS_ROW',
    message: '2 rows of firewall-filter have these values.',
    details: { ids: ['*2', '*3'] },
  });
});

test('a dynamic row is never meant, not even when it alone fits', () => {
  expect(refused({ id: '*4' })).toMatchObject({ code: 'READ_ONLY' });
  expect(refused({ comment: 'live' })).toMatchObject({ code: 'READ_ONLY' });
});

test('no row named, a field that does not exist, a value that it does not take', () => {
  expect(refused({}).message).toBe('No row was named.');
  expect(refused({ colour: 'red' })).toMatchObject({ code: 'UNKNOWN_FIELD' });
  expect(refused({ action: 'explode' })).toMatchObject({ code: 'INVALID_INPUT', details: { field: 'action' } });
});

test('the one item of a singleton', () => {
  const menu = menuOf({ dns: [{ servers: '1.1.1.1' }] }, 'dns');
  expect(selectRow(menu, undefined)?.content).toEqual({ servers: '1.1.1.1' });
  expect(selectRow(menu, {})?.content).toEqual({ servers: '1.1.1.1' });
  expect(capabilityOf('dns').shape).toBe('singleton');
});

test('a row by a field that is not shown, as what its absence means', () => {
  const notes = menuOf({ 'test-notes': [{ topic: 'one' }, { topic: 'one', options: 'other' }] }, 'test-notes');
  expect(selectRow(notes, { options: ['hostname', 'clientid'] })?.id).toBe('*1');
});

test('what the router says in words nobody knows is not what its silence means', () => {
  const menu = menuOf({ 'firewall-filter': [rule('a', { invalid: 'perhaps' }), rule('b')] }, 'firewall-filter');
  expect(selectRow(menu, { invalid: 'no' })?.id).toBe('*2');
  expect(selectRow(menu, { invalid: 'yes' })).toBeUndefined();
});

test('a row of a person is meant, though a dynamic one has the same values', () => {
  const menu = menuOf({ 'firewall-filter': [rule('x', { dynamic: 'true' }), rule('x')] }, 'firewall-filter');
  expect(selectRow(menu, { comment: 'x' })?.id).toBe('*2');
});

test('of very many rows that fit, twenty are named', () => {
  const many = { 'firewall-filter': Array.from({ length: 25 }, () => rule('same')) };
  const { message, details } = refusal(many, { verb: 'remove', capability: 'firewall-filter', where: { comment: 'same' } });
  expect([message, details]).toEqual([
    '25 rows of firewall-filter have these values.',
    { ids: Array.from({ length: 20 }, (_, at) => `*${at + 1}`) },
  ]);
});

const some = { ...rows, 'test-tunnels': [{ name: 'a' }], 'firewall-address-list': [{ list: 'x', address: '10.0.0.1' }] };
const set = (capability: string, where?: Selector) =>
  refusal(some, { verb: 'set', capability, values: { comment: 'new' }, ...(where && { where }) });

test.each([
  ['no field', 'firewall-filter', {}, 'No row was named.', 'Name one by id, or by fields that only it has.'],
  ['nothing at all', 'firewall-address-list', undefined, 'No row was named.', 'Name one by list and address.'],
  ['a secret', 'test-tunnels', { presharedKey: 'x' }, 'preshared-key is secret: no row is named by it.', 'Name one by name.'],
  ['an id of no row', 'test-tunnels', { id: '*9' }, 'No such row in test-tunnels.', 'Name it by name; get test-tunnels lists them.'],
  ['the values of no row', 'test-tunnels', { name: 'z' }, 'No such row in test-tunnels.', 'Name it by name; get test-tunnels lists them.'],
  ['several rows', 'firewall-filter', { comment: 'b' }, '2 rows of firewall-filter have these values.', 'Name one of them by id.'],
  [
    'a dynamic row by its id',
    'firewall-filter',
    { id: '*4', comment: 'a' },
    'That row of firewall-filter is dynamic: the router made it itself.',
    'Change what it comes from.',
  ],
])('a selector that names %s is answered with what to do', (_what, capability, where, message, hint) => {
  const refusedBy = set(capability, where);
  expect([refusedBy.message, refusedBy.hint]).toEqual([message, hint]);
});

test('a refusal says of which capability the row is, for programs', () => {
  for (const where of [{ id: '*99' }, { id: '*4' }, { comment: 'live' }])
    expect(set('firewall-filter', where).details).toEqual({ capability: 'firewall-filter' });
});
