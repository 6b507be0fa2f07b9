import { describe, expect, test } from 'vitest';
import { ipv6Address } from '../../src/lib/capability/catalog/ipv6-address.ts';
import { ipv6Nd } from '../../src/lib/capability/catalog/ipv6-nd.ts';
import { ipv6NdPrefix } from '../../src/lib/capability/catalog/ipv6-nd-prefix.ts';
import { ipv6Neighbor } from '../../src/lib/capability/catalog/ipv6-neighbor.ts';
import { ipv6Route } from '../../src/lib/capability/catalog/ipv6-route.ts';
import { ipv6Settings } from '../../src/lib/capability/catalog/ipv6-settings.ts';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import type { Capability, Risk } from '../../src/lib/capability/define.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { everyMenu } from './menus.ts';
import { add, keyed, recordedRows, refusalOf, remove, riskOf, set, type Told } from './ways.ts';

everyMenu('ipv6', [ipv6Address, ipv6Route, ipv6Nd, ipv6NdPrefix, ipv6Neighbor, ipv6Settings]);

const EDGE = 'rb5009_7.20.6';
const [own = {}] = recordedRows(ipv6Address, EDGE).map(({ row }) => row);
const [all = {}] = recordedRows(ipv6Nd).map(({ row }) => row);
const prefix: Row = { '.id': '*2', prefix: '2001:db8:88::/64', interface: 'vlan10-users', 'on-link': 'true', autonomous: 'true' };
const door: Row = { '.id': '*1', 'dst-address': '::/0', gateway: 'fe80::1%ether1', distance: '1', 'routing-table': 'main', static: 'true' };
const branch: Row = { '.id': '*2', 'dst-address': '2001:db8:60::/48', gateway: 'wg-hq', distance: '1', 'routing-table': 'main' };
const off = { disabled: 'true' };
const inside = { ownHost: '2001:db8:88::1' };

const RISKS: readonly (readonly [string, Capability, Told, Risk])[] = [
  ['an address', ipv6Address, add({ address: '2001:db8:99::1/64', interface: 'ether5' }, inside), 'low'],
  ['the address we use gone', ipv6Address, remove(own, inside), 'high'],
  ['the address we use off', ipv6Address, set(own, off, inside), 'high'],
  ['the address we use elsewhere', ipv6Address, set(own, { interface: 'ether5' }, inside), 'high'],
  ['a note on the address we use', ipv6Address, set(own, { comment: 'x' }, inside), 'medium'],
  ['the address we use announced no more', ipv6Address, set(own, { advertise: 'false' }, inside), 'medium'],
  ['an address gone while we use another', ipv6Address, remove(own, { ownHost: '2001:db8:255::1' }), 'medium'],
  ['an address gone while we use IPv4', ipv6Address, remove(own, { ownHost: '10.10.99.1' }), 'medium'],
  ['an address gone while we use a name', ipv6Address, remove(own, { ownHost: 'edge.lan' }), 'high'],

  ['a default route', ipv6Route, add(door), 'high'],
  ['the part of IPv6 that is in use', ipv6Route, add({ ...door, 'dst-address': '2000::/3' }), 'high'],
  ['a default route that is off', ipv6Route, add({ ...door, ...off }), 'low'],
  ['another gateway of the default route', ipv6Route, set(door, { gateway: 'fe80::2%ether1' }), 'high'],
  ['a note on the default route', ipv6Route, set(door, { comment: 'x' }), 'low'],
  ['a route', ipv6Route, add(branch), 'medium'],
  ['a route that covers us', ipv6Route, add(branch, { ownHost: '2001:db8:60::7' }), 'high'],
  ['a route gone', ipv6Route, remove(branch), 'medium'],

  ['advertisements off', ipv6Nd, set(all, off), 'medium'],
  ['a prefix', ipv6NdPrefix, add(prefix), 'low'],
  ['a prefix gone', ipv6NdPrefix, remove(prefix), 'medium'],
  ['IPv6 off', ipv6Settings, set({ 'disable-ipv6': 'false' }, { 'disable-ipv6': 'true' }), 'high'],
  ['more neighbours', ipv6Settings, set({ 'max-neighbor-entries': '8192' }, { 'max-neighbor-entries': '16384' }), 'high'],
];

test.each(RISKS)('%s (%o): the risk is as touched', (_what, capability, change, risk) => expect(riskOf(capability, change)).toBe(risk));

const LAST = /last default route of table main/;
const doors = { rows: [door, branch] };

