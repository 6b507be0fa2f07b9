import { expect, test } from 'vitest';
import { bench } from './support.ts';

const SECOND = 1000;

test('every write is in the history, newest first, with the command that takes it back', () => {
  const edge = bench();
  edge.ask('PUT', '/ip/firewall/filter', { chain: 'input', action: 'drop', comment: 'to be, or not', disabled: 'yes' });
  edge.ask('PATCH', '/ip/address/*1', { comment: 'new words' });
  edge.ask('DELETE', '/ip/firewall/address-list/*3');
  const [removed, changed, added] = edge.rows('/system/history');
  expect(added).toMatchObject({
    action: 'filter rule added',
    by: 'admin',
    redo: '/ip/firewall/filter/add action=drop chain=input comment="to be, or not" disabled=yes',
    undo: '/ip/firewall/filter/remove *1C',
  });
  expect(changed).toMatchObject({ redo: '/ip/address/set *1 comment="new words"', undo: '/ip/address/set *1 comment=users' });
  expect(removed?.['undo']).toContain('/ip/firewall/address-list/add address=updates.example.com');
  for (let turn = 0; turn < 120; turn += 1) edge.ask('PATCH', '/ip/address/*1', { comment: String(turn) });
  expect(edge.rows('/system/history')).toHaveLength(100);
});

test('the log says who did it from where, and echoes the command with its values', () => {
  const edge = bench();
  edge.ask('PUT', '/ip/firewall/filter', { chain: 'input', action: 'drop' });
  edge.ask('PATCH', '/ppp/secret/*1', { password: 'hunter2' });
  const messages = edge.rows('/log').map((row) => row['message']);
  expect(messages).toContain('user admin logged in from 10.10.99.20 via rest-api');
  expect(messages).toContain('filter rule added by rest-api:admin@10.10.99.20 (*1C = /ip firewall filter add action=drop chain=input)');
  expect(messages.at(-1)).toBe('secret changed by rest-api:admin@10.10.99.20 (/ppp secret set *1 password=hunter2)');
  edge.ask('GET', '/log', undefined, { name: 'root', password: 'guess' });
  expect(edge.rows('/log').at(-1)).toMatchObject({
    topics: 'system,error,critical',
    message: 'login failure for user root from 10.10.99.20 via rest-api',
  });
});

test('the servers of the time client and the menu below it are one list', () => {
  const edge = bench();
  const servers = (): (string | undefined)[] => edge.rows('/system/ntp/client/servers').map((row) => row['address']);
  edge.ask('POST', '/system/ntp/client/set', { servers: '192.0.2.123,192.0.2.124' });
  expect(edge.rows('/system/ntp/client/servers').map((row) => row['.id'])).toEqual(['*2', '*3']);
  edge.ask('PUT', '/system/ntp/client/servers', { address: '192.0.2.125' });
  expect(edge.ask('GET', '/system/ntp/client').body.servers).toBe('192.0.2.123,192.0.2.124,192.0.2.125');
  edge.ask('DELETE', '/system/ntp/client/servers/*2');
  expect(edge.ask('GET', '/system/ntp/client').body.servers).toBe('192.0.2.124,192.0.2.125');
  expect(servers()).toEqual(['192.0.2.124', '192.0.2.125']);
});

test('a changed time client needs a while to be in step again', () => {
  const edge = bench();
  expect(edge.ask('GET', '/system/ntp/client').body.status).toBe('synchronized');
  edge.ask('POST', '/system/ntp/client/set', { servers: '192.0.2.9' });
  expect(edge.ask('GET', '/system/ntp/client').body).toMatchObject({ status: 'waiting' });
  expect(edge.ask('GET', '/system/ntp/client').body).not.toHaveProperty('synced-server');
  edge.now += 20 * SECOND;
  expect(edge.ask('GET', '/system/ntp/client').body).toMatchObject({ status: 'synchronized', 'synced-server': '192.0.2.9' });
  edge.ask('POST', '/system/ntp/client/set', { enabled: 'no' });
  expect(edge.ask('GET', '/system/ntp/client').body.status).toBe('stopped');
});

test('an interface is one thing in two menus', () => {
  const edge = bench();
  const { '.id': id } = edge.ask('PUT', '/interface/vlan', { interface: 'bridge', 'vlan-id': '30', name: 'guests' }).body;
  expect(edge.ask('GET', `/interface/${id}`).body).toMatchObject({ name: 'guests', type: 'vlan', running: 'true' });
  edge.ask('PATCH', `/interface/${id}`, { disabled: 'yes', comment: 'closed' });
  expect(edge.ask('GET', `/interface/vlan/${id}`).body).toMatchObject({ disabled: 'true', comment: 'closed', running: 'false' });
  edge.ask('PATCH', `/interface/vlan/${id}`, { disabled: 'no' });
  expect(edge.ask('GET', `/interface/${id}`).body.running).toBe('true');
  edge.ask('DELETE', `/interface/vlan/${id}`);
  expect(edge.ask('GET', `/interface/${id}`).status).toBe(404);
  expect(edge.ask('PUT', '/interface/wireguard', {}).body).toMatchObject({ name: 'wireguard1', 'listen-port': '13231' });
});

