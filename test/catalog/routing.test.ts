import { describe, expect, test } from 'vitest';
import { bfdConfiguration } from '../../src/lib/capability/catalog/bfd-configuration.ts';
import { bfdSession } from '../../src/lib/capability/catalog/bfd-session.ts';
import { bgpAdvertisements } from '../../src/lib/capability/catalog/bgp-advertisements.ts';
import { bgpConnection } from '../../src/lib/capability/catalog/bgp-connection.ts';
import { bgpInstance } from '../../src/lib/capability/catalog/bgp-instance.ts';
import { bgpSession } from '../../src/lib/capability/catalog/bgp-session.ts';
import { bgpTemplate } from '../../src/lib/capability/catalog/bgp-template.ts';
import { igmpProxy } from '../../src/lib/capability/catalog/igmp-proxy.ts';
import { ipRoute } from '../../src/lib/capability/catalog/ip-route.ts';
import { ospfArea } from '../../src/lib/capability/catalog/ospf-area.ts';
import { ospfInstance } from '../../src/lib/capability/catalog/ospf-instance.ts';
import { ospfInterface } from '../../src/lib/capability/catalog/ospf-interface.ts';
import { ospfInterfaceTemplate } from '../../src/lib/capability/catalog/ospf-interface-template.ts';
import { ospfLsa } from '../../src/lib/capability/catalog/ospf-lsa.ts';
import { ospfNeighbor } from '../../src/lib/capability/catalog/ospf-neighbor.ts';
import { ospfStaticNeighbor } from '../../src/lib/capability/catalog/ospf-static-neighbor.ts';
import { ripInstance } from '../../src/lib/capability/catalog/rip-instance.ts';
import { routingFilterCommunityList } from '../../src/lib/capability/catalog/routing-filter-community-list.ts';
import { routingFilterNumList } from '../../src/lib/capability/catalog/routing-filter-num-list.ts';
import { routingFilterRule } from '../../src/lib/capability/catalog/routing-filter-rule.ts';
import { routingId } from '../../src/lib/capability/catalog/routing-id.ts';
import { routingRoute } from '../../src/lib/capability/catalog/routing-route.ts';
import { routingRule } from '../../src/lib/capability/catalog/routing-rule.ts';
import { routingSettings } from '../../src/lib/capability/catalog/routing-settings.ts';
import { routingTable } from '../../src/lib/capability/catalog/routing-table.ts';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import type { Capability, Risk } from '../../src/lib/capability/define.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { add, keyed, nothingIsMissing, recordedRows, refusalOf, remove, riskOf, samplesAreUnderstood, set, type Told } from './ways.ts';

const WRITABLE: readonly Capability[] = [
  ipRoute,
  routingTable,
  routingRule,
  routingFilterRule,
  routingId,
  bgpConnection,
  bgpTemplate,
  ospfInstance,
  ospfArea,
  ospfInterfaceTemplate,
  bfdConfiguration,
];
const SHOWN: readonly Capability[] = [
  routingRoute,
  routingFilterNumList,
  routingFilterCommunityList,
  routingSettings,
  bgpInstance,
  bgpSession,
  bgpAdvertisements,
  ospfInterface,
  ospfNeighbor,
  ospfLsa,
  ospfStaticNeighbor,
  ripInstance,
  bfdSession,
  igmpProxy,
];
const ALL = [...WRITABLE, ...SHOWN];

describe.each(ALL.map((one) => [one.id, one] as const))('%s', (_id, capability) => {
  test('every field of the schema is declared, in every version', () => nothingIsMissing(capability));
  test('says what each field is', () => {
    for (const [name, { traits }] of Object.entries(capability.fields)) expect(traits.about, name).toMatch(/^\S.*[.…]$/);
  });
  test('every recorded row is understood', () => {
    for (const { router, version, row } of recordedRows(capability)) expect(decodeRow(capability, row, version).extra, router).toEqual({});
  });
});

test('the writable ones ask for the routing allowance, the others cannot be written', () => {
  expect(WRITABLE.map(({ fence }) => fence)).toEqual(WRITABLE.map(() => 'routing-writes'));
  expect(SHOWN.map(({ shape }) => shape)).toEqual(SHOWN.map(() => 'table'));
});

test('menus that may hold tens of thousands of rows say so', () => {
  expect(ALL.filter(({ large }) => large).map(({ id }) => id)).toEqual(['ip-route', 'routing-route', 'bgp-advertisements', 'ospf-lsa']);
});

samplesAreUnderstood('routing', ALL);

