import { describe, expect, test } from 'vitest';
import { firewallConnection } from '../../src/lib/capability/catalog/firewall-connection.ts';
import { firewallConnectionTracking } from '../../src/lib/capability/catalog/firewall-connection-tracking.ts';
import { firewallFilter } from '../../src/lib/capability/catalog/firewall-filter.ts';
import { firewallLayer7Protocol } from '../../src/lib/capability/catalog/firewall-layer7-protocol.ts';
import { firewallMangle } from '../../src/lib/capability/catalog/firewall-mangle.ts';
import { firewallNat } from '../../src/lib/capability/catalog/firewall-nat.ts';
import { firewallRaw } from '../../src/lib/capability/catalog/firewall-raw.ts';
import { firewallServicePort } from '../../src/lib/capability/catalog/firewall-service-port.ts';
import { ipv6FirewallAddressList } from '../../src/lib/capability/catalog/ipv6-firewall-address-list.ts';
import { ipv6FirewallConnection } from '../../src/lib/capability/catalog/ipv6-firewall-connection.ts';
import { ipv6FirewallFilter } from '../../src/lib/capability/catalog/ipv6-firewall-filter.ts';
import { ipv6FirewallMangle } from '../../src/lib/capability/catalog/ipv6-firewall-mangle.ts';
import { ipv6FirewallNat } from '../../src/lib/capability/catalog/ipv6-firewall-nat.ts';
import { ipv6FirewallRaw } from '../../src/lib/capability/catalog/ipv6-firewall-raw.ts';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import { type Capability, isWritable, type Risk } from '../../src/lib/capability/define.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { everyMenu } from './menus.ts';
import { add, keyed, refusalOf, remove, riskOf, set, type Told } from './ways.ts';

const ALL = [
  firewallFilter,
  firewallNat,
  firewallMangle,
  firewallRaw,
  firewallConnection,
  firewallConnectionTracking,
  firewallServicePort,
  firewallLayer7Protocol,
  ipv6FirewallFilter,
  ipv6FirewallNat,
  ipv6FirewallMangle,
  ipv6FirewallRaw,
  ipv6FirewallAddressList,
  ipv6FirewallConnection,
];

everyMenu('firewall', ALL);

test('whatever writes to a firewall asks for the firewall allowance', () => {
  expect(ALL.filter((one) => isWritable(one) && one.fence !== 'firewall-writes')).toEqual([]);
});

/** Defconf of RouterOS, as its NAT table shows it. */
const hide: Row = {
  '.id': '*1',
  action: 'masquerade',
  chain: 'srcnat',
  'out-interface-list': 'WAN',
  'ipsec-policy': 'out,none',
  log: 'false',
};
const web: Row = {
  '.id': '*2',
  action: 'dst-nat',
  chain: 'dstnat',
  protocol: 'tcp',
  'dst-port': '8443',
  'to-addresses': '192.168.88.20',
  'to-ports': '443',
};
const forward = (more: Row): Row => ({ ...web, ...more });
const us = { ownHost: '10.10.99.1' };

