import { describe, expect, test } from 'vitest';
import { registry } from '../../src/mcp/index.ts';
import type { SimulatedRouter } from '../../src/simulator/index.ts';
import { startWorld, type World } from '../mcp/world.ts';

/** More of what the reference got wrong in its tools: what a call costs the router, what reaches it, and who is said to have called. */

const device = 'edge-1';
const WIFI = 'hap-ax3_7.22.1';

const routerOf = ({ routers }: World): SimulatedRouter => {
  const [router] = routers;
  if (!router) throw new Error('no router');
  return router;
};

/** What a tool asks of the router, once the router is known. */
async function requestsOf(
  world: World,
  tool: string,
  args: Readonly<Record<string, unknown>> = { device_id: device },
): Promise<readonly string[]> {
  await world.call('get_system_overview', { device_id: device });
  const before = routerOf(world).requests().length;
  expect((await world.call(tool, args)).structured).toMatchObject({ ok: true });
  return routerOf(world)
    .requests()
    .slice(before)
    .map(({ path }) => path.replace(/\?.*/, ''));
}

/** A tool, and the most it may ask: counts of routes by kind are many small questions, each answered with a number. */
const MOST: readonly (readonly [string, number])[] = [
  ['get_interface_stats', 2],
  ['list_interfaces', 1],
  ['list_bridges', 1],
  ['get_dhcp_leases', 2],
  ['get_dhcp_status', 8],
  ['get_routing_summary', 20],
];

describe('a look costs the same number of requests, however many rows the router has', () => {
  test.each(MOST)('%s', async (tool, most) => {
    await using world = await startWorld();
    const few = await requestsOf(world, tool);
    for (let number = 300; number < 330; number += 1) {
      const name = `vlan${number}-customer`;
      routerOf(world).edit('/interface/vlan', undefined, { name, interface: 'bridge', 'vlan-id': String(number), running: 'true' });
      const lease = { address: `192.168.88.${number - 150}`, 'mac-address': `02:00:00:00:01:${number - 290}` };
      routerOf(world).edit('/ip/dhcp-server/lease', undefined, lease);
    }
    expect(await requestsOf(world, tool)).toEqual(few);
    expect(few.length).toBeGreaterThan(0);
    expect(few.length).toBeLessThanOrEqual(most);
  });

  test('the list of routers asks none of them', async () => {
    await using world = await startWorld({ specs: [{ recording: 'rb5009_7.20.6' }, { recording: WIFI }] });
    const before = world.routers.map((router) => router.requests().length);
    expect((await world.call('list_devices')).structured).toMatchObject({ ok: true });
    expect(world.routers.map((router) => router.requests().length)).toEqual(before);
  });

  test('a wireless read does not look for the controller of the package that is not there', async () => {
    await using world = await startWorld({ specs: [{ recording: WIFI, name: device }] });
    for (const tool of ['get_wireless_interfaces', 'get_wireless_clients']) {
      const asked = await requestsOf(world, tool);
      expect(asked.filter((path) => path.startsWith('/caps-man'))).toEqual([]);
      expect(asked.length).toBeLessThanOrEqual(5);
    }
  });

  test('one request at a time, however many tools are called at once', async () => {
    await using world = await startWorld();
    await Promise.all(
      ['get_interface_stats', 'get_dhcp_status', 'list_interfaces', 'get_routing_summary'].map((tool) =>
        world.call(tool, { device_id: device }),
      ),
    );
    expect(routerOf(world).maxInFlight).toBe(1);
  });
});

describe('what is asked for is a value, never a line of commands', () => {
  test.each<readonly [string, Readonly<Record<string, unknown>>]>([
    ['traceroute', { address: '1.1.1.1; /system/reset-configuration' }],
    ['traceroute', { target: '1.1.1.1; /system/reset-configuration' }],
    ['ping', { address: '1.1.1.1\n/system reboot' }],
    ['ping', { target: '1.1.1.1 count=1] /system reboot' }],
  ])('%s %j', async (tool, args) => {
    await using world = await startWorld({ allow: ['advanced-writes', 'professional-workflows'] });
    const before = routerOf(world).requests().length;
    expect((await world.call(tool, { device_id: device, ...args })).structured).toMatchObject({ ok: false });
    expect(
      routerOf(world)
        .requests()
        .slice(before)
        .filter(({ body }) => /reset|reboot/.test(body)),
    ).toEqual([]);
  });
});

test('no tool lets its caller say who calls or approves', () => {
  const named = registry.tools.flatMap(({ name, params }) => Object.keys(params).map((param) => `${name}.${param}`));
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter((one) => /(?:created|approved|triggered|applied|rejected|requested)_by|actor|approver|on_behalf/.test(one))).toEqual(
    [],
  );
});

test('what could not be read is said to be missing, and is no measurement of nought', async () => {
  await using world = await startWorld();
  await world.call('get_system_overview', { device_id: device });
  await routerOf(world).fault({ action: { kind: 'answer', status: 500, detail: 'failure' } });
  const { structured } = await world.call('get_interface_stats', { device_id: device });
  expect(structured).toMatchObject({ missing: { interfaces: expect.stringContaining('ROUTER_FAULT') }, data: { stats: [] } });
});
