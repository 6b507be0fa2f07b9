import { describe, expect, test } from 'vitest';
import type { Allowance } from '../../src/lib/index.ts';
import { EDGE, type Rig, refusal, startRig, stored } from '../fleet/rig.ts';

const device = 'edge-1';
const WIRELESS_OLD = 'hap-ac2_7.12.1';
const WIRELESS_NEW = 'hap-ax3_7.22.1';
const EVERYTHING: readonly Allowance[] = [
  'advanced-writes',
  'professional-workflows',
  'firewall-writes',
  'routing-writes',
  'dhcp-writes',
  'bridge-writes',
  'wireless-writes',
];
const KEY = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';

const rigOn = (recording: string): Promise<Rig> => startRig({ specs: [{ recording, name: device }], allow: EVERYTHING });
type Input = Readonly<Record<string, unknown>>;
const plan = (rig: Rig, recipe: string, input: Input) => rig.fleet.planRecipe({ device, recipe, input });

async function applyAs(rig: Rig, planId: string): Promise<string> {
  await rig.operator.approve(planId, { typedName: device });
  return (await rig.fleet.apply({ planId })).state;
}

/** What the rows say, without ids: a row that comes back has a new one. */
const said = (rig: Rig, menus: readonly string[]) =>
  Object.values(stored(rig.router, ...menus)).map((rows) =>
    rows.map(({ name, address, comment, chain, disabled }) => ({ name, address, comment, chain, disabled })),
  );

/** Planned, approved, applied, asked for again, and undone. */
describe.each<readonly [string, string, Input]>([
  [EDGE, 'dns-ntp-rollout', { dnsServers: ['192.0.2.53'], ntpServers: ['192.0.2.123'] }],
  [
    EDGE,
    'dhcp-pool-create',
    { poolName: 'lab', addressRange: '10.77.0.10-10.77.0.50', network: '10.77.0.0/24', gateway: '10.77.0.1', dnsServers: ['10.77.0.1'] },
  ],
  [WIRELESS_OLD, 'dhcp-pool-modify', { poolId: '*1', addressRange: '10.60.10.100-10.60.10.150' }],
  [EDGE, 'bridge-settings-modify', { bridgeName: 'bridge', priority: 4_096, ageingTime: '6m' }],
  [WIRELESS_NEW, 'wireless-ssid-modify', { ssidId: '*8', ssid: 'Visitors' }],
  [WIRELESS_OLD, 'wireless-rf-settings', { interface: 'wlan1', channel: 6, band: '2ghz-n', txPower: 17 }],
  [EDGE, 'wireguard-peer-add', { interface: 'wg-hq', publicKey: KEY, allowedAddress: ['10.200.0.50/32'] }],
  [WIRELESS_OLD, 'hardening-baseline', { interfaceList: 'LAN' }],
  [
    EDGE,
    'firewall-rule-add',
    { chain: 'forward', action: 'accept', protocol: 'tcp', dstPort: '443', comment: 'web', afterComment: 'defconf: fasttrack' },
  ],
  [EDGE, 'firewall-rule-modify', { ruleId: '*1B', comment: 'kept for later' }],
  [EDGE, 'address-list-sync', { listName: 'mcp-x', addresses: ['198.51.100.1', '198.51.100.4/30'] }],
  [EDGE, 'address-list-entry', { listName: 'mcp-x', address: '198.51.100.1' }],
  [EDGE, 'secondary-address-add', { address: '10.55.0.1/24', interface: 'bridge' }],
  [EDGE, 'static-route-add', { dstAddress: '10.99.0.0/16', gateway: '10.10.99.2' }],
  [EDGE, 'static-route-add', { dstAddress: '2001:db8:5::/48', gateway: '2001:db8::1' }],
  [EDGE, 'static-route-modify', { routeId: '*1', comment: 'branch one' }],
])('%s: %s %j', (recording, recipe, input) => {
  test('is applied once, needs nothing the second time, and is undone', async () => {
    await using rig = await rigOn(recording);
    const first = await plan(rig, recipe, input);
    if (!first.view) throw new Error('nothing to change');
    const menus = [...new Set(first.view.plan.targets.flatMap(({ changes }) => changes.map(({ menu }) => menu)))];
    const before = said(rig, menus);
    expect(rig.router.requests().filter(({ write }) => write)).toEqual([]);
    expect(await applyAs(rig, first.view.plan.id)).toBe('completed');
    expect(await plan(rig, recipe, input)).toEqual({ planned: false });
    const back = await rig.fleet.rollback(first.view.plan.id);
    expect(await applyAs(rig, back.view?.plan.id ?? '')).toBe('completed');
    expect(said(rig, menus)).toEqual(before);
  });
});

