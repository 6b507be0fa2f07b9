import { expect, test } from 'vitest';
import { ping } from '../../src/lib/capability/catalog/ping.ts';
import type { Allowance } from '../../src/lib/index.ts';
import { startWorld, type World } from '../mcp/world.ts';
import { startRig } from './rig.ts';

/** What the reference got wrong in its tools, each shown right here over simulated routers that answer in text, as routers do. */

const device = 'edge-1';
const EVERYTHING: readonly Allowance[] = [
  'advanced-writes',
  'professional-workflows',
  'firewall-writes',
  'routing-writes',
  'dhcp-writes',
  'bridge-writes',
  'wireless-writes',
];

const ask = async (world: World, tool: string, args: Readonly<Record<string, unknown>> = {}) =>
  (await world.call(tool, { device_id: device, ...args })).structured;

test.each([
  ['plan_add_static_route', { dst_address: '10.99.0.0/16', gateway: '10.10.99.2' }, 'apply_routing_plan', '/ip/route', 'rb5009_7.20.6'],
  [
    'plan_create_dhcp_pool',
    { pool_name: 'lab', address_range: '10.77.0.10-10.77.0.50', network: '10.77.0.0/24' },
    'apply_dhcp_plan',
    '/ip/pool',
    'rb5009_7.20.6',
  ],
  [
    'plan_remove_bridge_port',
    { bridge_name: 'bridge', interface: 'ether3' },
    'apply_bridge_plan',
    '/interface/bridge/port',
    'rb5009_7.20.6',
  ],
  ['plan_modify_wireless_ssid', { ssid_id: '*8', ssid: 'Visitors' }, 'apply_wireless_plan', '/interface/wifi', 'hap-ax3_7.22.1'],
  [
    'plan_add_firewall_rule',
    { chain: 'forward', action: 'drop', src_address: '203.0.113.0/24' },
    'apply_firewall_plan',
    '/ip/firewall/filter',
    'rb5009_7.20.6',
  ],
] as const)('what %s planned is refused unapproved, and writes once a person approved it', async (tool, args, apply, menu, recording) => {
  await using world = await startWorld({ specs: [{ recording, name: device }], allow: EVERYTHING });
  const [router] = world.routers;
  const planned = (await world.call(tool, { device_ids: [device], ...args })).structured;
  expect(planned).toMatchObject({ ok: true, planned: true, applied: false });
  expect(JSON.stringify(planned)).not.toMatch(/"(?:approval_)?token"/);
  const planId = String(planned['plan_id']);
  const before = JSON.stringify(router?.rows(menu));
  expect((await world.call(apply, { plan_id: planId })).structured).toMatchObject({ ok: false });
  expect(JSON.stringify(router?.rows(menu))).toBe(before);
  await world.operator.approve(planId, { typedName: device });
  expect((await world.call(apply, { plan_id: planId })).structured).toMatchObject({ ok: true, state: 'completed' });
  expect(JSON.stringify(router?.rows(menu))).not.toBe(before);
});

test('servers that were not named are left alone', async () => {
  await using rig = await startRig();
  const { view } = await rig.fleet.planRecipe({ device, recipe: 'dns-ntp-rollout', input: { dnsServers: ['192.0.2.53'] } });
  expect(view?.plan.targets[0]?.changes.map(({ capability }) => capability)).toEqual(['dns']);
});

test('a healthy router is healthy over REST', async () => {
  await using world = await startWorld();
  expect(await ask(world, 'device_health')).toMatchObject({ ok: true, status: 'up' });
  expect(await ask(world, 'check_connectivity')).toMatchObject({ reachable: true });
});

test('leases that are bound are there, with switches as truth values', async () => {
  await using world = await startWorld();
  const { items } = await ask(world, 'get_dhcp_leases');
  expect(items).toEqual(expect.arrayContaining([expect.objectContaining({ status: 'bound' })]));
  expect(await ask(world, 'get_dhcp_status')).toMatchObject({ data: { leases_bound: 2 } });
});

test('another order of name servers is a change; the same servers are none', async () => {
  await using world = await startWorld({ allow: EVERYTHING });
  expect(await ask(world, 'update_dns_servers', { servers: ['9.9.9.9', '1.1.1.1'], dry_run: true })).toMatchObject({ planned: false });
  expect(await ask(world, 'update_dns_servers', { servers: ['1.1.1.1', '9.9.9.9'], dry_run: true })).toMatchObject({ planned: true });
  const [now] = world.routers[0]?.rows('/system/ntp/client') ?? [];
  const servers = (now?.['servers'] ?? '').split(',').filter(Boolean);
  expect(await ask(world, 'update_ntp_servers', { servers, enabled: now?.['enabled'] === 'true', dry_run: true })).toMatchObject({
    planned: false,
  });
});

test('recent lines of the log are the newest, and topics are chosen before the cut', async () => {
  await using rig = await startRig();
  const { data } = await rig.fleet.view({ device, view: 'recent-logs', input: { limit: 1 } });
  expect(data['logEntries']).toMatchObject([{ id: rig.router.rows('/log').at(-1)?.['.id'] }]);
  const errors = await rig.fleet.view({ device, view: 'recent-logs', input: { limit: 1, topics: 'error' } });
  expect(errors.data['logEntries']).toMatchObject([{ topics: expect.arrayContaining(['error']) }]);
});

test('putting an address on a list twice changes nothing the second time', async () => {
  await using world = await startWorld({ allow: EVERYTHING });
  const entry = { list_name: 'mcp-x', address: '198.51.100.7' };
  expect(await ask(world, 'update_firewall_address_list', entry)).toMatchObject({ ok: true });
  expect(await ask(world, 'update_firewall_address_list', entry)).toMatchObject({ planned: false });
  expect(world.routers[0]?.rows('/ip/firewall/address-list').filter(({ list }) => list === 'mcp-x')).toHaveLength(1);
});

test('a round trip of milliseconds and microseconds is read', () => {
  expect(ping.answer['time']?.kind.decode('13ms532us')).toBe(0.013532);
  expect(ping.summary?.([{ time: 0.013532 }], { target: '192.0.2.1' })).toMatchObject({ avgRttMs: 13.532 });
});

test('a summary of routes holds no table, and tells active from idle', async () => {
  await using world = await startWorld();
  const { data } = await ask(world, 'get_routing_summary');
  expect(data).toMatchObject({ default_routes: [{ active: true }, { active: false }] });
  expect(data).not.toHaveProperty('routes');
});

test('wireless networks of the newer package are seen over REST', async () => {
  await using world = await startWorld({ specs: [{ recording: 'hap-ax3_7.22.1', name: device }] });
  expect(await ask(world, 'get_wireless_interfaces')).toMatchObject({ data: { total_count: 3 } });
  expect(await ask(world, 'get_wireless_clients')).toMatchObject({ data: { clients: [{ signal_dbm: -52 }, { signal_dbm: -71 }] } });
});