test('a new name shows wherever the row is named; what is gone shows as a bare id', () => {
  const edge = bench();
  edge.ask('PATCH', '/interface/vlan/vlan99-mgmt', { name: 'mgmt' });
  expect(edge.ask('GET', '/ip/address/*3').body).toMatchObject({ interface: 'mgmt', 'actual-interface': 'mgmt' });
  expect(edge.ask('GET', '/ip/firewall/filter/*9').body['in-interface']).toBe('mgmt');
  expect(edge.ask('GET', '/ip/route/*3').body['immediate-gw']).toBe('10.10.99.254%mgmt');
  edge.ask('PATCH', '/interface/list/LAN', { name: 'INSIDE' });
  expect(edge.ask('GET', '/ip/firewall/filter/*6').body['in-interface-list']).toBe('!INSIDE');
  edge.ask('DELETE', '/interface/vlan/mgmt');
  expect(edge.ask('GET', '/ip/address/*3').body).toMatchObject({ interface: '*E', invalid: 'true' });
});

test('routes follow addresses and interfaces', () => {
  const edge = bench();
  const to = (network: string) => edge.ask('GET', `/ip/route?dst-address=${network}`).body;
  edge.ask('PUT', '/ip/address', { address: '10.77.0.1/24', interface: 'vlan10-users' });
  expect(to('10.77.0.0/24')).toMatchObject([
    { connect: 'true', dynamic: 'true', active: 'true', gateway: 'vlan10-users', 'immediate-gw': 'vlan10-users' },
  ]);
  expect(edge.ask('PUT', '/ip/route', { 'dst-address': '10.78.0.0/16', gateway: '10.77.0.2' }).body).toMatchObject({
    active: 'true',
    'immediate-gw': '10.77.0.2%vlan10-users',
  });
  edge.ask('PATCH', '/interface/vlan/vlan10-users', { disabled: 'yes' });
  expect(to('10.77.0.0/24')).toEqual([]);
  expect(to('10.78.0.0/16')[0]).not.toHaveProperty('active');
  expect(edge.ask('GET', '/ip/route/*3').body).not.toHaveProperty('active');
});

test('a list entry with a timeout is dynamic, counts down and goes', () => {
  const edge = bench();
  const { '.id': id } = edge.ask('PUT', '/ip/firewall/address-list', { list: 'guests', address: '192.0.2.9', timeout: '00:10:00' }).body;
  expect(edge.ask('GET', `/ip/firewall/address-list/${id}`).body).toMatchObject({ dynamic: 'true', timeout: '10m' });
  edge.now += 90 * SECOND;
  expect(edge.ask('GET', `/ip/firewall/address-list/${id}`).body.timeout).toBe('8m30s');
  edge.now += 600 * SECOND;
  expect(edge.ask('GET', `/ip/firewall/address-list/${id}`).status).toBe(404);
});

test('counters, uptime and the clock move with the time that is given, alike for one seed', () => {
  const [a, b] = [bench(), bench()];
  const at = (edge: typeof a) => ({
    ether1: edge.ask('GET', '/interface/ether1').body['rx-byte'],
    rule: edge.ask('GET', '/ip/firewall/filter/*2').body.packets,
    uptime: edge.ask('GET', '/system/resource').body.uptime,
    load: edge.ask('GET', '/system/resource').body['cpu-load'],
    time: edge.ask('GET', '/system/clock').body.time,
  });
  const start = at(a);
  a.now += 60 * SECOND;
  b.now += 60 * SECOND;
  const later = at(a);
  expect(later).toEqual(at(b));
  expect(BigInt(later.ether1)).toBeGreaterThan(BigInt(start.ether1));
  expect(Number(later.rule)).toBeGreaterThan(Number(start.rule));
  expect([start.uptime, later.uptime]).toEqual(['2w3d4h12m44s', '2w3d4h13m44s']);
  expect([start.time, later.time]).toEqual(['09:00:00', '09:01:00']);
  a.ask('POST', '/ip/firewall/filter/reset-counters', { numbers: '*2' });
  expect(a.ask('GET', '/ip/firewall/filter/*2').body.packets).toBe('0');
  a.now += 10 * SECOND;
  const since = Number(a.ask('GET', '/ip/firewall/filter/*2').body.packets);
  expect(since).toBeGreaterThan(0);
  expect(since).toBeLessThan(Number(later.rule) - Number(start.rule));
});

test('bookkeeping never leaves the router', () => {
  const edge = bench();
  edge.ask('POST', '/system/ntp/client/set', { servers: '192.0.2.9' });
  edge.ask('PUT', '/ip/firewall/address-list', { list: 'guests', address: '192.0.2.9', timeout: '10m' });
  edge.ask('PATCH', '/interface/ether8', { disabled: 'yes' });
  const seen = ['/system/ntp/client', '/ip/firewall/address-list', '/interface', '/interface/ethernet'].flatMap(
    (menu) => edge.ask('GET', menu).body,
  );
  expect(seen.flatMap((row) => Object.keys(row)).filter((name) => name.startsWith('~'))).toEqual([]);
});
