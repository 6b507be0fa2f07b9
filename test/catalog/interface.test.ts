import { describe, expect, test } from 'vitest';
import type { Risk } from '../../src/lib/capability/define.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { link } from './links.ts';
import { add, keyed, recordedRows, refusalOf, remove, riskOf, set, type Told } from './ways.ts';

/** What changes of ports and virtual interfaces may cost, which are refused, and what tells two rows apart. */

const first = (id: string, fits: Row = {}): Row => {
  const rows = recordedRows(link(id)).map(({ row }) => row);
  const found = rows.find((row) => Object.entries(fits).every(([name, value]) => row[name] === value));
  if (!found) throw new Error(`no recorded row of ${id} is like ${JSON.stringify(fits)}`);
  return found;
};

const ETHER = first('ethernet', { name: 'ether1' });
const VLAN = first('vlan');
const BOND = first('bonding');
const VRRP = first('vrrp');
const GRE = first('gre');
const EOIP = first('eoip');
const VXLAN = first('vxlan');
const MEMBER = first('interface-list-member');
const APN = first('lte-apn', { default: 'true' });
const POE = first('ethernet-poe');
const OWN_LIST = first('interface-list', { builtin: 'false' });
const BUILTIN = first('interface-list', { builtin: 'true' });

const RISKS: readonly (readonly [string, string, Told, Risk])[] = [
  ['ethernet', 'switching a port off', set(ETHER, { disabled: 'true' }), 'high'],
  ['ethernet', 'another name', set(ETHER, { name: 'uplink' }), 'high'],
  ['ethernet', 'another hardware address', set(ETHER, { 'mac-address': '02:00:00:00:00:01' }), 'high'],
  ['ethernet', 'a fixed speed', set(ETHER, { 'auto-negotiation': 'false', speed: '100M-baseT-full' }), 'high'],
  ['ethernet', 'other link modes', set(ETHER, { advertise: '100M-baseT-full' }), 'high'],
  ['ethernet', 'a larger packet', set(ETHER, { mtu: '9000' }), 'medium'],
  ['ethernet', 'flow control', set(ETHER, { 'rx-flow-control': 'on' }), 'medium'],
  ['ethernet', 'a note', set(ETHER, { comment: 'to the roof' }), 'low'],
  ['ethernet-poe', 'no more power', set(POE, { 'poe-out': 'off' }), 'medium'],
  ['ethernet-poe', 'another name', set(POE, { name: 'camera' }), 'high'],
  ['vlan', 'a new one', add({ name: 'vlan30', 'vlan-id': '30', interface: 'bridge' }), 'low'],
  ['vlan', 'one less', remove(VLAN), 'high'],
  ['vlan', 'another number', set(VLAN, { 'vlan-id': '31' }), 'high'],
  ['vlan', 'another carrier', set(VLAN, { interface: 'ether9' }), 'high'],
  ['vlan', 'switching it off', set(VLAN, { disabled: 'true' }), 'high'],
  ['vlan', 'loop protection', set(VLAN, { 'loop-protect': 'on' }), 'medium'],
  ['vlan', 'a note', set(VLAN, { comment: 'guests' }), 'low'],
  ['bonding', 'a new one takes ports away', add({ name: 'bond2', slaves: 'ether8,ether9' }), 'high'],
  ['bonding', 'other ports', set(BOND, { slaves: 'ether6' }), 'high'],
  ['bonding', 'the same ports in another order, and a note', set(BOND, { slaves: 'ether7,ether6', comment: 'to the core' }), 'low'],
  ['vrrp', 'a new one', add({ name: 'vrrp2', interface: 'ether3', vrid: '20' }), 'medium'],
  ['vrrp', 'who leads', set(VRRP, { priority: '50' }), 'high'],
  ['vrrp', 'one less', remove(VRRP), 'high'],
  ['vrrp', 'a script', set(VRRP, { 'on-master': 'notify' }), 'medium'],
  ['vrrp', 'a note', set(VRRP, { comment: 'core' }), 'low'],
  ['interface-list', 'a new one', add({ name: 'GUEST' }), 'low'],
  ['interface-list', 'one less', remove(OWN_LIST), 'high'],
  ['interface-list', 'what it includes', set(OWN_LIST, { include: 'static' }), 'high'],
  ['interface-list', 'a note', set(OWN_LIST, { comment: 'where we come from' }), 'low'],
  ['interface-list-member', 'a new one', add({ list: 'WAN', interface: 'ether5' }), 'high'],
  ['interface-list-member', 'one less', remove(MEMBER), 'high'],
  ['interface-list-member', 'a note', set(MEMBER, { comment: 'checked' }), 'low'],
  ['gre', 'a new one', add({ name: 'gre2', 'remote-address': '198.51.100.20' }), 'low'],
  ['gre', 'another far end', set(GRE, { 'remote-address': '198.51.100.21' }), 'high'],
  ['gre', 'one less', remove(GRE), 'high'],
  ['gre', 'keepalive', set(GRE, { keepalive: '5s,3' }), 'medium'],
  ['gre', 'a note', set(GRE, { comment: 'branch' }), 'low'],
  ['eoip', 'a new one', add({ name: 'eoip2', 'remote-address': '198.51.100.30', 'tunnel-id': '30' }), 'low'],
  ['eoip', 'another number', set(EOIP, { 'tunnel-id': '99' }), 'high'],
  ['eoip', 'keepalive', set(EOIP, { keepalive: '5s,3' }), 'medium'],
  ['eoip', 'a note', set(EOIP, { comment: 'lab' }), 'low'],
  ['vxlan', 'a new one', add({ name: 'vxlan2', vni: '300' }), 'low'],
  ['vxlan', 'a note', set(VXLAN, { comment: 'stretched' }), 'low'],
  ['vxlan', 'another network number', set(VXLAN, { vni: '200' }), 'high'],
  ['vxlan', 'learning off', set(VXLAN, { learning: 'false' }), 'medium'],
  ['lte-apn', 'a new one', add({ name: 'm2m', apn: 'm2m.example' }), 'low'],
  ['lte-apn', 'another access point', set(APN, { apn: 'other' }), 'high'],
  ['lte-apn', 'a note', set(APN, { comment: 'contract 7' }), 'low'],
];

