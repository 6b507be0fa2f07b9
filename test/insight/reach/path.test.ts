import { describe, expect, test } from 'vitest';
import type { Row } from '../../../src/lib/client/types.ts';
import { reachAfter, worsened } from '../../../src/lib/insight/reach/after.ts';
import { criticalIds, criticalRows } from '../../../src/lib/insight/reach/critical.ts';
import { predictReach } from '../../../src/lib/insight/reach/predict.ts';
import { capabilityOf } from '../../laws/subjects.ts';
import { menuOf } from './rig.ts';
import { rules, SMALL, verdict, worldWith } from './worlds.ts';

type Change = Readonly<Record<string, (rows: readonly Row[]) => readonly Row[]>>;

/** Fields of one row set anew. */
const set =
  (id: string, values: Row) =>
  (rows: readonly Row[]): readonly Row[] =>
    rows.map((row) => (row['.id'] === id ? { ...row, ...values } : row));
const remove = (id: string) => (rows: readonly Row[]) => rows.filter((row) => row['.id'] !== id);
const add = (values: Row) => (rows: readonly Row[]) => [...rows, { '.id': '#0', ...values }];

/** What becomes of the small router under a plan. */
function planned(change: Change, before = worldWith()) {
  const menus = Object.entries(change).map(([id, make]) => [id, menuOf(id, make(SMALL[id] ?? []), '7.20.6')] as const);
  return reachAfter(before, new Map(menus));
}

test('the small router lets us in', () => {
  expect(verdict(worldWith())).toBe('yes');
  expect(verdict(worldWith(), 'ssh')).toBe('yes');
});

