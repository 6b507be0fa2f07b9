import { expect, test } from 'vitest';
import { bench } from './support.ts';

const edge = bench();
const refused = (menu: string, body: object): string | undefined => edge.ask('PUT', menu, body).body.detail;
const stored = (menu: string, body: object, field: string): string => edge.ask('PUT', menu, body).body[field];

test('booleans are taken in both spellings and as JSON, stored in one; numbers are none', () => {
  for (const [given, kept] of [
    ['yes', 'true'],
    ['no', 'false'],
    ['true', 'true'],
    [true, 'true'],
    [false, 'false'],
  ] as const) {
    expect(edge.ask('PATCH', '/ip/address/*1', { disabled: given }).body.disabled).toBe(kept);
  }
  expect(edge.ask('PATCH', '/ip/address/*1', { disabled: '1' }).body.detail).toBe('input does not match any value of disabled');
});

test('enums take their own words only, alone, in lists and negated', () => {
  expect(refused('/ip/firewall/filter', { chain: 'input', action: 'dropp' })).toBe('input does not match any value of action');
  expect(stored('/ip/firewall/filter', { chain: 'input', 'connection-state': '!invalid' }, 'connection-state')).toBe('!invalid');
  expect(refused('/ip/firewall/filter', { chain: 'input', 'connection-state': 'new,old' })).toBe(
    'input does not match any value of connection-state',
  );
  expect(stored('/ip/firewall/filter', { chain: 'input', protocol: '47' }, 'protocol')).toBe('47');
  expect(stored('/ip/firewall/filter', { chain: 'custom' }, 'chain')).toBe('custom');
});

test('numbers are checked against their range', () => {
  expect(refused('/interface/vlan', { interface: 'bridge', 'vlan-id': '5000' })).toBe('value of vlan-id is out of range (1..4094)');
  expect(refused('/interface/vlan', { interface: 'bridge', 'vlan-id': '7x' })).toBe(
    'value of vlan-id contains invalid trailing characters',
  );
  expect(refused('/interface/vlan', { interface: 'bridge', 'vlan-id': 'x' })).toBe('invalid value for argument vlan-id');
  expect(refused('/interface/vlan', { interface: 'bridge', 'vlan-id': '' })).toBe('invalid value for argument vlan-id');
  expect(stored('/interface/vlan', { interface: 'bridge', 'vlan-id': 77 }, 'vlan-id')).toBe('77');
});

test('a reference must exist', () => {
  expect(refused('/ip/address', { address: '192.0.2.1/24', interface: 'ether99' })).toBe('input does not match any value of interface');
  expect(refused('/ip/firewall/filter', { chain: 'input', 'in-interface-list': '!NOPE' })).toBe(
    'input does not match any value of in-interface-list',
  );
  expect(stored('/ip/firewall/filter', { chain: 'input', 'in-interface-list': '!LAN' }, 'in-interface-list')).toBe('!LAN');
  expect(refused('/interface/bridge/port', { bridge: 'ether1', interface: 'ether8' })).toBe('input does not match any value of bridge');
  expect(refused('/ip/dhcp-server', { interface: 'wg-hq', 'address-pool': 'nope' })).toBe('input does not match any value of address-pool');
  expect(stored('/ip/dhcp-server', { interface: 'wg-hq', 'address-pool': 'static-only' }, 'address-pool')).toBe('static-only');
});

test('addresses get their mask and their network', () => {
  expect(edge.ask('PUT', '/ip/address', { address: '10.9.8.7/20', interface: 'ether2' }).body).toMatchObject({
    address: '10.9.8.7/20',
    network: '10.9.0.0',
    'actual-interface': 'ether2',
  });
  expect(edge.ask('PUT', '/ip/address', { address: '10.9.8.7', interface: 'ether2' }).body).toMatchObject({
    address: '10.9.8.7/32',
    network: '10.9.8.7',
  });
  expect(refused('/ip/address', { address: '10.9.8.300/24', interface: 'ether2' })).toBe('invalid value for argument address');
  expect(edge.ask('PATCH', '/ip/service/ssh', { address: '10.0.0.1,192.168.0.0/16' }).body.address).toBe('10.0.0.1/32,192.168.0.0/16');
  expect(edge.ask('PATCH', '/ip/service/ssh', { address: 'everyone' }).body.detail).toBe('invalid value for argument address');
});

test('durations are stored in one spelling', () => {
  for (const [given, kept] of [
    ['00:10:00', '10m'],
    ['90s', '1m30s'],
    ['1d 02:00:00', '1d2h'],
    ['600', '10m'],
    ['8d', '1w1d'],
  ] as const) {
    expect(edge.ask('PATCH', '/ip/dhcp-server/dhcp-iot', { 'lease-time': given }).body['lease-time']).toBe(kept);
  }
  expect(edge.ask('PATCH', '/ip/dhcp-server/dhcp-iot', { 'lease-time': 'soon' }).body.detail).toBe('invalid value for argument lease-time');
});

test('hardware addresses are stored in capitals', () => {
  expect(
    stored('/ip/dhcp-server/lease', { 'mac-address': '2c:f4:32:00:55:66', address: '192.168.20.60', server: 'dhcp-iot' }, 'mac-address'),
  ).toBe('2C:F4:32:00:55:66');
});

test('addresses and ports of a rule are checked, a host stands without its mask', () => {
  const rule = (body: object) => ({ chain: 'forward', ...body });
  expect(stored('/ip/firewall/filter', rule({ 'src-address': '10.0.0.1/32' }), 'src-address')).toBe('10.0.0.1');
  expect(stored('/ip/firewall/filter', rule({ 'src-address': '!10.0.0.1-10.0.0.9' }), 'src-address')).toBe('!10.0.0.1-10.0.0.9');
  expect(refused('/ip/firewall/filter', rule({ 'src-address': '10.0.0.300' }))).toBe('value of range expects range of ip addresses');
  expect(stored('/ip/firewall/filter', rule({ 'dst-port': '!80,443,8000-8080' }), 'dst-port')).toBe('!80,443,8000-8080');
  expect(refused('/ip/firewall/filter', rule({ 'dst-port': 'http' }))).toBe('invalid value for argument dst-port');
  expect(refused('/ip/firewall/filter', rule({ 'dst-port': '70000' }))).toBe('value of dst-port is out of range (0..65535)');
});

test('rates are stored in plain figures, one for each way', () => {
  expect(edge.ask('PATCH', '/queue/simple/q-iot', { 'max-limit': '10M/2.5M' }).body['max-limit']).toBe('10000000/2500000');
  expect(edge.ask('PATCH', '/queue/simple/q-iot', { 'max-limit': '512k' }).body['max-limit']).toBe('512000/512000');
  expect(edge.ask('PATCH', '/queue/simple/q-iot', { 'max-limit': 'fast' }).body.detail).toBe('invalid value for argument max-limit');
});

test('flags are there and empty, or not there', () => {
  expect(stored('/ip/route', { 'dst-address': '10.66.0.0/16', blackhole: 'yes' }, 'blackhole')).toBe('');
  expect(edge.ask('PUT', '/ip/route', { 'dst-address': '10.67.0.0/16', gateway: 'wg-hq', blackhole: 'no' }).body).not.toHaveProperty(
    'blackhole',
  );
});

test('policies of a group are completed', () => {
  const [group] = edge.ask('GET', '/user/group?name=netops').body;
  expect(edge.ask('PATCH', `/user/group/${group['.id']}`, { policy: 'read,api' }).body.policy).toMatch(/^read,api,!local,!telnet/);
});