describe('risk', () => {
  test.each(RISKS)('%s: %s', (id, _, change, risk) => expect(riskOf(link(id), change)).toBe(risk));
});

const REFUSED: readonly (readonly [string, string, Told, RegExp | undefined])[] = [
  ['ethernet-poe', 'watching nobody', set(POE, { 'power-cycle-ping-enabled': 'true', 'power-cycle-ping-address': '0.0.0.0' }), /address/],
  [
    'ethernet-poe',
    'watching a camera',
    set(POE, { 'power-cycle-ping-enabled': 'true', 'power-cycle-ping-address': '192.0.2.9' }),
    undefined,
  ],
  ['bonding', 'a port of another bond', add({ name: 'bond2', slaves: 'ether7,ether9' }, { rows: [BOND] }), /bond1/],
  ['bonding', 'free ports', add({ name: 'bond2', slaves: 'ether8,ether9' }, { rows: [BOND] }), undefined],
  ['bonding', 'its own ports', set(BOND, { slaves: 'ether6' }), undefined],
  ['bonding', 'another name', set(BOND, { name: 'uplink' }), undefined],
  [
    'vrrp',
    'a number in use',
    add({ name: 'vrrp2', interface: VRRP['interface'] ?? '', vrid: VRRP['vrid'] ?? '' }, { rows: [VRRP] }),
    /already/,
  ],
  [
    'vrrp',
    'the standing number twice',
    add({ name: 'v', interface: 'a' }, { rows: [{ name: 'w', interface: 'a', vrid: '1' }] }),
    /already/,
  ],
  ['vrrp', 'another number', add({ name: 'vrrp2', interface: VRRP['interface'] ?? '', vrid: '99' }, { rows: [VRRP] }), undefined],
  ['interface-list', 'removing one of RouterOS', remove(BUILTIN), /itself/],
  ['interface-list', 'removing our own', remove(OWN_LIST), undefined],
  ['interface-list-member', 'adding to one of RouterOS', add({ list: 'all', interface: 'ether5' }), /itself/],
  ['interface-list-member', 'adding to our own', add({ list: 'LAN', interface: 'ether5' }), undefined],
  [
    'eoip',
    'a tunnel with the same number',
    add({ name: 'eoip2', 'remote-address': EOIP['remote-address'] ?? '', 'tunnel-id': EOIP['tunnel-id'] ?? '' }, { rows: [EOIP] }),
    /already/,
  ],
  [
    'eoip',
    'another number',
    add({ name: 'eoip2', 'remote-address': EOIP['remote-address'] ?? '', 'tunnel-id': '77' }, { rows: [EOIP] }),
    undefined,
  ],
  ['lte-apn', 'removing the one of RouterOS', remove(APN), /cannot be removed/],
];

