import { expect, test } from 'vitest';
import { bench } from './support.ts';

const edge = bench();

test('a list answers an array, a singleton an object, and every value is a string', () => {
  const list = edge.ask('GET', '/ip/address');
  expect(list.status).toBe(200);
  expect(Array.isArray(list.body)).toBe(true);
  const one = edge.ask('GET', '/system/resource').body;
  expect(Array.isArray(one)).toBe(false);
  for (const row of [one, ...list.body]) expect(Object.values(row).every((value) => typeof value === 'string')).toBe(true);
});

test('one row is found by id or by name, and 404 when it is gone', () => {
  expect(edge.ask('GET', '/ip/address/*2').body).toMatchObject({ '.id': '*2', interface: 'vlan20-iot' });
  expect(edge.ask('GET', '/interface/vlan99-mgmt').body).toMatchObject({ '.id': '*E', type: 'vlan' });
  expect(edge.ask('GET', '/interface/%65ther1').body).toMatchObject({ name: 'ether1' });
  for (const target of ['/ip/address/*99', '/interface/nope'])
    expect(edge.ask('GET', target)).toEqual({ status: 404, body: { error: 404, message: 'Not Found' } });
});

test('what was recorded is as old as it was then', () => {
  // Recorded at 09:26:53; this router starts at 09:00 local time.
  expect(edge.rows('/log').find((row) => row['message']?.startsWith('filter rule added'))?.['time']).toBe('2026-03-14 08:58:38');
  expect(edge.ask('GET', '/system/resource').body['build-time']).toBe('2025-12-04 12:12:57');
});

test('the three spellings of a flag stay as they are: true, present and empty, absent', () => {
  const [route] = edge.ask('GET', '/ip/route?dst-address=10.0.0.0/8').body;
  expect(route.blackhole).toBe('');
  expect(route.dynamic).toBe('false');
  expect('connect' in route).toBe(false);
});

test('parameters of a GET are equalities that must all hold; a plus sign is a plus sign', () => {
  expect(edge.ask('GET', '/interface?type=ether&running=true').body.map((row: { name: string }) => row.name)).toEqual([
    'ether1',
    'ether3',
    'ether4',
    'ether8',
  ]);
  expect(edge.ask('GET', '/interface?name=a+b').body).toEqual([]);
  edge.ask('PUT', '/ip/firewall/address-list', { list: 'l', address: '192.0.2.1', comment: 'a b+c' });
  expect(edge.ask('GET', '/ip/firewall/address-list?comment=a%20b+c').body).toHaveLength(1);
});

test('.proplist leaves nothing but what it names, .id as well', () => {
  expect(edge.ask('GET', '/ip/address?.proplist=address,interface').body[0]).toEqual({
    address: '192.168.88.1/24',
    interface: 'vlan10-users',
  });
  expect(edge.ask('GET', '/ip/address?.proplist=.id,address').body[0]).toEqual({ '.id': '*1', address: '192.168.88.1/24' });
  expect(edge.ask('POST', '/ip/address/print', { '.proplist': ['address'] }).body[0]).toEqual({ address: '192.168.88.1/24' });
  expect(edge.ask('POST', '/ip/address/print', { '.proplist': '.id,address' }).body[0]).toEqual({
    '.id': '*1',
    address: '192.168.88.1/24',
  });
  expect(edge.ask('GET', '/system/identity?.proplist=name').body).toEqual({ name: 'edge-1' });
});

const names = (query: unknown): string[] =>
  edge.ask('POST', '/interface/print', { '.proplist': 'name', '.query': query }).body.map((row: { name: string }) => row.name);

test('query words: equal, smaller, greater, has, has not, or, and, not', () => {
  expect(names(['type=vlan'])).toEqual(['vlan10-users', 'vlan20-iot', 'vlan99-mgmt']);
  expect(names(['type=vlan', 'type=bridge', '#|'])).toEqual(['bridge', 'vlan10-users', 'vlan20-iot', 'vlan99-mgmt']);
  expect(names(['type=vlan', 'name=vlan20-iot', '#&'])).toEqual(['vlan20-iot']);
  expect(names(['type=ether', '#!', 'disabled=no', '#&'])).toEqual([
    'bridge',
    'lo',
    'vlan10-users',
    'vlan20-iot',
    'vlan99-mgmt',
    'wg-hq',
    'ovpn-in-1',
    'veth1',
  ]);
  expect(names(['slave', 'running=true'])).toEqual(['ether3', 'ether4']);
  expect(names(['type=ether', '-slave'])).toEqual(['ether1', 'ether8']);
  expect(names(['>actual-mtu=1500'])).toEqual(['lo']);
  expect(names(['<actual-mtu=1450'])).toEqual(['wg-hq']);
  expect(edge.ask('POST', '/interface/print', { '.query': ['#|'] }).status).toBe(400);
});

test('count-only answers a number as text, and an unknown word in the body is refused', () => {
  expect(edge.ask('POST', '/ip/service/print', { 'count-only': '', '.query': ['dynamic=false'] }).body).toEqual({ ret: '8' });
  expect(edge.ask('POST', '/ip/service/print', { '?name': 'www' })).toMatchObject({
    status: 400,
    body: { detail: 'unknown parameter ?name' },
  });
});

test('.nextid is there in ordered menus when it is asked for', () => {
  const ids = edge.ask('GET', '/ip/firewall/nat?.proplist=.id,.nextid').body;
  expect(ids).toEqual([
    { '.id': '*1', '.nextid': '*2' },
    { '.id': '*2', '.nextid': '*FFFFFFFF' },
  ]);
  expect(edge.ask('GET', '/ip/firewall/nat').body[0]).not.toHaveProperty('.nextid');
  expect(edge.ask('GET', '/ip/address/?.proplist=.id,.nextid').body[0]).toEqual({ '.id': '*1' });
});

test('a menu this router lacks is named by the word at which the path ends', () => {
  const core = bench('chr_7.24');
  const lost = (target: string) => core.ask('GET', target);
  expect(lost('/system/routerboard')).toEqual({
    status: 400,
    body: { detail: 'no such command or directory (routerboard)', error: 400, message: 'Bad Request' },
  });
  expect(lost('/system/nonsense/deeper').body.detail).toBe('no such command or directory (nonsense)');
  expect(lost('/interface/wireless').body.detail).toBe('no such command or directory (wireless)');
  expect(lost('/ip').body.detail).toBe('no such command');
  expect(lost('/log/error').body.detail).toBe('no such command');
});