const NAT: readonly (readonly [string, Told, Risk])[] = [
  ['a port nobody manages by', add(web, us), 'medium'],
  ['our HTTPS', add(forward({ 'dst-port': '443' }), us), 'high'],
  ['our SSH in a range', add(forward({ 'dst-port': '20-25,8080' }), us), 'high'],
  ['all ports', add({ chain: 'dstnat', action: 'dst-nat', 'to-addresses': '192.168.88.20' }, us), 'high'],
  ['all ports but some of ours', add(forward({ 'dst-port': '!80,8443' }), us), 'high'],
  ['all ports but all of ours', add(forward({ 'dst-port': '!22,23,80,443,8291,8728-8729' }), us), 'medium'],
  ['WinBox on either side', add(forward({ 'dst-port': '', port: '8291' }), us), 'high'],
  ['another port on either side', add(forward({ 'dst-port': '', port: '5000' }), us), 'medium'],
  ['HTTPS over UDP', add(forward({ 'dst-port': '443', protocol: 'udp' }), us), 'medium'],
  ['HTTPS by protocol number', add(forward({ 'dst-port': '443', protocol: '6' }), us), 'high'],
  ['HTTPS of everything but TCP', add(forward({ 'dst-port': '443', protocol: '!tcp' }), us), 'medium'],
  ['HTTPS of everything but UDP', add(forward({ 'dst-port': '443', protocol: '!udp' }), us), 'high'],
  ['HTTPS of another address', add(forward({ 'dst-port': '443', 'dst-address': '203.0.113.10' }), us), 'medium'],
  ['HTTPS of our address', add(forward({ 'dst-port': '443', 'dst-address': '10.10.99.1' }), us), 'high'],
  ['HTTPS of our network', add(forward({ 'dst-port': '443', 'dst-address': '10.10.0.0/16' }), us), 'high'],
  ['HTTPS of all but our network', add(forward({ 'dst-port': '443', 'dst-address': '!10.10.0.0/16' }), us), 'medium'],
  ['HTTPS of a range that nobody works out', add(forward({ 'dst-port': '443', 'dst-address': '10.0.0.1-10.0.0.9' }), us), 'high'],
  [
    'HTTPS of another address, when we are reached by name',
    add(forward({ 'dst-port': '443', 'dst-address': '203.0.113.10' }), { ownHost: 'edge.lan' }),
    'high',
  ],
  ['HTTPS in a rule that is off', add(forward({ 'dst-port': '443', disabled: 'true' }), us), 'medium'],
  ['HTTPS switched on', set(forward({ 'dst-port': '443', disabled: 'true' }), { disabled: 'false' }, us), 'high'],
  ['HTTPS no more', remove(forward({ 'dst-port': '443' }), us), 'high'],
  [
    'a redirect to our own proxy',
    add({ chain: 'dstnat', action: 'redirect', protocol: 'tcp', 'dst-port': '80', 'to-ports': '8080' }, us),
    'high',
  ],
  ['our HTTPS in a chain of its own', add(forward({ chain: 'servers', 'dst-port': '443' }), us), 'high'],
  ['a jump that sees our HTTPS', add({ chain: 'dstnat', action: 'jump', 'jump-target': 'servers' }, us), 'high'],
  ['a note on it', add({ chain: 'dstnat', action: 'log' }, us), 'medium'],
  ['masquerade for one more network', add(hide, us), 'medium'],
  ['masquerade gone', remove(hide, us), 'high'],
  ['masquerade off', set(hide, { disabled: 'true' }, us), 'high'],
  ['masquerade for other interfaces', set(hide, { 'out-interface-list': 'WAN2' }, us), 'high'],
  ['masquerade turned into acceptance', set(hide, { action: 'accept' }, us), 'high'],
  ['a note on masquerade', set(hide, { comment: 'defconf' }, us), 'medium'],
  ['masquerade that was off gone', remove({ ...hide, disabled: 'true' }, us), 'medium'],
  ['fixed source translation gone', remove({ ...hide, action: 'src-nat', 'to-addresses': '203.0.113.10' }, us), 'high'],
];

test.each(NAT)('NAT: %s', (_what, change, risk) => expect(riskOf(firewallNat, change)).toBe(risk));

const rule = (chain: string, action: string, more: Row = {}): Row => ({ chain, action, ...more });
const tracking: Row = { enabled: 'auto', 'udp-timeout': '10s', 'loose-tcp-tracking': 'true' };
const helper: Row = { '.id': '*5', name: 'sip', ports: '5060,5061', disabled: 'false' };
const entry = (list: string): Row => ({ list, address: '2001:db8::/32' });