describe('refusals', () => {
  test.each(REFUSED)('%s: %s', (id, _, change, words) => {
    const refusal = refusalOf(link(id), change);
    if (words === undefined) expect(refusal).toBeUndefined();
    else expect(refusal).toMatch(words);
  });
});

describe('keys', () => {
  /** Two rows of a menu; RouterOS takes them beside each other, or refuses the second. */
  const PAIRS: readonly (readonly [string, Row, Row, boolean])[] = [
    // `name` is unique among interfaces; carrier and number are not.
    ['vlan', { name: 'a', 'vlan-id': '10', interface: 'bridge' }, { name: 'b', 'vlan-id': '10', interface: 'bridge' }, true],
    ['vlan', { name: 'a', 'vlan-id': '10', interface: 'bridge' }, { name: 'a', 'vlan-id': '20', interface: 'ether2' }, false],
    ['bonding', { name: 'a', slaves: 'ether1' }, { name: 'a', slaves: 'ether2' }, false],
    ['vrrp', { name: 'a', interface: 'ether1', vrid: '1' }, { name: 'b', interface: 'ether1', vrid: '2' }, true],
    ['gre', { name: 'a', 'remote-address': '192.0.2.1' }, { name: 'b', 'remote-address': '192.0.2.1' }, true],
    ['gre', { name: 'a', 'remote-address': '192.0.2.1' }, { name: 'a', 'remote-address': '192.0.2.2' }, false],
    ['eoip', { name: 'a', 'tunnel-id': '1' }, { name: 'a', 'tunnel-id': '2' }, false],
    ['ipip', { name: 'a', comment: 'x' }, { name: 'b', comment: 'x' }, true],
    ['macvlan', { name: 'a', interface: 'ether1' }, { name: 'b', interface: 'ether1' }, true],
    ['vxlan', { name: 'a', vni: '1' }, { name: 'a', vni: '2' }, false],
    ['interface-list', { name: 'LAN', comment: 'x' }, { name: 'WAN', comment: 'x' }, true],
    ['interface-list', { name: 'LAN' }, { name: 'LAN', comment: 'y' }, false],
    ['interface-list-member', { list: 'LAN', interface: 'ether1' }, { list: 'LAN', interface: 'ether2' }, true],
    ['interface-list-member', { list: 'LAN', interface: 'ether1' }, { list: 'WAN', interface: 'ether1' }, true],
    ['lte-apn', { name: 'a', apn: 'internet' }, { name: 'b', apn: 'internet' }, true],
    ['lte-apn', { name: 'a', apn: 'internet' }, { name: 'a', apn: 'm2m' }, false],
  ];
  test.each(PAIRS)('%s: %j and %j', (id, one, other, both) => {
    const keys = [keyed(link(id), one), keyed(link(id), other)];
    expect(keys).not.toContain(undefined);
    expect(keys[0] !== keys[1]).toBe(both);
  });
});