describe('a plan, and whether we come in again over REST and SSH', () => {
  test.each<[string, Change, string, string]>([
    ['the service is switched off', { 'ip-service': set('*1', { disabled: 'true' }) }, 'no', 'yes'],
    ['it gets another port', { 'ip-service': set('*1', { port: '8080' }) }, 'no', 'yes'],
    ['it takes others only', { 'ip-service': set('*2', { address: '203.0.113.0/24' }) }, 'yes', 'no'],
    ['it takes us among others', { 'ip-service': set('*1', { address: '203.0.113.0/24,192.0.2.20/32' }) }, 'yes', 'yes'],
    [
      'it listens in another VRF',
      { 'ip-service': set('*1', { vrf: 'away' }), 'ip-vrf': add({ name: 'away', interfaces: 'ether1' }) },
      'no',
      'yes',
    ],
    ['our interface goes to another VRF', { 'ip-vrf': add({ name: 'away', interfaces: 'mgmt' }) }, 'no', 'no'],
    ['its list goes there', { 'ip-vrf': add({ name: 'away', interfaces: 'LAN' }) }, 'no', 'no'],
    ['our account takes logins from elsewhere', { user: set('*1', { address: '203.0.113.0/24' }) }, 'no', 'no'],
    ['our account is switched off', { user: set('*1', { disabled: 'true' }) }, 'no', 'no'],
    ['the address is switched off', { 'ip-address': set('*1', { disabled: 'true' }) }, 'no', 'no'],
    ['the address is gone', { 'ip-address': remove('*1') }, 'no', 'no'],
    ['the address is another', { 'ip-address': set('*1', { address: '192.0.2.9/24' }) }, 'no', 'no'],
    ['another address is gone', { 'ip-address': remove('*2') }, 'yes', 'yes'],
    ['the address moves', { 'ip-address': set('*1', { interface: 'ether1' }) }, 'unknown', 'unknown'],
    ['the network gets too small for us', { 'ip-address': set('*1', { address: '192.0.2.1/28' }) }, 'unknown', 'unknown'],
    ['answers go elsewhere', { 'ip-route': add({ 'dst-address': '192.0.2.20/32', gateway: 'ether1' }) }, 'unknown', 'unknown'],
    ['answers go nowhere', { 'ip-route': add({ 'dst-address': '192.0.2.20/32', blackhole: '' }) }, 'no', 'no'],
    ['a route to others', { 'ip-route': add({ 'dst-address': '203.0.113.0/24', gateway: 'ether1' }) }, 'yes', 'yes'],
    [
      'a rule of routing takes answers away',
      { 'routing-rule': add({ 'dst-address': '192.0.2.0/24', action: 'lookup', table: 'away' }) },
      'unknown',
      'unknown',
    ],
    ['one for others', { 'routing-rule': add({ 'dst-address': '203.0.113.0/24', action: 'drop' }) }, 'yes', 'yes'],
    ['our interface is switched off', { interface: set('*4', { disabled: 'true' }) }, 'no', 'no'],
    ['in the menu of its kind', { vlan: set('*4', { disabled: 'true' }) }, 'no', 'no'],
    ['another one is', { interface: set('*1', { disabled: 'true' }) }, 'yes', 'yes'],
    ['the bridge below is switched off', { bridge: set('*3', { disabled: 'true' }) }, 'no', 'no'],
    ['the bridge below is gone', { bridge: remove('*3') }, 'no', 'no'],
    ['our VLAN is gone', { vlan: remove('*4') }, 'no', 'no'],
    ['our VLAN is another', { vlan: set('*4', { 'vlan-id': '98' }) }, 'no', 'no'],
    ['our VLAN stands elsewhere', { vlan: set('*4', { interface: 'ether1' }) }, 'unknown', 'unknown'],
    ['our port is switched off', { interface: set('*2', { disabled: 'true' }) }, 'no', 'no'],
    ['in the menu of Ethernet', { ethernet: add({ '.id': '*2', name: 'ether2', disabled: 'true' }) }, 'no', 'no'],
    [
      'our port changes its speed',
      {
        ethernet: () => [
          { '.id': '*1', name: 'ether1' },
          { '.id': '*2', name: 'ether2', speed: '10M-baseT-half' },
        ],
      },
      'unknown',
      'unknown',
    ],
    ['our port leaves the bridge', { 'bridge-port': remove('*1') }, 'no', 'no'],
    ['our port sleeps', { 'bridge-port': set('*1', { disabled: 'true' }) }, 'no', 'no'],
    ['our port goes to another bridge', { 'bridge-port': set('*1', { bridge: 'other' }) }, 'no', 'no'],
    ['our port goes to another VLAN', { 'bridge-port': set('*1', { pvid: '7' }) }, 'no', 'no'],
    ['our port takes tagged frames only', { 'bridge-port': set('*1', { 'frame-types': 'admit-only-vlan-tagged' }) }, 'no', 'no'],
    ['the bridge is no member of our VLAN', { 'bridge-vlan': set('*1', { tagged: 'ether1' }) }, 'no', 'no'],
    ['nobody carries our VLAN', { 'bridge-vlan': set('*1', { disabled: 'true' }) }, 'no', 'no'],
    ['the row is for other VLANs', { 'bridge-vlan': set('*1', { 'vlan-ids': '90-98' }) }, 'no', 'no'],
    ['the bridge no longer looks at VLANs', { bridge: set('*3', { 'vlan-filtering': 'false' }) }, 'unknown', 'unknown'],
    ['an interface has another name', { vlan: set('*4', { name: 'management' }) }, 'unknown', 'unknown'],
    ['a list has another name', { 'interface-list': set('*10', { name: 'HOME' }) }, 'unknown', 'unknown'],
  ])('%s', (_what, change, rest, ssh) => {
    const world = planned(change);
    expect([verdict(world), verdict(world, 'ssh')]).toEqual([rest, ssh]);
  });
});