const REFUSALS: readonly (readonly [string, Capability, Told, RegExp | undefined])[] = [
  ['an IPv4 address', ipv6Address, add({ address: '10.0.0.1/24', interface: 'ether5' }), /not an IPv6 address/],
  ['an address from a pool', ipv6Address, add({ address: '::1/64', 'from-pool': 'isp-pd', interface: 'ether5' }), /works out/],
  ['an address that is filled in', ipv6Address, add({ address: '2001:db8::/64', 'eui-64': 'yes', interface: 'ether5' }), /works out/],
  ['a note on an address from a pool', ipv6Address, set({ ...own, 'from-pool': 'isp-pd' }, { comment: 'x' }), undefined],
  ['an address from a pool gone', ipv6Address, remove({ ...own, 'from-pool': 'isp-pd' }), undefined],
  ['an address', ipv6Address, add({ address: '2001:db8:99::1/64', interface: 'ether5' }), undefined],

  ['a route for IPv4', ipv6Route, add({ 'dst-address': '10.0.0.0/8', gateway: 'ether1' }), /not an IPv6 prefix/],
  ['a route to nowhere', ipv6Route, add({ 'dst-address': '2001:db8::/32' }), /needs a gateway/],
  ['a black hole', ipv6Route, add({ 'dst-address': '2001:db8::/32', blackhole: 'yes' }), undefined],
  ['the last default route gone', ipv6Route, remove(door, doors), LAST],
  ['the last default route off', ipv6Route, set(door, off, doors), LAST],
  ['the last default route in another table', ipv6Route, set(door, { 'routing-table': 'isp2' }, doors), LAST],
  ['another gateway of the last default route', ipv6Route, set(door, { gateway: 'ether2' }, doors), undefined],
  ['one of two', ipv6Route, remove(door, { rows: [door, { ...door, gateway: 'ether2', 'dst-address': '2000::/3' }] }), undefined],
  ['one of two, of which the other is not in use', ipv6Route, remove(door, { rows: [door, { ...door, inactive: 'true' }] }), LAST],
  ['another route gone', ipv6Route, remove(branch, doors), undefined],

  ['the row for all interfaces', ipv6Nd, remove({ ...all, default: 'true' }), /disable it instead/],
  ['a row for one interface', ipv6Nd, remove({ interface: 'ether5', default: 'false' }), undefined],
  ['a span of time', ipv6Nd, set(all, { 'ra-interval': '200s-600s' }), undefined],
  ['a time alone', ipv6Nd, set(all, { 'ra-interval': '200s' }), /shortest and the longest/],
  ['an IPv4 prefix', ipv6NdPrefix, add({ ...prefix, prefix: '10.0.0.0/8' }), /not an IPv6 prefix/],
];

test.each(REFUSALS)('%s (%o): refused or not', (_what, capability, change, expected) => {
  const refusal = refusalOf(capability, change);
  if (expected === undefined) expect(refusal).toBeUndefined();
  else expect(refusal).toMatch(expected);
});

describe('keys', () => {
  test('an address may be on two interfaces, and an interface has many addresses', () => {
    const one = keyed(ipv6Address, own);
    expect(keyed(ipv6Address, { ...own, interface: 'ether5' })).not.toBe(one);
    expect(keyed(ipv6Address, { ...own, address: '2001:db8:88::2/64' })).not.toBe(one);
    expect(keyed(ipv6Address, { ...own, address: '2001:0DB8:0088:0:0:0:0:1/64', comment: 'x' })).toBe(one);
  });
  test('an interface has one row of advertisements, but several prefixes', () => {
    expect(keyed(ipv6Nd, all)).toBe(keyed(ipv6Nd, { interface: 'all', 'ra-delay': '9s' }));
    expect(keyed(ipv6NdPrefix, prefix)).not.toBe(keyed(ipv6NdPrefix, { ...prefix, prefix: '2001:db8:89::/64' }));
    expect(keyed(ipv6NdPrefix, prefix)).not.toBe(keyed(ipv6NdPrefix, { ...prefix, interface: 'ether5' }));
  });
  test('nothing names a route', () => expect(keyed(ipv6Route, door)).toBeUndefined());
});

test('a span of time has one spelling', () => {
  for (const text of ['200s-600s', '00:03:20-00:10:00', '3m20s-10m'])
    expect(decodeRow(ipv6Nd, { 'ra-interval': text }, '7.24').content, text).toEqual({ 'ra-interval': '3m20s-10m' });
});