/** A row of a recorded router, by a text it holds. */
function recorded(capability: Capability, router: string, holds: string): Row {
  const found = recordedRows(capability, router).find(({ row }) => Object.values(row).includes(holds));
  if (!found) throw new Error(`${router} has no row of ${capability.id} with ${holds}`);
  return found.row;
}

const EDGE = 'rb5009_7.20.6';
const CORE = 'chr_7.24';
const backup: Row = { ...recorded(ipRoute, EDGE, 'backup default'), inactive: 'false' };
const branch = recorded(ipRoute, EDGE, 'branch-1');
const edgeRoutes = recordedRows(ipRoute, EDGE).map(({ row }) => row);
const out = recorded(ipRoute, CORE, 'out through the edge');
const coreRoutes = recordedRows(ipRoute, CORE).map(({ row }) => row);
const management = recorded(routingRule, EDGE, 'management stays in main');
const table: Row = { '.id': '*1', name: 'isp2', fib: '', disabled: 'false' };
const filter = recorded(routingFilterRule, CORE, 'bgp-in');
const identifier = recorded(routingId, EDGE, 'edge');
const peer = recorded(bgpConnection, CORE, 'peer-a');
const template = recorded(bgpTemplate, CORE, 'default');
const instance = recorded(ospfInstance, CORE, 'ospf-v2');
const area = recorded(ospfArea, CORE, 'backbone');
const template2 = recorded(ospfInterfaceTemplate, CORE, 'ether2');
const bfd = recorded(bfdConfiguration, CORE, 'ether2');
const off = { disabled: 'true' };
const note = { comment: 'seen by night' };