/** Refused with these words, and nothing was written. */
test.each<readonly [string, string, Input, RegExp]>([
  [EDGE, 'dhcp-pool-create', { poolName: 'x', addressRange: '192.168.20.150-192.168.20.250' }, /overlap those of pool pool-iot/],
  [
    EDGE,
    'dhcp-pool-create',
    { poolName: 'x', addressRange: '10.77.0.1-10.77.0.9', network: '10.77.0.0/24', gateway: '10.77.0.5' },
    /lies in the range/,
  ],
  [
    EDGE,
    'dhcp-pool-create',
    { poolName: 'x', addressRange: '10.77.0.1-10.77.0.9', network: '10.77.0.0/24', gateway: '10.78.0.1' },
    /not lie in the network/,
  ],
  [EDGE, 'dhcp-pool-create', { poolName: 'x', addressRange: '10.77.0.10-10.77.1.20', network: '10.77.0.0/24' }, /range does not lie/],
  [EDGE, 'dhcp-pool-create', { poolName: 'x', addressRange: '10.77.0.10-10.77.0.20' }, /network is needed/],
  [EDGE, 'dhcp-pool-create', { poolName: 'x', addressRange: 'some' }, /no range/],
  [
    EDGE,
    'dhcp-pool-create',
    { poolName: 'x', addressRange: '192.168.20.10-192.168.20.20', interface: 'vlan20-iot' },
    /DHCP server already/,
  ],
  [
    EDGE,
    'dhcp-pool-create',
    { poolName: 'x', addressRange: '10.10.99.100-10.10.99.110', interface: 'bridge' },
    /no address in the network/,
  ],
  [EDGE, 'dhcp-pool-remove', { poolId: '*1' }, /in use by a DHCP server/],
  [EDGE, 'dhcp-pool-modify', { poolId: '*1' }, /Nothing is asked/],
  [EDGE, 'dhcp-pool-modify', { poolId: '*77', comment: 'x' }, /No row of ip-pool/],
  [EDGE, 'bridge-port-add', { bridgeName: 'bridge', interface: 'ether1' }, /carries an IP address/],
  [EDGE, 'bridge-port-add', { bridgeName: 'bridge', interface: 'bridge' }, /a bridge is no port/],
  [EDGE, 'bridge-port-add', { bridgeName: 'bridge', interface: 'ether99' }, /no interface of that name/],
  [EDGE, 'bridge-port-add', { bridgeName: 'nope', interface: 'ether1' }, /no bridge of that name/],
  [EDGE, 'bridge-port-remove', { bridgeName: 'bridge', interface: 'ether1' }, /no such port/],
  [EDGE, 'bridge-settings-modify', { bridgeName: 'bridge' }, /Nothing is asked/],
  [EDGE, 'wireless-ssid-create', { ssid: 'x', masterInterface: 'wifi1' }, /no wifi of that name|no wireless package/],
  [WIRELESS_NEW, 'wireless-ssid-create', { ssid: 'x', masterInterface: 'wifi1' }, /no wifi-security of that name/],
  [WIRELESS_NEW, 'wireless-ssid-create', { ssid: 'x', masterInterface: 'wifi-guest', securityProfile: 'sec-main' }, /not a radio/],
  [WIRELESS_NEW, 'wireless-ssid-remove', { ssidId: '*6' }, /it cannot be removed/],
  [WIRELESS_NEW, 'wireless-rf-settings', { interface: 'wifi1', channel: 100 }, /radar/],
  [WIRELESS_OLD, 'wireless-rf-settings', { interface: 'wlan2', channel: 6 }, /does not fit the band/],
  [WIRELESS_OLD, 'wireless-rf-settings', { interface: 'wlan2', band: '5ghz-ax' }, /does not know the band/],
  [WIRELESS_OLD, 'wireless-rf-settings', { interface: 'wlan1', channel: 0, txPower: 0 }, /Nothing is asked/],
  [WIRELESS_OLD, 'wireless-rf-settings', { interface: 'wlan1', txPower: 31 }, /tx-power/],
  [EDGE, 'wireguard-peer-add', { interface: 'wg-hq', publicKey: 'short', allowedAddress: ['10.200.0.50/32'] }, /no WireGuard key/],
  [
    EDGE,
    'wireguard-peer-add',
    { interface: 'wg-hq', publicKey: KEY, allowedAddress: ['10.200.0.9/32'] },
    /already belongs to another peer/,
  ],
  [
    EDGE,
    'wireguard-peer-add',
    { interface: 'wg-hq', publicKey: KEY, allowedAddress: ['10.200.0.50/32'], endpointPort: 13_231 },
    /an address and a port/,
  ],
  [EDGE, 'hardening-baseline', { interfaceList: 'NOPE' }, /no interface-list of that name/],
  [EDGE, 'firewall-rule-add', { chain: 'input', action: 'jump' }, /jump-target/],
  [EDGE, 'firewall-rule-add', { chain: 'forward', action: 'drop', dstPort: '80', protocol: 'icmp' }, /protocol that has ports/],
  [EDGE, 'firewall-rule-add', { chain: 'input', action: 'drop', beforeComment: 'nobody' }, /No rule has that comment/],
  [EDGE, 'firewall-rule-modify', { ruleId: '*4', action: 'jump' }, /jump-target/],
  [EDGE, 'firewall-rule-modify', { ruleId: '*4', dstPort: '80' }, /protocol that has ports/],
  [EDGE, 'address-list-entry', { listName: 'WAN', address: '198.51.100.1' }, /start with mcp-/],
  [EDGE, 'address-list-sync', { listName: 'WAN', addresses: [] }, /start with mcp-/],
  [EDGE, 'secondary-address-add', { address: '192.168.88.77/24', interface: 'ether1' }, /overlaps/],
  [EDGE, 'secondary-address-add', { address: '10.55.0.1/24', interface: 'ether99' }, /no interface of that name/],
  [EDGE, 'static-route-add', { dstAddress: '0.0.0.0/0', gateway: '10.10.99.2' }, /default route/],
  [EDGE, 'static-route-add', { dstAddress: '9.9.9.9/0', gateway: '10.10.99.2' }, /default route/],
  [EDGE, 'static-route-add', { dstAddress: '::/0', gateway: '2001:db8::1' }, /default route/],
  [EDGE, 'static-route-add', { dstAddress: '10.99.0.1/16', gateway: '10.10.99.2' }, /host bits/],
  [EDGE, 'static-route-add', { dstAddress: '10.99.0.0/16', gateway: '2001:db8::1' }, /one family/],
  [EDGE, 'static-route-modify', { routeId: '*1', dstAddress: '0.0.0.0/0' }, /default route/],
  ['chr_7.24', 'static-route-remove', { routeId: '*1' }, /last default route/],
])('%s: %s %j is refused', async (recording, recipe, input, words) => {
  await using rig = await rigOn(recording);
  expect(await refusal(plan(rig, recipe, input))).toMatchObject({ kind: 'input', message: expect.stringMatching(words) });
  expect(rig.router.requests().filter(({ write }) => write)).toEqual([]);
});