describe('what is changed counts where rules ask for it', () => {
  const guarded = (row: Row) => worldWith(rules({ action: 'accept', ...row }, {}));

  test('the members of a list of interfaces', () => {
    const before = guarded({ 'in-interface-list': 'LAN' });
    expect(verdict(before)).toBe('yes');
    expect(verdict(planned({ 'interface-list-member': remove('*1') }, before))).toBe('no');
    expect(verdict(planned({ 'interface-list-member': set('*1', { disabled: 'true' }) }, before))).toBe('no');
    expect(verdict(planned({ 'interface-list': set('*10', { exclude: 'WAN' }) }, before))).toBe('yes');
  });

  test('the entries of an address list, all of which the plan has', () => {
    const before = { ...guarded({ 'src-address-list': 'ours' }), lists: new Set(['ours']) };
    expect(verdict(planned({ 'firewall-address-list': remove('*1') }, before))).toBe('no');
    expect(verdict(planned({ 'firewall-address-list': add({ list: 'ours', address: '203.0.113.9' }) }, before))).toBe('yes');
    const other = worldWith(rules({ 'src-address-list': 'others' }), { lists: new Set<string>() });
    expect(verdict(other)).toBe('unknown');
    expect(verdict(planned({ 'firewall-address-list': add({ list: 'others', address: '192.0.2.20' }) }, other))).toBe('no');
  });

  test('a menu that could not be read is known when the plan has it', () => {
    const before = worldWith({}, { unread: new Set(['firewall-filter']) });
    const menus = new Map([['firewall-filter', menuOf('firewall-filter', rules({})['firewall-filter'] ?? [], '7.20.6')]]);
    expect(verdict(reachAfter(before, menus))).toBe('no');
  });

  test('a menu that stays as it is changes nothing', () => {
    const same = reachAfter(worldWith(), new Map([['vlan', menuOf('vlan', SMALL['vlan'] ?? [], '7.20.6')]]));
    expect([...same.touched]).toEqual([]);
  });

  test('the certificate of the secure service', () => {
    const www = { '.id': '*1', name: 'www-ssl', port: '443', certificate: 'one' };
    const before = worldWith({ 'ip-service': [www] }, { secure: true, ports: { rest: 443 }, certificate: 'one' });
    expect(verdict(before)).toBe('yes');
    expect(verdict(planned({ 'ip-service': () => [{ ...www, certificate: 'two' }] }, before))).toBe('unknown');
  });
});

describe('ways that are known less well', () => {
  const trunk = { ways: [{ source: '192.0.2.20', destination: '192.0.2.1', interface: 'mgmt' }] };

  test('without a port, one that is taken away may be ours', () => {
    expect(verdict(planned({ 'bridge-port': remove('*1') }, worldWith({}, trunk)))).toBe('unknown');
    expect(verdict(planned({ interface: set('*2', { disabled: 'true' }) }, worldWith({}, trunk)))).toBe('unknown');
    expect(verdict(planned({ interface: set('*1', { disabled: 'true' }) }, worldWith({}, trunk)))).toBe('yes');
    expect(verdict(planned({ vlan: set('*4', { 'vlan-id': '98' }) }, worldWith({}, trunk)))).toBe('unknown');
  });

  test('without an interface, whatever moves packets may be our way', () => {
    const blind = worldWith({}, { ways: [{ source: '192.0.2.20', destination: '192.0.2.1' }] });
    expect(verdict(planned({ interface: set('*4', { disabled: 'true' }) }, blind))).toBe('unknown');
    expect(verdict(planned({ 'ip-route': remove('*1') }, blind))).toBe('unknown');
    expect(verdict(planned({ 'ip-service': set('*2', { port: '2222' }) }, blind))).toBe('yes');
  });

  test('a tunnel takes what its peers may send, and what it stands on is not judged', () => {
    const tunnel = {
      interface: [...(SMALL['interface'] ?? []), { '.id': '*5', name: 'wg1', type: 'wg', running: 'true' }],
      'ip-address': [{ '.id': '*1', address: '192.0.2.1/24', interface: 'wg1' }],
      'wireguard-peers': [{ '.id': '*1', interface: 'wg1', 'allowed-address': '192.0.2.0/24' }],
    };
    const ways = [{ source: '192.0.2.20', destination: '192.0.2.1', interface: 'wg1' }];
    const before = worldWith(tunnel, { ways });
    expect(verdict(before)).toBe('yes');
    const others = { 'wireguard-peers': [{ '.id': '*1', interface: 'wg1', 'allowed-address': '203.0.113.0/24' }] };
    expect(verdict(worldWith({ ...tunnel, ...others }, { ways }))).toBe('no');
    expect(
      verdict(
        planned({ interface: () => tunnel.interface.map((row) => (row['.id'] === '*1' ? { ...row, disabled: 'true' } : row)) }, before),
      ),
    ).toBe('unknown');
    expect(verdict(worldWith({ ...tunnel, ...rules({}) }, { ways }))).toBe('no');
  });

  test('a port that is called and not known', () => {
    expect(verdict(worldWith({}, { ports: { ssh: 22 } }))).toBe('unknown');
    // Refused all the same, whatever the port is.
    expect(verdict(worldWith(rules({ 'src-address': '192.0.2.20' }), { ports: {} }))).toBe('no');
  });

  test('an inactive route that a change may wake', () => {
    const sleeping = { 'ip-route': [{ '.id': '*1', 'dst-address': '192.0.2.20/32', gateway: '203.0.113.1', inactive: 'true' }] };
    expect(verdict(worldWith(sleeping))).toBe('yes');
    const awake = {
      'ip-address': menuOf(
        'ip-address',
        [...(SMALL['ip-address'] ?? []), { '.id': '#0', address: '203.0.113.2/24', interface: 'ether1' }],
        '7.20.6',
      ),
    };
    expect(verdict(reachAfter(worldWith(sleeping), new Map(Object.entries(awake))))).toBe('unknown');
  });
});

