import { expect, test } from 'vitest';
import { hotspot } from '../../src/lib/capability/catalog/hotspot.ts';
import { hotspotActive } from '../../src/lib/capability/catalog/hotspot-active.ts';
import { ipArp } from '../../src/lib/capability/catalog/ip-arp.ts';
import { ipSettings } from '../../src/lib/capability/catalog/ip-settings.ts';
import { ipVrf } from '../../src/lib/capability/catalog/ip-vrf.ts';
import { trafficFlow } from '../../src/lib/capability/catalog/traffic-flow.ts';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import type { Capability, Risk } from '../../src/lib/capability/define.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { everyMenu } from './menus.ts';
import { add, keyed, refusalOf, remove, riskOf, set, type Told } from './ways.ts';

everyMenu('ip', [ipArp, ipSettings, ipVrf, hotspot, hotspotActive, trafficFlow]);

const station: Row = { '.id': '*10', address: '10.10.99.20', 'mac-address': 'D8:3A:DD:00:11:22', interface: 'vlan99-mgmt' };
const us = { ownHost: '10.10.99.1' };
const vrf: Row = { '.id': '*2', name: 'dc', interfaces: 'vlan200-dc', builtin: 'false' };

const RISKS: readonly (readonly [string, Capability, Told, Risk])[] = [
  ['an entry by hand', ipArp, add(station, us), 'medium'],
  ['an entry for our own address', ipArp, add({ ...station, address: '10.10.99.1' }, us), 'high'],
  ['an entry that becomes one for our own address', ipArp, set(station, { address: '10.10.99.1' }, us), 'high'],
  ['an entry gone', ipArp, remove(station, us), 'medium'],
  ['no forwarding', ipSettings, set({ 'ip-forward': 'true' }, { 'ip-forward': 'false' }), 'high'],
  ['cookies', ipSettings, set({ 'tcp-syncookies': 'false' }, { 'tcp-syncookies': 'true' }), 'high'],
  ['a table of its own', ipVrf, add({ name: 'x', interfaces: 'ether5' }), 'high'],
  ['an interface more', ipVrf, set(vrf, { interfaces: 'vlan200-dc,ether5' }), 'high'],
];
test.each(RISKS)('%s (%o): the risk is as touched', (_what, capability, change, risk) => expect(riskOf(capability, change)).toBe(risk));

test('the VRF that every router has stays', () => {
  expect(refusalOf(ipVrf, remove({ name: 'main', builtin: 'true' }))).toMatch(/built-in/);
  expect(refusalOf(ipVrf, remove(vrf))).toBeUndefined();
});

test('an address may be on two interfaces, and an interface has many addresses; a VRF has a name', () => {
  const one = keyed(ipArp, station);
  expect(keyed(ipArp, { ...station, interface: 'ether1' })).not.toBe(one);
  expect(keyed(ipArp, { ...station, address: '10.10.99.21' })).not.toBe(one);
  expect(keyed(ipArp, { ...station, 'mac-address': 'D8:3A:DD:00:11:23', comment: 'x' })).toBe(one);
  expect(keyed(ipVrf, vrf)).toBe(keyed(ipVrf, { name: 'dc', interfaces: 'ether9' }));
});

test('a bit mask is a number in both spellings', () => {
  for (const text of ['0x1818', '6168'])
    expect(decodeRow(ipSettings, { 'icmp-rate-mask': text }, '7.24').item).toMatchObject({ icmpRateMask: 6168 });
});