test('a pool comes with the server that gives it out', async () => {
  await using rig = await rigOn(EDGE);
  rig.router.edit('/ip/address', undefined, { address: '10.66.0.1/24', interface: 'bridge' });
  const { view } = await plan(rig, 'dhcp-pool-create', {
    poolName: 'lab',
    addressRange: '10.66.0.10-10.66.0.50',
    gateway: '10.66.0.1',
    interface: 'bridge',
  });
  expect(await applyAs(rig, view?.plan.id ?? '')).toBe('completed');
  expect(rig.router.rows('/ip/dhcp-server').at(-1)).toMatchObject({ interface: 'bridge', 'address-pool': 'lab', disabled: 'false' });
  expect(rig.router.rows('/ip/dhcp-server/network').at(-1)).toMatchObject({ address: '10.66.0.0/24', gateway: '10.66.0.1' });
});

test('a network is added on the menu the router has, closed, and is found again', async () => {
  for (const [recording, input, menu, row] of [
    [
      WIRELESS_NEW,
      { ssid: 'Visitors', masterInterface: 'wifi1', securityProfile: 'sec-main' },
      '/interface/wifi',
      { name: 'wifi1-1', 'configuration.ssid': 'Visitors', security: 'sec-main' },
    ],
    [
      WIRELESS_OLD,
      { ssid: 'Visitors', masterInterface: 'wlan1' },
      '/interface/wireless',
      { name: 'wlan1-1', ssid: 'Visitors', 'security-profile': 'default' },
    ],
  ] as const) {
    await using rig = await rigOn(recording);
    const { view } = await plan(rig, 'wireless-ssid-create', input);
    expect(await applyAs(rig, view?.plan.id ?? '')).toBe('completed');
    expect(rig.router.rows(menu).at(-1)).toMatchObject(row);
    expect(await plan(rig, 'wireless-ssid-create', input)).toEqual({ planned: false });
  }
});

