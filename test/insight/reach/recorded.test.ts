import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RouterError, UnreachableError } from '../../../src/lib/core/errors.ts';
import { reachAfter, worsened } from '../../../src/lib/insight/reach/after.ts';
import { CRITICAL, criticalRows } from '../../../src/lib/insight/reach/critical.ts';
import { predictReach } from '../../../src/lib/insight/reach/predict.ts';
import { readReachWorld } from '../../../src/lib/insight/reach/read.ts';
import { recordedRouters } from '../../../src/simulator/fixtures.ts';
import { type RouterSpec, type SimulatedRouter, type Simulator, startSimulator } from '../../../src/simulator/index.ts';
import { connects, factsOf, isLetIn, menusOf, worldOf } from './rig.ts';

let simulator: Simulator;
const start = async (spec: RouterSpec): Promise<SimulatedRouter> => {
  simulator = await startSimulator({ specs: [spec] });
  const [router] = simulator.routers;
  if (!router) throw new Error('no router');
  return router;
};

describe.each(recordedRouters())('%s', (recording) => {
  let router: SimulatedRouter;
  beforeEach(async () => {
    router = await start({ recording });
  });
  afterEach(() => simulator.close());

  test('lets us in, as is foretold, over both transports', async () => {
    const world = await worldOf(router);
    expect(world.ways.map(({ source }) => source)).toContain('10.10.99.20');
    expect(world.ways.every((way) => way.interface !== undefined)).toBe(true);
    expect([...world.unread]).toEqual([]);
    expect([predictReach(world, 'rest').verdict, predictReach(world, 'ssh').verdict]).toEqual(['yes', 'yes']);
    expect(await connects(router, 5_000)).toBe(true);
  });

  test('the rule that shuts us out is foretold, and named', async () => {
    const world = await worldOf(router);
    const before = predictReach(world, 'rest');
    const first = router.rows('/ip/firewall/filter').find((row) => row['dynamic'] !== 'true');
    router.edit('/ip/firewall/filter', undefined, { chain: 'input', action: 'drop', 'src-address': '10.10.99.0/24', comment: 'shut' });
    // The row is at the end; what was there before lets us in, so that it is taken away.
    for (const row of router.rows('/ip/firewall/filter')) {
      if (row['chain'] === 'input' && row['comment'] !== 'shut') router.edit('/ip/firewall/filter', row['.id'], { disabled: 'true' });
    }
    const after = predictReach(reachAfter(world, menusOf(router, 'firewall-filter')), 'rest');
    expect(first).toBeDefined();
    expect(after).toMatchObject({ verdict: 'no', rule: 'shut' });
    expect(worsened(before, after)).toBe(true);
    expect(await isLetIn(router)).toBe(false);
  });

  test('what it watches is bounded, there, and set by hand', async () => {
    const world = await worldOf(router);
    const watched = criticalRows(world);
    expect(watched.length).toBeGreaterThan(5);
    for (const { capability, ids } of watched) {
      const menu = CRITICAL.find(({ id }) => id === capability)?.menu ?? '';
      const rows = router.rows(menu);
      expect(ids.length).toBeLessThan(20);
      expect(ids.every((id) => rows.some((row) => row['.id'] === id && row['dynamic'] !== 'true'))).toBe(true);
    }
  });
});

describe('reading', () => {
  let router: SimulatedRouter;
  beforeEach(async () => {
    router = await start({ recording: 'rb5009_7.20.6' });
  });
  afterEach(() => simulator.close());

  test('costs some thirty requests, and never the whole of a large menu', async () => {
    await worldOf(router);
    const asked = router.requests().filter(({ path }) => !path.startsWith('/rest/system'));
    expect(asked.length).toBeLessThanOrEqual(32);
    expect(router.requests().some(({ write }) => write)).toBe(false);
  });

  test('a menu that is refused makes it unknown', async () => {
    await router.fault({ path: '/ip/firewall/raw', action: { kind: 'answer', status: 500, detail: 'not allowed (9)' } });
    const world = await worldOf(router);
    expect([...world.unread]).toEqual(['firewall-raw']);
    expect(predictReach(world, 'rest').verdict).toBe('unknown');
  });

  test('a line that broke is an error', async () => {
    const broken = { read: () => Promise.reject(new UnreachableError('Nobody answers.')) };
    const device = { address: router.url, username: 'x', facts: await factsOf(router) };
    await expect(readReachWorld(broken, { device })).rejects.toThrow(UnreachableError);
    const mute = { read: () => Promise.reject(new RouterError('Refused.')) };
    expect(predictReach(await readReachWorld(mute, { device }), 'rest').verdict).toBe('unknown');
  });

  test('the port of the bridge behind which we are', async () => {
    router.edit('/ip/arp', undefined, { address: '10.10.99.20', interface: 'vlan99-mgmt', 'mac-address': '02:00:00:00:00:20' });
    router.edit('/interface/bridge/host', undefined, {
      bridge: 'bridge',
      'on-interface': 'sfp-sfpplus1',
      'mac-address': '02:00:00:00:00:20',
    });
    expect((await worldOf(router)).ways).toEqual([
      { source: '10.10.99.20', destination: '10.10.99.1', interface: 'vlan99-mgmt', port: 'sfp-sfpplus1' },
    ]);
  });

  test('a port that cannot be ours is not believed: we are in', async () => {
    router.edit('/ip/arp', undefined, { address: '10.10.99.20', interface: 'vlan99-mgmt', 'mac-address': '02:00:00:00:00:20' });
    // It carries VLAN 10 only.
    router.edit('/interface/bridge/host', undefined, { bridge: 'bridge', 'on-interface': 'ether2', 'mac-address': '02:00:00:00:00:20' });
    expect((await worldOf(router)).ways).toEqual([{ source: '10.10.99.20', destination: '10.10.99.1', interface: 'vlan99-mgmt' }]);
  });
});

test('which of its addresses is called, from the connections it follows', async () => {
  const router = await start({ recording: 'chr_7.24' });
  const all = (await worldOf(router)).ways.map(({ destination }) => destination);
  router.edit('/ip/firewall/connection', undefined, {
    protocol: 'tcp',
    'src-address': '10.10.99.20:50000',
    'dst-address': '10.10.99.4:80',
  });
  const told = (await worldOf(router)).ways.map(({ destination }) => destination);
  expect([all.length, told]).toEqual([4, ['10.10.99.4']]);
  await simulator.close();
});

test('behind a default route, learned routes leave our interface open', async () => {
  const router = await start({ recording: 'chr_7.24', management: { source: '198.18.0.9', interface: 'ether3' } });
  router.edit('/ip/service', '*2', { 'available-from': '' });
  const world = await worldOf(router);
  expect(world.ways.map((way) => [way.source, way.interface])).toEqual(Array(4).fill(['198.18.0.9', undefined]));
  await simulator.close();
});