test('only a proof that the plan itself brings about is its fault', () => {
  const reach = (said: 'yes' | 'no' | 'unknown') => ({ transport: 'rest' as const, verdict: said, why: '' });
  const bad = (['yes', 'unknown', 'no'] as const).flatMap((before) =>
    (['yes', 'unknown', 'no'] as const).flatMap((then) => (worsened(reach(before), reach(then)) ? [`${before} -> ${then}`] : [])),
  );
  expect(bad).toEqual(['yes -> no', 'unknown -> no']);
});

describe('what a plan watches', () => {
  const guarded = worldWith({
    ...rules(
      { action: 'jump', 'jump-target': 'mine' },
      { chain: 'forward' },
      { chain: 'mine', action: 'accept', 'src-address-list': 'ours' },
      { action: 'accept', 'in-interface-list': 'LAN' },
      { chain: 'elsewhere' },
    ),
    'firewall-raw': [{ '.id': '*7', chain: 'prerouting', action: 'accept' }],
    'bridge-vlan': [...(SMALL['bridge-vlan'] ?? []), { '.id': '*2', bridge: 'bridge', 'vlan-ids': '7', tagged: 'ether1' }],
  });

  test('the rows our way hangs on, and no others', () => {
    expect(Object.fromEntries(criticalRows(guarded).map(({ capability, ids }) => [capability, ids]))).toEqual({
      'ip-service': ['*1', '*2'],
      user: ['*1'],
      interface: ['*2', '*3', '*4'],
      vlan: ['*4'],
      bridge: ['*3'],
      'bridge-port': ['*1'],
      'bridge-vlan': ['*1'],
      'interface-list': ['*10'],
      'interface-list-member': ['*1'],
      'ip-address': ['*1'],
      'ip-route': ['*1'],
      'firewall-raw': ['*7'],
      'firewall-filter': ['*1', '*3', '*4'],
      'firewall-address-list': ['*1'],
    });
  });

  test('never dynamic rows', () => {
    const learned = worldWith({
      'ip-route': [{ '.id': '*80000001', 'dst-address': '0.0.0.0/0', gateway: '198.51.100.254', dynamic: 'true' }],
    });
    expect(criticalIds(learned, capabilityOf('ip-route'))).toEqual([]);
    expect(criticalIds(learned, capabilityOf('dns'))).toEqual([]);
  });
});

test('a prediction says which row is in the way', () => {
  const said = predictReach(planned({ vlan: set('*4', { disabled: 'true', comment: 'management' }) }), 'rest');
  expect(said).toEqual({ transport: 'rest', verdict: 'no', why: 'An interface of our way is switched off.', rule: 'mgmt' });
});