const RISKS: readonly (readonly [string, Capability, Told, Risk])[] = [
  ['a rule on input', firewallFilter, add(rule('input', 'accept')), 'high'],
  ['a rule on forward', firewallFilter, add(rule('forward', 'drop')), 'medium'],
  ['a rule that leaves input', firewallFilter, set(rule('input', 'drop'), { chain: 'forward' }), 'high'],
  ['an IPv6 rule on input', ipv6FirewallFilter, remove(rule('input', 'accept')), 'high'],
  ['an IPv6 rule on forward', ipv6FirewallFilter, add(rule('forward', 'drop')), 'medium'],

  ['a smaller segment size', firewallMangle, add(rule('forward', 'change-mss', { 'new-mss': 'clamp-to-pmtu' })), 'medium'],
  ['a mark on what is for us', firewallMangle, add(rule('input', 'mark-connection', { 'new-connection-mark': 'mgmt' })), 'high'],
  ['another way for all packets', firewallMangle, add(rule('prerouting', 'mark-routing', { 'new-routing-mark': 'isp2' })), 'high'],
  ['another way for our own packets', firewallMangle, remove(rule('output', 'mark-routing', { 'new-routing-mark': 'isp2' })), 'high'],
  ['another way in a chain of its own', firewallMangle, add(rule('policy', 'route', { 'route-dst': '192.0.2.1' })), 'high'],
  ['packets dropped on their way through', firewallMangle, add(rule('forward', 'drop')), 'medium'],
  ['a mark on packets', firewallMangle, add(rule('prerouting', 'mark-packet', { 'new-packet-mark': 'voip' })), 'medium'],

  ['bogons dropped early', firewallRaw, add(rule('prerouting', 'drop', { 'src-address-list': 'bogons' })), 'high'],
  ['no tracking', firewallRaw, add(rule('prerouting', 'notrack')), 'high'],
  ['acceptance above a drop gone', firewallRaw, remove(rule('prerouting', 'accept')), 'high'],
  ['a log line', firewallRaw, add(rule('prerouting', 'log')), 'medium'],
  ['a log line that becomes a drop', firewallRaw, set(rule('prerouting', 'log'), { action: 'drop' }), 'high'],

  ['no more tracking', firewallConnectionTracking, set(tracking, { enabled: 'no' }), 'high'],
  ['a longer memory', firewallConnectionTracking, set(tracking, { 'udp-timeout': '30s' }), 'medium'],
  ['a helper off', firewallServicePort, set(helper, { disabled: 'true' }), 'medium'],

  ['an entry of ours', ipv6FirewallAddressList, add(entry('mcp-blocked')), 'low'],
  ['an entry of others', ipv6FirewallAddressList, add(entry('trusted')), 'medium'],
  ['an entry of ours that goes to a list of others', ipv6FirewallAddressList, set(entry('mcp-blocked'), { list: 'trusted' }), 'medium'],
  ['an entry of others that goes to a list of ours', ipv6FirewallAddressList, set(entry('trusted'), { list: 'mcp-blocked' }), 'medium'],
];

test.each(RISKS)('%s (%o): the risk is as touched', (_what, capability, change, risk) => expect(riskOf(capability, change)).toBe(risk));

test('an IPv4 address is none of an IPv6 list', () => {
  const wrong = ['192.0.2.1', '192.0.2.0/24', '192.0.2.1-192.0.2.9'];
  for (const address of wrong) expect(refusalOf(ipv6FirewallAddressList, add({ list: 'a', address })), address).toMatch(/IPv4/);
  for (const address of ['2001:db8::/32', 'host.example.net', '::ffff:192.0.2.1'])
    expect(refusalOf(ipv6FirewallAddressList, add({ list: 'a', address })), address).toBeUndefined();
});

describe('keys', () => {
  test('rules have none: RouterOS takes the same rule twice', () => {
    for (const one of [firewallNat, firewallMangle, firewallRaw, ipv6FirewallFilter])
      expect(keyed(one, rule('a', 'accept'))).toBeUndefined();
  });
  test('an address may be in two lists, and two addresses in one', () => {
    const one = keyed(ipv6FirewallAddressList, entry('a'));
    expect(keyed(ipv6FirewallAddressList, entry('b'))).not.toBe(one);
    expect(keyed(ipv6FirewallAddressList, { list: 'a', address: '2001:db8:1::/48' })).not.toBe(one);
    expect(keyed(ipv6FirewallAddressList, { list: 'a', address: '2001:DB8::/32', comment: 'again' })).toBe(one);
  });
  test('a helper is known by its protocol', () => expect(firewallServicePort.key).toEqual(['name']));
});

test('a rate is a number in both spellings', () => {
  const { item } = decodeRow(firewallConnection, { 'orig-rate': '8.3kbps', 'repl-rate': '24100' }, '7.20.8');
  expect(item).toMatchObject({ origRate: 8300, replRate: 24_100 });
});
