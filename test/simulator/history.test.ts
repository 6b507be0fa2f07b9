import { describe, expect, test } from 'vitest';
import { type Bench, bench } from './support.ts';

const FILTER = '/ip/firewall/filter';
/** Counting and watching start anew for an interface that comes back, and numbers are never used again. */
const bare = (row: object) =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => name !== '.id' && !/byte|packet|link-downs|^inactive$/.test(name))
      .map(([name, value]) => [name, String(value).replace(/^\*[0-9A-F]+$/, '*')]),
  );

/** What is stored, but for what every change leaves behind. */
const config = (router: Bench) =>
  Object.fromEntries(
    [
      FILTER,
      '/ip/address',
      '/ip/route',
      '/ip/dns',
      '/interface',
      '/interface/vlan',
      '/interface/list/member',
      '/ip/firewall/address-list',
      '/system/identity',
    ].map((menu) => [menu, ([] as object[]).concat(router.ask('GET', menu).body).map((row) => bare(row))]),
  );
const undo = (router: Bench) => router.ask('POST', '/undo', {});
const redo = (router: Bench) => router.ask('POST', '/redo', {});

describe('an entry of the history', () => {
  test('tells who did what and when, and whether it can be undone', () => {
    const edge = bench();
    edge.ask('PUT', '/ip/firewall/address-list', { list: 'l', address: '192.0.2.1' });
    expect(edge.rows('/system/history')[0]).toMatchObject({
      action: 'address list entry added',
      by: 'admin',
      'floating-undo': 'false',
      policy: 'write',
      redo: '/ip/firewall/address-list/add address=192.0.2.1 list=l',
      time: '2026-03-14 09:00:00',
      undo: expect.stringMatching(/^\/ip\/firewall\/address-list\/remove \*/),
      undoable: 'true',
    });
  });
});

/** Every kind of change, and what has to be as before when it is taken back. */
const CHANGES: Readonly<Record<string, (router: Bench) => unknown>> = {
  'a row that was added': (router) => router.ask('PUT', '/ip/firewall/address-list', { list: 'l', address: '192.0.2.1' }),
  'a field that was set': (router) => router.ask('PATCH', `${FILTER}/*9`, { 'dst-port': '22', comment: 'changed' }),
  'a field that was taken away': (router) => router.ask('POST', `${FILTER}/unset`, { '.id': '*9', 'value-name': 'src-address-list' }),
  'a setting': (router) => router.ask('POST', '/ip/dns/set', { servers: '192.0.2.53' }),
  'a row that was removed from the middle': (router) => router.ask('DELETE', `${FILTER}/*4`),
  'a row that was moved': (router) => router.ask('POST', `${FILTER}/move`, { numbers: '*9', destination: '*2' }),
  'an address with the route that came with it': (router) =>
    router.ask('PUT', '/ip/address', { address: '172.20.0.1/24', interface: 'vlan10-users' }),
  'an address that went': (router) => router.ask('DELETE', '/ip/address/*2'),
  'an interface that is off': (router) => router.ask('PATCH', '/interface/vlan20-iot', { disabled: 'yes' }),
  'a name that others mention': (router) => router.ask('PATCH', '/interface/vlan/vlan10-users', { name: 'people' }),
  'an interface that others mention': (router) => router.ask('DELETE', '/interface/vlan/vlan10-users'),
};

test.each(Object.entries(CHANGES))('%s is undone, and done again', (_what, change) => {
  const edge = bench();
  const before = config(edge);
  expect((change(edge) as { status: number }).status).toBeLessThan(300);
  const after = config(edge);
  expect(after).not.toEqual(before);
  expect(undo(edge)).toEqual({ status: 200, body: [] });
  expect(config(edge)[FILTER]).toEqual(before[FILTER]);
  const sorted = (of: ReturnType<typeof config>) =>
    Object.entries(of).map(([menu, rows]) => [menu, menu === FILTER ? rows : rows.map((row) => JSON.stringify(row)).sort()]);
  expect(sorted(config(edge))).toEqual(sorted(before));
  expect(edge.rows('/system/history')[0]).toMatchObject({ undoable: 'false', redoable: 'true' });
  if (_what === 'a row that was moved') return;
  expect(redo(edge).status).toBe(200);
  expect(sorted(config(edge))).toEqual(sorted(after));
  expect(edge.rows('/system/history')[0]).toMatchObject({ undoable: 'true' });
});

test('changes are undone newest first, whoever made them; then there is nothing left', () => {
  const edge = bench('rb5009_7.20.6', [{ name: 'ann', password: 'x', group: 'full' }]);
  const ann = { name: 'ann', password: 'x' };
  const before = config(edge);
  for (const address of ['192.0.2.1', '192.0.2.2']) edge.ask('PUT', '/ip/firewall/address-list', { list: 'l', address }, ann);
  edge.ask('PATCH', '/ip/firewall/address-list/*1', { comment: 'by admin' });
  for (let left = 3; left > 0; left -= 1) expect(undo(edge).status).toBe(200);
  expect(config(edge)).toEqual(before);
  expect(undo(edge)).toMatchObject({ status: 400, body: { detail: 'failure: nothing to undo' } });
});

test('after something else there is nothing to do again', () => {
  const edge = bench();
  edge.ask('PUT', '/ip/firewall/address-list', { list: 'l', address: '192.0.2.1' });
  undo(edge);
  edge.ask('PUT', '/ip/firewall/address-list', { list: 'l', address: '192.0.2.2' });
  expect(redo(edge).body.detail).toBe('failure: nothing to redo');
  expect(edge.rows('/system/history').some((row) => row['redoable'] === 'true')).toBe(false);
});

test('a row that comes back has another number', () => {
  const edge = bench();
  edge.ask('DELETE', `${FILTER}/*4`);
  undo(edge);
  const back = edge.rows(FILTER).find((row) => row['comment'] === 'defconf: accept ICMP');
  expect(back?.['.id']).not.toBe('*4');
  expect(edge.ask('GET', `${FILTER}/*4`).status).toBe(404);
});

test('over the console, and only with the right to write', () => {
  const edge = bench('rb5009_7.20.6', [{ name: 'ann', password: 'x', policies: ['read', 'api', 'rest-api'] }]);
  edge.ask('POST', '/system/identity/set', { name: 'other' });
  expect(edge.ask('POST', '/undo', {}, { name: 'ann', password: 'x' }).status).toBe(500);
  edge.ask('POST', '/execute', { script: '/undo', 'as-string': '' });
  expect(edge.ask('GET', '/system/identity').body.name).toBe('edge-1');
});
