import { describe, expect, test } from 'vitest';
import { dhcpClient } from '../../src/lib/capability/catalog/dhcp-client.ts';
import { dhcpRelay } from '../../src/lib/capability/catalog/dhcp-relay.ts';
import { dhcpServer } from '../../src/lib/capability/catalog/dhcp-server.ts';
import { dhcpServerConfig } from '../../src/lib/capability/catalog/dhcp-server-config.ts';
import { dhcpServerLease } from '../../src/lib/capability/catalog/dhcp-server-lease.ts';
import { dhcpServerNetwork } from '../../src/lib/capability/catalog/dhcp-server-network.ts';
import { dhcpServerOption } from '../../src/lib/capability/catalog/dhcp-server-option.ts';
import { ipPool } from '../../src/lib/capability/catalog/ip-pool.ts';
import { ipPoolUsed } from '../../src/lib/capability/catalog/ip-pool-used.ts';
import { ipv6DhcpClient } from '../../src/lib/capability/catalog/ipv6-dhcp-client.ts';
import { ipv6DhcpServer } from '../../src/lib/capability/catalog/ipv6-dhcp-server.ts';
import { ipv6DhcpServerBinding } from '../../src/lib/capability/catalog/ipv6-dhcp-server-binding.ts';
import { ipv6Pool } from '../../src/lib/capability/catalog/ipv6-pool.ts';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import { type Capability, isWritable, type Risk } from '../../src/lib/capability/define.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { everyMenu } from './menus.ts';
import { add, keyed, recordedRows, refusalOf, remove, riskOf, set, type Told } from './ways.ts';

const ALL = [
  dhcpServer,
  dhcpServerNetwork,
  dhcpServerLease,
  dhcpServerOption,
  dhcpServerConfig,
  dhcpClient,
  dhcpRelay,
  ipPool,
  ipPoolUsed,
  ipv6DhcpClient,
  ipv6DhcpServer,
  ipv6DhcpServerBinding,
  ipv6Pool,
];

everyMenu('dhcp', ALL);

test('whatever writes to DHCP asks for the DHCP allowance', () => {
  expect(ALL.filter((one) => isWritable(one) && one.fence !== 'dhcp-writes')).toEqual([]);
});

const EDGE = 'rb5009_7.20.6';
const pools = recordedRows(ipPool, EDGE).map(({ row }) => row);
const [users = {}] = pools;
const server: Row = {
  '.id': '*1',
  name: 'dhcp-users',
  interface: 'vlan10-users',
  'address-pool': 'pool-users',
  'lease-time': '12h',
  disabled: 'false',
};
const network: Row = { '.id': '*1', address: '192.168.88.0/24', gateway: '192.168.88.1', 'dns-server': '192.168.88.1' };
const lease: Row = { '.id': '*5', address: '192.168.88.20', 'mac-address': 'D8:3A:DD:00:11:22', server: 'dhcp-users' };
const client: Row = {
  '.id': '*1',
  interface: 'ether1',
  'add-default-route': 'yes',
  'use-peer-dns': 'true',
  disabled: 'false',
  name: 'client1',
};
const client6: Row = {
  '.id': '*1',
  interface: 'ether1',
  request: 'prefix',
  'pool-name': 'isp-pd',
  'add-default-route': 'true',
  disabled: 'false',
};
const pool6: Row = { '.id': '*1', name: 'ula', prefix: 'fd00:1::/48', 'prefix-length': '64' };
const off = { disabled: 'true' };

