import { describe, expect, test } from 'vitest';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import type { Risk } from '../../src/lib/capability/define.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { link } from './links.ts';
import { add, keyed, NOW, recordedRows, refusalOf, remove, riskOf, set, type Told } from './ways.ts';

/** What changes of bridges may cost, which are refused, and what tells two rows apart. */

const first = (id: string): Row => recordedRows(link(id), 'rb5009_7.20.6')[0]?.row ?? {};
const BRIDGE = first('bridge');
const PORT = first('bridge-port');
const VLAN: Row = { '.id': '*2', bridge: 'bridge', 'vlan-ids': '10', tagged: 'bridge,ether1', untagged: 'ether2', disabled: 'false' };
const SETTINGS = first('bridge-settings');

const RISKS: readonly (readonly [string, string, Told, Risk])[] = [
  ['bridge', 'a new one', add({ name: 'bridge2' }), 'low'],
  ['bridge', 'one less', remove(BRIDGE), 'high'],
  ['bridge', 'VLAN filtering', set(BRIDGE, { 'vlan-filtering': BRIDGE['vlan-filtering'] === 'true' ? 'false' : 'true' }), 'high'],
  ['bridge', 'spanning tree', set(BRIDGE, { 'protocol-mode': 'none' }), 'high'],
  ['bridge', 'the VLAN of untagged frames', set(BRIDGE, { pvid: '99' }), 'high'],
  ['bridge', 'which frames come in', set(BRIDGE, { 'frame-types': 'admit-only-vlan-tagged' }), 'high'],
  ['bridge', 'another hardware address', set(BRIDGE, { 'admin-mac': '02:00:00:00:00:01' }), 'high'],
  ['bridge', 'switching it off', set(BRIDGE, { disabled: 'true' }), 'high'],
  ['bridge', 'DHCP snooping', set(BRIDGE, { 'dhcp-snooping': 'true' }), 'high'],
  ['bridge', 'the priority of the tree', set(BRIDGE, { priority: '0x4000' }), 'medium'],
  ['bridge', 'how long hosts are remembered', set(BRIDGE, { 'ageing-time': '10m' }), 'medium'],
  ['bridge', 'a note', set(BRIDGE, { comment: 'house' }), 'low'],
  ['bridge-port', 'a new one', add({ interface: 'ether9', bridge: 'bridge' }), 'medium'],
  ['bridge-port', 'one less', remove(PORT), 'high'],
  ['bridge-port', 'another bridge', set(PORT, { bridge: 'bridge2' }), 'high'],
  ['bridge-port', 'another VLAN', set(PORT, { pvid: '77' }), 'high'],
  [
    'bridge-port',
    'which frames come in',
    set({ ...PORT, 'frame-types': 'admit-all' }, { 'frame-types': 'admit-only-vlan-tagged' }),
    'high',
  ],
  ['bridge-port', 'switching it off', set(PORT, { disabled: 'true' }), 'high'],
  ['bridge-port', 'BPDU guard', set(PORT, { 'bpdu-guard': 'true' }), 'high'],
  ['bridge-port', 'another place in the list', { verb: 'move', before: PORT, after: PORT }, 'low'],
  ['bridge-port', 'path cost', set(PORT, { 'path-cost': '5' }), 'medium'],
  ['bridge-port', 'a note', set(PORT, { comment: 'trunk to the barn' }), 'low'],
  ['bridge-vlan', 'a new one', add({ bridge: 'bridge', 'vlan-ids': '40', tagged: 'bridge' }), 'medium'],
  ['bridge-vlan', 'a port less', set(VLAN, { tagged: 'bridge' }), 'high'],
  ['bridge-vlan', 'one less', remove(VLAN), 'high'],
  ['bridge-vlan', 'the same ports in another order, and a note', set(VLAN, { tagged: 'ether1,bridge', comment: 'users' }), 'low'],
  ['bridge-settings', 'through the IP firewall', set(SETTINGS, { 'use-ip-firewall': 'true' }), 'high'],
];

describe('risk', () => {
  test.each(RISKS)('%s: %s', (id, _, change, risk) => expect(riskOf(link(id), change)).toBe(risk));
});

const REFUSED: readonly (readonly [string, string, Told, RegExp | undefined])[] = [
  ['bridge-port', 'a port of another bridge', add({ interface: PORT['interface'] ?? '', bridge: 'b2' }, { rows: [PORT] }), /already/],
  ['bridge-port', 'a free port', add({ interface: 'ether9', bridge: 'b2' }, { rows: [PORT] }), undefined],
  ['bridge-vlan', 'a port with and without a tag', set(VLAN, { untagged: 'ether1' }), /ether1/],
  ['bridge-vlan', 'ports apart', set(VLAN, { untagged: 'ether3' }), undefined],
];

describe('refusals', () => {
  test.each(REFUSED)('%s: %s', (id, _, change, words) => {
    const refusal = refusalOf(link(id), change);
    if (words === undefined) expect(refusal).toBeUndefined();
    else expect(refusal).toMatch(words);
  });

  test.each([
    ['bridge-core', 'prod', 'none', true],
    ['bridge-core', 'prod', 'rstp', false],
    ['bridge-core', 'staging', 'none', false],
    ['bridge', 'prod', 'none', false],
  ] as const)('spanning tree of %s in %s to %s', (name, environment, mode, refused) => {
    const item = (row: Row) => decodeRow(link('bridge'), row, NOW).item;
    const before = item({ ...BRIDGE, name });
    const change = { verb: 'set' as const, before, after: item({ ...BRIDGE, name, 'protocol-mode': mode }) };
    const words = link('bridge').refuse?.(change, { environment, ownHost: '192.0.2.1', rows: [before] });
    expect(words !== undefined).toBe(refused);
  });
});

describe('keys', () => {
  const PAIRS: readonly (readonly [string, Row, Row, boolean])[] = [
    ['bridge', { name: 'a', comment: 'x' }, { name: 'b', comment: 'x' }, true],
    ['bridge', { name: 'a' }, { name: 'a', comment: 'x' }, false],
    // An interface is a port of one bridge at most.
    ['bridge-port', { interface: 'ether1', bridge: 'a' }, { interface: 'ether1', bridge: 'b' }, false],
    ['bridge-port', { interface: 'ether1', bridge: 'a' }, { interface: 'ether2', bridge: 'a' }, true],
    ['bridge-vlan', { bridge: 'a', 'vlan-ids': '10,20' }, { bridge: 'a', 'vlan-ids': '20,10' }, false],
    ['bridge-vlan', { bridge: 'a', 'vlan-ids': '10' }, { bridge: 'b', 'vlan-ids': '10' }, true],
    ['bridge-msti', { bridge: 'a', identifier: '1' }, { bridge: 'a', identifier: '2' }, true],
  ];
  test.each(PAIRS)('%s: %j and %j', (id, one, other, both) => {
    const keys = [keyed(link(id), one), keyed(link(id), other)];
    expect(keys).not.toContain(undefined);
    expect(keys[0] !== keys[1]).toBe(both);
  });
});

test('a switch that RouterOS turns on by itself keeps its off', () => {
  const { content } = decodeRow(link('bridge-port'), { ...PORT, hw: 'false', 'ingress-filtering': 'false' }, NOW);
  expect(content).toMatchObject({ hw: 'no', 'ingress-filtering': 'no' });
});

test('hosts may be many', () => expect(link('bridge-host').large).toBe(true));