const RISKS: readonly (readonly [string, Capability, Told, Risk])[] = [
  ['a route elsewhere', ipRoute, add({ 'dst-address': '10.77.0.0/16', gateway: '10.10.99.254' }), 'medium'],
  ['the same, switched off', ipRoute, add({ 'dst-address': '10.77.0.0/16', gateway: '10.10.99.254', ...off }), 'low'],
  ['another default route', ipRoute, add({ 'dst-address': '0.0.0.0/0', gateway: '10.10.99.254' }), 'high'],
  ['a default route in another table', ipRoute, add({ 'dst-address': '0.0.0.0/0', gateway: '1.1.1.1', 'routing-table': 'isp2' }), 'high'],
  ['a route that covers our address', ipRoute, add({ 'dst-address': '10.60.0.0/24', gateway: 'ether1' }, { ownHost: '10.60.0.5' }), 'high'],
  ['the gateway of the default route', ipRoute, set(out, { gateway: '10.10.99.254' }), 'high'],
  ['the distance of the default route', ipRoute, set(out, { distance: '5' }), 'high'],
  ['the default route switched off', ipRoute, set(backup, off), 'high'],
  ['the note of the default route', ipRoute, set(out, note), 'low'],
  ['the gateway of another route', ipRoute, set(branch, { gateway: '10.10.99.254' }), 'medium'],
  ['a route by which we are reached', ipRoute, set(branch, { gateway: '10.10.99.254' }, { ownHost: '10.60.10.1' }), 'high'],
  ['another route', ipRoute, remove(branch), 'medium'],

  ['a table', routingTable, add({ name: 'isp3', fib: '' }), 'low'],
  ['a table renamed', routingTable, set(table, { name: 'isp9' }), 'medium'],
  ['the note of a table', routingTable, set(table, note), 'low'],
  ['a table gone', routingTable, remove(table), 'medium'],

  ['a rule for one network', routingRule, add({ action: 'lookup', 'src-address': '10.44.0.0/16', table: 'isp2' }), 'medium'],
  ['a rule for everything', routingRule, add({ action: 'lookup', table: 'isp2' }), 'high'],
  ['a rule for everything, spelled out', routingRule, add({ action: 'lookup', 'dst-address': '0.0.0.0/0', table: 'isp2' }), 'high'],
  ['a rule for one interface', routingRule, add({ action: 'lookup', interface: 'ether5', table: 'isp2' }), 'medium'],
  ['a rule that covers our address', routingRule, set(management, { table: 'isp2' }, { ownHost: '10.10.99.1' }), 'high'],
  ['a rule that covers our address moved', routingRule, { ...set(management, {}, { ownHost: '10.10.99.1' }), verb: 'move' }, 'high'],
  ['the note of that rule', routingRule, set(management, note, { ownHost: '10.10.99.1' }), 'low'],
  ['a rule that is off', routingRule, add({ action: 'drop', ...off }), 'low'],

  ['a filter rule', routingFilterRule, add({ chain: 'bgp-in', rule: 'reject' }), 'medium'],
  ['a filter rule that is off', routingFilterRule, add({ chain: 'bgp-in', rule: 'reject', ...off }), 'low'],
  ['what a filter rule does', routingFilterRule, set(filter, { rule: 'accept' }), 'medium'],
  ['the note of a filter rule', routingFilterRule, set(filter, note), 'low'],
  ['a filter rule gone', routingFilterRule, remove(filter), 'medium'],

  ['an identifier', routingId, add({ name: 'new', id: '10.255.0.99' }), 'low'],
  ['another number for an identifier', routingId, set(identifier, { id: '10.255.0.99' }), 'medium'],
  ['the note of an identifier', routingId, set(identifier, note), 'low'],

  ['a BGP neighbour', bgpConnection, add({ name: 'peer-b', 'local.role': 'ebgp', instance: 'main-bgp' }), 'high'],
  ['the note of a BGP neighbour', bgpConnection, set(peer, note), 'high'],
  ['a template', bgpTemplate, add({ name: 'new', as: '65000' }), 'low'],
  ['the AS number of a template', bgpTemplate, set(template, { as: '65001' }), 'high'],

  ['an OSPF instance', ospfInstance, add({ name: 'new', version: '2' }), 'low'],
  ['an OSPF instance that is off', ospfInstance, add({ name: 'new', 'originate-default': 'always', ...off }), 'low'],
  ['an OSPF instance that brings a default route', ospfInstance, add({ name: 'new', 'originate-default': 'always' }), 'high'],
  ['what OSPF announces', ospfInstance, set(instance, { 'originate-default': 'always' }), 'high'],
  ['the identifier of OSPF', ospfInstance, set(instance, { 'router-id': '10.255.0.99' }), 'high'],
  ['OSPF gone', ospfInstance, remove(instance), 'high'],
  ['OSPF off', ospfInstance, set(instance, off), 'high'],
  ['the name of OSPF', ospfInstance, set(instance, { name: 'new' }), 'medium'],
  ['the note of OSPF', ospfInstance, set(instance, note), 'low'],

  ['an area', ospfArea, add({ name: 'new', instance: 'ospf-v2', 'area-id': '0.0.0.7' }), 'low'],
  ['the number of an area', ospfArea, set(area, { 'area-id': '0.0.0.7' }), 'high'],
  ['an area off', ospfArea, set(area, off), 'high'],
  ['the cost in an area', ospfArea, set(area, { 'default-cost': '7' }), 'medium'],
  ['the note of an area', ospfArea, set(area, note), 'low'],

  ['a template for an interface', ospfInterfaceTemplate, add({ area: 'backbone', interfaces: 'ether9' }), 'medium'],
  ['a template that is off', ospfInterfaceTemplate, add({ area: 'backbone', interfaces: 'ether9', ...off }), 'low'],
  ['the greetings on an interface', ospfInterfaceTemplate, set(template2, { 'hello-interval': '5s' }), 'high'],
  ['an interface without OSPF', ospfInterfaceTemplate, remove(template2), 'high'],
  ['the cost of an interface', ospfInterfaceTemplate, set(template2, { cost: '77' }), 'medium'],
  ['the note of an interface', ospfInterfaceTemplate, set(template2, note), 'low'],
  ['its place', ospfInterfaceTemplate, { ...set(template2, {}), verb: 'move' }, 'medium'],

  ['BFD on an interface', bfdConfiguration, add({ interfaces: 'ether9', 'min-tx': '50ms' }), 'medium'],
  ['the timers of BFD', bfdConfiguration, set(bfd, { 'min-rx': '50ms' }), 'medium'],
  ['the note of BFD', bfdConfiguration, set(bfd, note), 'low'],
  ['BFD that is off', bfdConfiguration, add({ interfaces: 'ether9', ...off }), 'low'],
];

test.each(RISKS)('%s (%o): the risk is as touched', (_what, capability, change, risk) => expect(riskOf(capability, change)).toBe(risk));

const dynamicDefault = edgeRoutes.find((row) => row['dst-address'] === '0.0.0.0/0' && row['dynamic'] === 'true') ?? {};
const lone = [...coreRoutes.filter((row) => row['dst-address'] !== '0.0.0.0/0'), out];
const LAST = /last default route of table main/;