const RISKS: readonly (readonly [string, Capability, Told, Risk])[] = [
  ['a server', dhcpServer, add(server), 'medium'],
  ['another lease time', dhcpServer, set(server, { 'lease-time': '1h' }), 'medium'],
  ['a server off', dhcpServer, set(server, off), 'high'],
  ['a server gone', dhcpServer, remove(server), 'high'],
  ['a server that was off gone', dhcpServer, remove({ ...server, ...off }), 'medium'],
  ['a server on another interface', dhcpServer, set(server, { interface: 'bridge' }), 'high'],
  ['a DHCPv6 server off', ipv6DhcpServer, set(server, off), 'high'],
  ['a DHCPv6 server', ipv6DhcpServer, add({ name: 'six', interface: 'bridge' }), 'medium'],

  ['a network', dhcpServerNetwork, add(network), 'low'],
  ['other name servers', dhcpServerNetwork, set(network, { 'dns-server': '9.9.9.9' }), 'medium'],
  ['a network gone', dhcpServerNetwork, remove(network), 'high'],
  ['a pool', ipPool, add({ name: 'new', ranges: '10.1.0.10-10.1.0.20' }), 'low'],
  ['more addresses', ipPool, set(users, { ranges: '192.168.88.100-192.168.88.220' }), 'medium'],
  ['a pool gone', ipPool, remove(users), 'high'],
  ['an IPv6 pool', ipv6Pool, add(pool6), 'low'],
  ['an IPv6 pool gone', ipv6Pool, remove(pool6), 'high'],

  ['an address kept for a client', dhcpServerLease, add(lease), 'low'],
  ['a client shut out', dhcpServerLease, add({ ...lease, 'block-access': 'yes' }), 'medium'],
  ['another address for a client', dhcpServerLease, set(lease, { address: '192.168.88.21' }), 'medium'],
  ['an address kept no longer', dhcpServerLease, remove(lease), 'medium'],
  ['a relay', dhcpRelay, add({ name: 'r', interface: 'ether5', 'dhcp-server': '10.0.0.1' }), 'medium'],

  ['a client that brings a default route', dhcpClient, add({ interface: 'ether5' }), 'high'],
  ['a client without a default route', dhcpClient, add({ interface: 'ether5', 'add-default-route': 'no' }), 'medium'],
  ['a client that is off', dhcpClient, add({ interface: 'ether5', ...off }), 'medium'],
  ['a client gone', dhcpClient, remove(client), 'high'],
  ['a client that was off gone', dhcpClient, remove({ ...client, ...off }), 'medium'],
  ['a client off', dhcpClient, set(client, off), 'high'],
  ['its default route no more', dhcpClient, set(client, { 'add-default-route': 'no' }), 'high'],
  ['another distance of its route', dhcpClient, set(client, { 'default-route-distance': '10' }), 'high'],
  ['its name servers no more', dhcpClient, set(client, { 'use-peer-dns': 'false' }), 'medium'],
  ['a DHCPv6 client for a prefix', ipv6DhcpClient, add({ interface: 'ether5', request: 'prefix', 'pool-name': 'x' }), 'medium'],
  ['a DHCPv6 client that brings a default route', ipv6DhcpClient, add({ ...client6, interface: 'ether5' }), 'high'],
  ['a DHCPv6 client gone', ipv6DhcpClient, remove(client6), 'high'],
  ['its prefix into another pool', ipv6DhcpClient, set(client6, { 'pool-name': 'other' }), 'high'],
  ['its name servers', ipv6DhcpClient, set(client6, { 'use-peer-dns': 'false' }), 'medium'],
];

test.each(RISKS)('%s (%o): the risk is as touched', (_what, capability, change, risk) => expect(riskOf(capability, change)).toBe(risk));

const withPools = { rows: pools };
const pool = (ranges: string, more: Row = {}): Told => add({ name: 'new', ranges, ...more }, withPools);

