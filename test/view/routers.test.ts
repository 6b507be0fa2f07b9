import { describe, expect, test } from 'vitest';
import { views } from '../../src/lib/view/index.ts';
import { startRig } from '../fleet/rig.ts';
import { startWorld } from '../mcp/world.ts';

const RECORDINGS = ['hap-ac2_7.12.1', 'hex-poe_7.16.2', 'rb5009_7.20.6', 'hap-ax3_7.22.1', 'chr_7.24'] as const;
const device = 'edge-1';

describe.each(RECORDINGS)('on %s', (recording) => {
  test('every view answers: what the router lacks is said, and nothing is written', async () => {
    await using rig = await startRig({ specs: [{ recording, name: device }] });
    for (const { id } of views) {
      const { data, missing, view, transport } = await rig.fleet.view({ device, view: id });
      expect({ view, transport }).toEqual({ view: id, transport: 'rest' });
      expect(Object.keys(data).length, id).toBeGreaterThan(0);
      expect(JSON.stringify(data)).not.toMatch(/undefined|NaN|Infinity/);
      for (const why of Object.values(missing)) expect(why).toMatch(/^not (?:on|told by) this router: /);
    }
    expect(rig.router.requests().filter(({ write }) => write)).toEqual([]);
  });

  test('the overview has what the router says of itself', async () => {
    await using rig = await startRig({ specs: [{ recording, name: device }] });
    const { data } = await rig.fleet.view({ device, view: 'system-overview' });
    const [resource] = rig.router.rows('/system/resource');
    expect(data).toMatchObject({
      systemIdentity: device,
      hardwareModel: resource?.['board-name'],
      architecture: resource?.['architecture-name'],
    });
    expect(data['routerosVersion']).toBe(rig.router.rows('/system/resource')[0]?.['version']?.split(' ')[0]);
    for (const name of ['cpuUsagePercent', 'memoryTotalBytes', 'uptimeSeconds']) expect(typeof data[name], name).toBe('number');
  });

  test('routes are counted, none of the table comes along', async () => {
    await using rig = await startRig({ specs: [{ recording, name: device }] });
    const { data } = await rig.fleet.view({ device, view: 'routing-summary' });
    const rows = rig.router.rows('/ip/route');
    expect(data['ipv4']).toMatchObject({ total: rows.length, static: rows.filter((row) => row['static'] === 'true').length });
    expect(data['defaultRoutes']).toHaveLength(rows.filter((row) => row['dst-address'] === '0.0.0.0/0').length);
    expect(Object.keys(data)).toEqual(['ipv4', 'defaultRoutes', 'ipv6', 'defaultRoutesV6']);
  });
});

test('a long log is read from its end', async () => {
  await using rig = await startRig();
  for (let nth = 0; nth < 1_200; nth += 1)
    rig.router.edit('/log', undefined, {
      time: `2026-11-23 00:00:${String(nth).padStart(4, '0')}`,
      topics: 'script,info',
      message: `line ${nth}`,
    });
  const { data } = await rig.fleet.view({ device, view: 'recent-logs', input: { limit: 2, topics: 'script' } });
  expect(data['logEntries']).toMatchObject([{ message: 'line 1199' }, { message: 'line 1198' }]);
  expect(data['searched']).toBe(1_000);
});

test('counting pulls no row: the table is never asked for whole', async () => {
  await using rig = await startRig();
  const before = rig.router.requests().length;
  await rig.fleet.view({ device, view: 'routing-summary' });
  const asked = rig.router
    .requests()
    .slice(before)
    .filter(({ path }) => path.startsWith('/ip/route'));
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter(({ method, path }) => method === 'GET' && !path.includes('dst-address='))).toEqual([]);
});

test('what a view does not know is refused by name, before anything is sent', async () => {
  await using rig = await startRig();
  const before = rig.router.requests().length;
  await expect(rig.fleet.view({ device, view: 'no-such' })).rejects.toMatchObject({ code: 'UNKNOWN_CAPABILITY' });
  await expect(rig.fleet.view({ device, view: 'system-overview', input: { nope: 1 } })).rejects.toMatchObject({ code: 'UNKNOWN_FIELD' });
  await expect(rig.fleet.view({ device: 'nobody', view: 'system-overview' })).rejects.toMatchObject({ code: 'UNKNOWN_DEVICE' });
  expect(rig.router.requests().length).toBe(before);
});

test('a part the router refuses is missing with the reason; the others are there', async () => {
  await using rig = await startRig();
  await rig.router.fault({ path: '/system/health', action: { kind: 'answer', status: 400, detail: 'failure: not now' } });
  const { data, missing } = await rig.fleet.view({ device, view: 'system-overview' });
  expect(missing['health']).toMatch(/^not told by this router/);
  expect(data).toMatchObject({ systemIdentity: device, temperatureCelsius: null });
});

test('the tools of views answer what their schemas say, with names in snake_case', async () => {
  await using world = await startWorld();
  for (const { tool } of views) {
    if (tool === undefined) continue;
    const { structured } = await world.call(tool, { device_id: device });
    expect(structured, tool).toMatchObject({ ok: true, device: { name: device } });
  }
  const { structured } = await world.call('get_interface_stats', { device_id: device, interface_names: ['ether1', 'nope'] });
  expect(structured).toMatchObject({ data: { stats: [{ name: 'ether1' }], not_measured: [{ name: 'nope' }] } });
});