const REFUSALS: readonly (readonly [string, Capability, Told, RegExp | undefined])[] = [
  ['the last default route gone', ipRoute, remove(out, { rows: lone }), LAST],
  ['the last default route off', ipRoute, set(out, off, { rows: lone }), LAST],
  ['the last default route pointed elsewhere', ipRoute, set(out, { 'dst-address': '10.0.0.0/8' }, { rows: lone }), LAST],
  ['the last default route put into another table', ipRoute, set(out, { 'routing-table': 'isp2' }, { rows: lone }), LAST],
  ['the last default route made a black hole', ipRoute, set(out, { blackhole: 'yes' }, { rows: lone }), LAST],
  ['another gateway for the last default route', ipRoute, set(out, { gateway: '10.10.99.254' }, { rows: lone }), undefined],
  ['another distance for the last default route', ipRoute, set(out, { distance: '7' }, { rows: lone }), undefined],
  ['one of two default routes gone', ipRoute, remove(out, { rows: [...lone, backup] }), undefined],
  ['one of two, of which the other is off', ipRoute, remove(out, { rows: [...lone, { ...backup, ...off }] }), LAST],
  ['one of two, of which the other leads nowhere', ipRoute, remove(out, { rows: [...lone, { ...backup, inactive: 'true' }] }), LAST],
  ['one of two, of which the other is a black hole', ipRoute, remove(out, { rows: [...lone, { ...backup, blackhole: '' }] }), LAST],
  ['one of two, in another table', ipRoute, remove(out, { rows: [...lone, { ...backup, 'routing-table': 'isp2' }] }), LAST],
  ['the last of IPv6', ipRoute, remove({ ...out, 'dst-address': '::/0' }, { rows: [...lone, { ...out, 'dst-address': '::/0' }] }), LAST],
  ['a backup beside a learned default route', ipRoute, remove(backup, { rows: [dynamicDefault, backup] }), undefined],
  [
    'the only one, which leads nowhere just now',
    ipRoute,
    remove({ ...out, inactive: 'true' }, { rows: [{ ...out, inactive: 'true' }] }),
    LAST,
  ],
  [
    'one that leads nowhere, beside one that does',
    ipRoute,
    remove({ ...backup, inactive: 'true' }, { rows: [out, { ...backup, inactive: 'true' }] }),
    undefined,
  ],
  ['a default route that is off', ipRoute, remove({ ...out, ...off }, { rows: [{ ...out, ...off }] }), undefined],
  ['another route gone', ipRoute, remove(branch, { rows: edgeRoutes }), undefined],
  ['host bits in a new route', ipRoute, add({ 'dst-address': '10.77.0.1/16', gateway: 'ether1' }), /host bits.*10\.77\.0\.0\/16/],
  ['host bits in a changed route', ipRoute, set(branch, { 'dst-address': '10.77.0.1/16' }), /host bits.*10\.77\.0\.0\/16/],
  ['a new route', ipRoute, add({ 'dst-address': '10.77.0.0/16', gateway: 'ether1' }), undefined],

  ['the template that came with the router', bgpTemplate, remove(template), /came with the router/],
  ['another template', bgpTemplate, remove({ '.id': '*7', name: 'new' }), undefined],
];

test.each(REFUSALS)('%s (%o): refused or not', (_what, capability, change, expected) => {
  const refusal = refusalOf(capability, change);
  if (expected === undefined) expect(refusal).toBeUndefined();
  else expect(refusal).toMatch(expected);
});

describe('keys', () => {
  test('a table that forwards and one that only collects may bear one name; two of a sort may not', () => {
    expect(keyed(routingTable, table)).not.toBe(keyed(routingTable, { name: 'isp2' }));
    expect(keyed(routingTable, table)).toBe(keyed(routingTable, { name: 'isp2', fib: 'true', comment: 'other' }));
    expect(keyed(routingTable, { name: 'isp2' })).toBe(keyed(routingTable, { name: 'isp2', disabled: 'true' }));
  });
  test('what RouterOS takes twice has no key', () => {
    expect(ALL.filter(({ key }) => key.length > 0).map(({ id }) => id)).toEqual(['routing-table']);
  });
});

describe('renamed fields are one field', () => {
  test.each([
    ['7.16.2', { 'address-families': 'ip,ipv6', 'input.accept-unknown': 'x' }],
    ['7.20.8', { afi: 'ip,ipv6', 'input.filter-unknown': 'x' }],
  ])('on %s', (version, row) => {
    const { item, extra } = decodeRow(bgpConnection, row, version);
    expect(item).toMatchObject({ afi: ['ip', 'ipv6'], inputFilterUnknown: 'x' });
    expect(extra).toEqual({});
  });
});