const REFUSALS: readonly (readonly [string, Capability, Told, RegExp | undefined])[] = [
  ['a range of its own', ipPool, pool('192.168.77.10-192.168.77.20'), undefined],
  ['single addresses', ipPool, pool('192.168.77.10,192.168.77.12'), undefined],
  ['the last address of another pool', ipPool, pool('192.168.88.199-192.168.88.210'), /overlap those of pool pool-users/],
  ['the first address of another pool', ipPool, pool('192.168.88.90-192.168.88.100'), /overlap those of pool pool-users/],
  ['right behind another pool', ipPool, pool('192.168.88.200-192.168.88.210'), undefined],
  ['all of another pool', ipPool, pool('192.168.0.1-192.168.255.254'), /overlap/],
  ['inside another pool, in its second range', ipPool, pool('10.9.9.1-10.9.9.9,192.168.20.150-192.168.20.151'), /pool pool-iot/],
  ['ranges that overlap each other', ipPool, pool('10.1.0.1-10.1.0.9,10.1.0.9-10.1.0.12'), /overlap each other/],
  ['a prefix', ipPool, pool('10.1.0.0/24'), /10\.1\.0\.0\/24 is not a range/],
  ['a name', ipPool, pool('office'), /not a range/],
  ['IPv6', ipPool, pool('2001:db8::1-2001:db8::9'), /not a range/],
  ['more of its own', ipPool, set(users, { ranges: '192.168.88.90-192.168.88.199' }, withPools), undefined],
  ['more than its own', ipPool, set(users, { ranges: '192.168.0.1-192.168.88.199' }, withPools), /pool pool-iot/],
  ['a note', ipPool, set(users, { comment: 'x' }, withPools), undefined],
  ['itself as the next one', ipPool, pool('10.1.0.1-10.1.0.9', { 'next-pool': 'new' }), /own next pool/],
  ['another one as the next one', ipPool, pool('10.1.0.1-10.1.0.9', { 'next-pool': 'pool-iot' }), undefined],
  ['a pool gone', ipPool, remove(users, withPools), undefined],

  ['a gateway inside the network, outside any pool', dhcpServerNetwork, add(network), undefined],
  ['a gateway outside the network', dhcpServerNetwork, add({ ...network, gateway: '192.168.89.1' }), /192\.168\.89\.1 is not inside/],
  ['a second gateway outside the network', dhcpServerNetwork, add({ ...network, gateway: '192.168.88.1,10.0.0.1' }), /10\.0\.0\.1 is not/],
  [
    'a gateway in the wider mask that clients are told',
    dhcpServerNetwork,
    add({ address: '192.168.88.128/25', netmask: '24', gateway: '192.168.88.1' }),
    undefined,
  ],
  ['no gateway', dhcpServerNetwork, add({ address: '192.168.88.0/24' }), undefined],
  ['a network that moves away from its gateway', dhcpServerNetwork, set(network, { address: '192.168.90.0/24' }), /is not inside/],
  ['a note on a network that was odd before', dhcpServerNetwork, set({ ...network, gateway: '10.0.0.1' }, { comment: 'x' }), undefined],
  ['a range for a network', dhcpServerNetwork, add({ ...network, address: '192.168.88.1-192.168.88.9' }), /not an IPv4 network/],
  ['an odd network gone', dhcpServerNetwork, remove({ ...network, gateway: '10.0.0.1' }), undefined],

  ['a lease for nobody', dhcpServerLease, add({ address: '192.168.88.20' }), /mac-address/],
  ['a lease by identifier', dhcpServerLease, add({ address: '192.168.88.20', 'client-id': '1:aa' }), undefined],
  ['a second client on an interface', dhcpClient, add({ interface: 'ether1' }, { rows: [client] }), /already has/],
  ['a second client with a name', dhcpClient, add({ interface: 'ether1', name: 'second' }, { rows: [client] }), undefined],
  ['a client on another interface', dhcpClient, add({ interface: 'ether2' }, { rows: [client] }), undefined],
  ['an IPv4 hint', ipv6DhcpClient, add({ ...client6, 'prefix-hint': '10.0.0.0/8' }), /not an IPv6 prefix/],

  ['an IPv6 pool of IPv4', ipv6Pool, add({ ...pool6, prefix: '10.0.0.0/8' }), /not an IPv6 prefix/],
  ['parts larger than the whole', ipv6Pool, add({ ...pool6, 'prefix-length': '40' }), /larger than the prefix/],
  ['parts as large as the whole', ipv6Pool, add({ ...pool6, 'prefix-length': '48' }), undefined],
  ['a pool of nothing', ipv6Pool, add({ name: 'x', 'prefix-length': '64' }), /needs a prefix/],
  ['a pool of a pool', ipv6Pool, add({ name: 'x', 'from-pool': 'isp-pd', 'prefix-length': '64' }), undefined],
  ['the prefix of another pool', ipv6Pool, add({ ...pool6, name: 'x' }, { rows: [pool6] }), /pool ula/],
];