test('an open network is refused', async () => {
  await using rig = await rigOn(WIRELESS_OLD);
  rig.router.edit('/interface/wireless/security-profiles', '*0', { mode: 'none' });
  expect(await refusal(plan(rig, 'wireless-ssid-create', { ssid: 'x', masterInterface: 'wlan1' }))).toMatchObject({
    message: expect.stringContaining('open to everybody'),
  });
});

test('hardening switches off what talks in the clear, and never what answers us', async () => {
  await using rig = await rigOn(EDGE);
  const on = () =>
    rig.router
      .rows('/ip/service')
      .filter(({ disabled, connection }) => disabled === 'false' && connection === undefined)
      .map(({ name }) => name);
  for (const id of ['*0', '*1', '*7']) rig.router.edit('/ip/service', id, { disabled: 'false' });
  // The rig comes by plain HTTP.
  const { view } = await plan(rig, 'hardening-baseline', { keepServices: ['ftp'] });
  expect(view?.plan.risk).toBe('high');
  expect(view?.plan.targets[0]?.changes.every(({ secret }) => secret.length === 0)).toBe(true);
  expect(await applyAs(rig, view?.plan.id ?? '')).toBe('completed');
  expect(on()).toEqual(['ftp', 'www', 'ssh', 'www-ssl', 'winbox']);
});

test('a rule behind one that takes everything would never be asked, and is refused', async () => {
  await using rig = await rigOn(EDGE);
  rig.router.edit('/ip/firewall/filter', undefined, { chain: 'forward', action: 'drop', comment: 'drop the rest' });
  const rule = { chain: 'forward', action: 'accept', srcAddress: '10.1.0.0/16' };
  expect(await refusal(plan(rig, 'firewall-rule-add', rule))).toMatchObject({ message: expect.stringContaining('never be asked') });
  const { view } = await plan(rig, 'firewall-rule-add', { ...rule, beforeComment: 'drop the rest' });
  expect(view?.plan.targets[0]?.changes).toMatchObject([
    { verb: 'add', place: { to: rig.router.rows('/ip/firewall/filter').at(-1)?.['.id'] } },
  ]);
});

test('a list becomes exactly what is given: what it lacks is added first, then the rest goes; entries with a time-out stay', async () => {
  await using rig = await rigOn(EDGE);
  rig.router.edit('/ip/firewall/address-list', undefined, { list: 'mcp-x', address: '198.51.100.9' });
  rig.router.edit('/ip/firewall/address-list', undefined, { list: 'mcp-x', address: '198.51.100.8', dynamic: 'true', timeout: '1h' });
  const { view } = await plan(rig, 'address-list-sync', { listName: 'mcp-x', addresses: ['198.51.100.1'] });
  expect(view?.plan.targets[0]?.changes.map(({ verb, before, after }) => [verb, (after ?? before)?.['address']])).toEqual([
    ['add', '198.51.100.1'],
    ['remove', '198.51.100.9'],
  ]);
});

test('the last address of an interface, and the one we come by, stay', async () => {
  await using rig = await rigOn(EDGE);
  const ids = rig.router
    .rows('/ip/address')
    .filter(({ dynamic }) => dynamic !== 'true')
    .map((row) => row['.id'] ?? '');
  for (const addressId of ids.slice(0, 2))
    expect(await refusal(plan(rig, 'secondary-address-remove', { addressId }))).toMatchObject({
      message: expect.stringContaining('last address'),
    });
  rig.router.edit('/ip/address', undefined, { address: '127.0.0.9/8', interface: 'bridge' });
  const own = rig.router.rows('/ip/address').at(-1)?.['.id'];
  expect(await refusal(plan(rig, 'secondary-address-remove', { addressId: own }))).toMatchObject({
    message: expect.stringContaining('We reach the router'),
  });
});
