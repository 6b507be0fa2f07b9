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