test.each(REFUSALS)('%s (%o): refused or not', (_what, capability, change, expected) => {
  const refusal = refusalOf(capability, change);
  if (expected === undefined) expect(refusal).toBeUndefined();
  else expect(refusal).toMatch(expected);
});

describe('keys', () => {
  const differ = (capability: Capability, row: Row, other: Row): void => expect(keyed(capability, other)).not.toBe(keyed(capability, row));
  const same = (capability: Capability, row: Row, other: Row): void => expect(keyed(capability, other)).toBe(keyed(capability, row));

  test('names are unique where RouterOS keeps them so', () => {
    same(ipPool, users, { name: 'pool-users', ranges: '10.0.0.1' });
    same(dhcpServer, server, { name: 'dhcp-users', interface: 'other' });
    same(ipv6DhcpServer, server, { name: 'dhcp-users', interface: 'other' });
    same(ipv6Pool, pool6, { name: 'ula', prefix: 'fd00:2::/48' });
    expect(dhcpServerOption.key).toEqual(['name']);
    differ(dhcpServer, server, { ...server, name: 'two' });
  });
  test('a lease shares its address or its hardware address with others', () => {
    differ(dhcpServerLease, lease, { ...lease, address: '192.168.88.21' });
    differ(dhcpServerLease, lease, { ...lease, 'mac-address': 'D8:3A:DD:00:11:23' });
    same(dhcpServerLease, lease, { ...lease, '.id': '*9', comment: 'again' });
    same(dhcpServerLease, { ...lease, server: 'all' }, { address: '192.168.88.20', 'mac-address': 'd8:3a:dd:00:11:22' });
  });
  test('an interface may have two clients, and a name two relays', () => {
    expect(keyed(dhcpClient, client)).toBeUndefined();
    differ(ipv6DhcpClient, client6, { ...client6, request: 'address', 'pool-name': '' });
    differ(ipv6DhcpClient, client6, { ...client6, 'pool-name': 'second' });
    differ(ipv6DhcpClient, client6, { ...client6, request: 'address' });
    same(ipv6DhcpClient, { ...client6, request: 'prefix,address' }, { ...client6, request: 'address,prefix' });
    const relay: Row = { name: 'r', interface: 'ether1', 'dhcp-server': '10.0.0.1' };
    differ(dhcpRelay, relay, { ...relay, interface: 'ether2' });
    differ(dhcpRelay, relay, { ...relay, name: 's' });
  });
  test('before 7.22 a client has no name', () => {
    const { content } = decodeRow(dhcpClient, { interface: 'ether1', name: 'x' }, '7.20.8');
    expect(content).toEqual({ interface: 'ether1' });
  });
});

test('leases tell whether they are reserved', () => {
  const rows = recordedRows(dhcpServerLease, EDGE).map(({ row, version }) => decodeRow(dhcpServerLease, row, version));
  expect(rows.some(({ dynamic }) => dynamic)).toBe(true);
  expect(rows.some(({ dynamic }) => !dynamic)).toBe(true);
  expect(rows.every(({ item }) => item['disabled'] === false)).toBe(true);
});

test('a switch that is on by itself is written out where it is off, and need not be where it is on', () => {
  expect(decodeRow(dhcpClient, { interface: 'ether1', 'use-peer-dns': 'false' }, '7.20.8').content).toMatchObject({ 'use-peer-dns': 'no' });
  expect(decodeRow(dhcpClient, { interface: 'ether1', 'use-peer-dns': 'true' }, '7.20.8').content).toEqual({ interface: 'ether1' });
  expect(decodeRow(dhcpClient, { interface: 'ether1' }, '7.20.8').item).toMatchObject({ usePeerDns: true });
});

test('keys by which clients trust a server are never shown', () => {
  for (const one of [dhcpServerLease, dhcpClient, ipv6DhcpClient, ipv6DhcpServerBinding]) {
    const { item, content, secrets } = decodeRow(one, { 'reconfigure-key': '0123abcd' }, '7.23.2');
    expect(JSON.stringify([item, content])).not.toContain('0123abcd');
    expect(secrets).toEqual(['reconfigure-key']);
  }
  expect(decodeRow(dhcpServerConfig, { 'radius-password': 'hunter2' }, '7.23.2').secrets).toEqual(['radius-password']);
});
