import { describe, expect, test } from 'vitest';
import type { Row } from '../../../src/lib/client/types.ts';
import { holds, isV6, lengthOf, plainAddress } from '../../../src/lib/insight/reach/net.ts';
import { destinationsOf, portBehind, portOf, sourcesOf } from '../../../src/lib/insight/reach/session.ts';
import { menuOf } from './rig.ts';
import { SMALL, worldWith } from './worlds.ts';

const rowsOf = (id: string, ...rows: readonly Row[]) => menuOf(id, rows, '7.20.6').rows;
const login = (address: string, more: Row = {}): Row => ({ name: 'ann', via: 'rest-api', address, ...more });
const sources = (...rows: readonly Row[]) => sourcesOf(rowsOf('user-active', ...rows), 'ann');

describe('where the router sees us coming from', () => {
  test.each<[string, readonly Row[], readonly string[]]>([
    ['our login', [login('192.0.2.20'), login('192.0.2.20', { via: 'api' })], ['192.0.2.20']],
    ['older ones, which never end', [login('192.0.2.20'), login('192.0.2.30')], ['192.0.2.20', '192.0.2.30']],
    ['not those of others', [login('192.0.2.20'), login('192.0.2.30', { name: 'bob' })], ['192.0.2.20']],
    ['not consoles, where there is REST', [login('192.0.2.20'), login('192.0.2.30', { via: 'ssh' })], ['192.0.2.20']],
    ['a console, where there is none', [login('192.0.2.30', { via: 'ssh' })], ['192.0.2.30']],
    ['never WinBox', [login('192.0.2.30', { via: 'winbox' })], []],
    ['not over RoMON', [login('192.0.2.20', { 'by-romon': 'true' })], []],
    ['IPv6, without its zone', [login('fe80::1%ether1')], ['fe80::1']],
    ['IPv4 in the clothes of IPv6', [login('::ffff:192.0.2.20')], ['192.0.2.20']],
    ['nothing, where one is not understood', [login('192.0.2.20'), login('48:A9:8A:10:20:00')], []],
    ['nothing, where there are too many', Array.from({ length: 9 }, (_, at) => login(`192.0.2.${at}`)), []],
  ])('%s', (_what, rows, expected) => {
    expect(sources(...rows)).toEqual(expected);
  });
});

describe('which address we call', () => {
  const called = (address: string, seen: readonly string[] = [], services: readonly Row[] = []) =>
    destinationsOf(worldWith({ 'ip-service': [...(SMALL['ip-service'] ?? []), ...services] }), { address }, '192.0.2.20', seen);
  const own = ['192.0.2.1', '198.51.100.1'];

  test('the one we use, where it is its own', () => {
    expect(called('http://198.51.100.1')).toEqual(['198.51.100.1']);
  });

  test('any of its own through a tunnel, by a name, or translated on the way', () => {
    for (const address of ['http://127.0.0.1:18081', 'https://edge.example.net', 'http://203.0.113.9', 'http://[::1]:8080']) {
      expect(called(address)).toEqual(own);
    }
  });

  test('the one that the router says', () => {
    const open = { name: 'www', dynamic: 'true', connection: 'true', local: '192.0.2.1:80', remote: '192.0.2.20:50000' };
    expect(called('http://127.0.0.1:18081', [], [open])).toEqual(['192.0.2.1']);
    expect(called('http://127.0.0.1:18081', [], [{ ...open, remote: '192.0.2.30:50000' }])).toEqual(own);
    expect(called('http://127.0.0.1:18081', [], [{ ...open, name: 'winbox' }])).toEqual(own);
    expect(called('http://127.0.0.1:18081', ['198.51.100.1'])).toEqual(['198.51.100.1']);
    expect(called('http://127.0.0.1:18081', ['203.0.113.1'])).toEqual(own);
  });
});

describe('which port we call', () => {
  const world = worldWith({
    'ip-service': [
      { name: 'www', port: '8080' },
      { name: 'www-ssl', port: '443' },
      { name: 'ssh', port: '22' },
    ],
  });
  const ssh = (port: number) => ({ port, hostKeys: [], agent: false, legacy: false });
  test.each([
    ['http://192.0.2.1:8080', 8080],
    ['http://192.0.2.1', undefined],
    ['https://192.0.2.1', 443],
    ['https://192.0.2.1:8443', undefined],
    ['http://127.0.0.1:18081', 8080],
    ['https://localhost:18443', 443],
  ])('%s: %s', (address, expected) => {
    expect(portOf(world, { address }, 'rest')).toBe(expected);
  });

  test('SSH has its own', () => {
    expect(portOf(world, { address: 'https://192.0.2.1' }, 'ssh')).toBe(22);
    expect(portOf(world, { address: 'https://192.0.2.1', ssh: ssh(22) }, 'ssh')).toBe(22);
    expect(portOf(world, { address: 'https://192.0.2.1', ssh: ssh(2222) }, 'ssh')).toBeUndefined();
    expect(portOf(world, { address: 'http://127.0.0.1:1', ssh: ssh(2222) }, 'ssh')).toBe(22);
  });
});

test('the port behind which we are is known when there is only one', () => {
  const host = (port: string, more: Row = {}): Row => ({ 'on-interface': port, bridge: 'bridge', ...more });
  expect(portBehind(rowsOf('bridge-host', host('ether2')))).toBe('ether2');
  expect(portBehind(rowsOf('bridge-host', host('ether2'), host('ether2', { vid: '99' })))).toBe('ether2');
  expect(portBehind(rowsOf('bridge-host', host('ether2'), host('ether3')))).toBeUndefined();
  expect(portBehind(rowsOf('bridge-host', host('bridge', { local: 'true' })))).toBeUndefined();
});

describe('addresses', () => {
  test.each<[string, string, boolean | undefined]>([
    ['192.0.2.0/24', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.3.0', false],
    ['192.0.2.77/24', '192.0.2.1', true],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['192.0.2.1-192.0.2.9', '192.0.2.9', true],
    ['192.0.2.1-192.0.2.9', '192.0.2.10', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:db8::1-2001:db8::f', '2001:db8::a', true],
    ['::/0', '192.0.2.1', false],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['office.example.net', '192.0.2.1', undefined],
    ['a-b.example.net', '192.0.2.1', undefined],
    ['192.0.2.0/x', '192.0.2.1', undefined],
    ['192.0.2.0/33', '192.0.2.1', undefined],
  ])('%s holds %s: %s', (text, address, expected) => {
    expect(holds(text, address)).toBe(expected);
  });

  test('one text for each', () => {
    expect(['192.0.2.1', '::ffff:c000:201', 'FE80::0:1%ether1', 'edge'].map(plainAddress)).toEqual([
      '192.0.2.1',
      '192.0.2.1',
      'fe80::1',
      undefined,
    ]);
    expect(['192.0.2.1', '::ffff:192.0.2.1', '::1'].map(isV6)).toEqual([false, false, true]);
    expect(['192.0.2.0/24', '192.0.2.1', '::/0', '::1'].map(lengthOf)).toEqual([24, 32, 0, 128]);
  });
});
