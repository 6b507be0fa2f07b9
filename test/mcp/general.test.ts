import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registry } from '../../src/mcp/index.ts';
import { startWorld, type World } from './world.ts';

type Row = Readonly<Record<string, unknown>>;

let world: World;
beforeAll(async () => {
  const specs = ['edge-1', 'edge-2', 'edge-3'].map((name) => ({ recording: 'rb5009_7.20.6', name }));
  world = await startWorld({ specs });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const rows = (structured: Row, member: string): readonly Row[] => structured[member] as readonly Row[];

describe('list_devices', () => {
  test('shows what is known, without a word to a router', async () => {
    const asked = world.routers.map((router) => router.requests().length);
    const { structured, text } = await world.call('list_devices');
    expect(rows(structured, 'devices').map(({ name, environment, version }) => ({ name, environment, version }))).toEqual(
      ['edge-1', 'edge-2', 'edge-3'].map((name) => ({ name, environment: 'lab', version: '7.20.6' })),
    );
    expect(world.routers.map((router) => router.requests().length)).toEqual(asked);
    expect(JSON.stringify(structured) + text).not.toContain(world.routers[0]?.password);
  });

  test('filters by environment and tags, and pages', async () => {
    expect((await world.call('list_devices', { environment: 'prod' })).structured).toMatchObject({ total: 0, devices: [] });
    expect((await world.call('list_devices', { tags: ['site=test'] })).structured).toMatchObject({ total: 3 });
    expect((await world.call('list_devices', { tags: ['site=test', 'role=core'] })).structured).toMatchObject({ total: 0 });
    const first = await world.call('list_devices', { limit: 2 });
    const second = await world.call('list_devices', { limit: 2, cursor: first.structured['next_cursor'] });
    expect([...rows(first.structured, 'devices'), ...rows(second.structured, 'devices')].map(({ name }) => name)).toEqual([
      'edge-1',
      'edge-2',
      'edge-3',
    ]);
    expect(second.structured).not.toHaveProperty('next_cursor');
  });
});

describe('a look at one router', () => {
  test('is measured where it answers', async () => {
    const reach = await world.call('check_connectivity', { device_id: 'edge-2' });
    expect(reach.structured).toMatchObject({ ok: true, device: 'edge-2', reachable: true, response_time_ms: expect.any(Number) });
    const health = await world.call('device_health', { device_id: 'edge-2' });
    expect(health.structured).toMatchObject({
      status: 'up',
      health: { cpu_load_percent: expect.any(Number), identity: 'edge-2', uptime_seconds: expect.any(Number) },
    });
  });

  test('says down with the code and nothing measured, never 0', async () => {
    const [, , third] = world.routers;
    third?.fault({ action: { kind: 'answer', status: 401 } });
    const reach = await world.call('check_connectivity', { device_id: 'edge-3' });
    expect(reach).toMatchObject({
      isError: false,
      structured: { reachable: false, response_time_ms: null, failure_code: 'LOGIN_REFUSED' },
    });
    expect(reach.text).toContain('refused the login');
    const health = await world.call('device_health', { device_id: 'edge-3' });
    expect(health.structured).toMatchObject({
      status: 'down',
      health: { cpu_load_percent: null, memory_used_percent: null, uptime_seconds: null },
    });
    third?.clearFaults();
  });
});

describe('every tool that only looks at a router', () => {
  const looks = registry.tools.filter(
    ({ inputSchema, annotations }) => annotations.readOnlyHint && inputSchema.required?.join() === 'device_id',
  );

  test.each(looks.map(({ name }) => [name]))('%s answers for a router that is there', async (name) => {
    const { structured, text } = await world.call(name, { device_id: 'edge-1' });
    expect(structured['ok']).toBe(true);
    expect(text).toContain('edge-1');
  });

  test('is among them', () => {
    expect(looks.length).toBeGreaterThanOrEqual(10);
  });
});

describe('search_capabilities', () => {
  test('finds by menu, topic, words and field names, and names the tools', async () => {
    for (const query of ['dns', '/ip/dns', 'servers names cache', 'allow-remote-requests']) {
      const { structured } = await world.call('search_capabilities', { query });
      expect(rows(structured, 'capabilities')).toContainEqual(
        expect.objectContaining({ id: 'dns', tools: expect.arrayContaining(['get_dns_status']) }),
      );
    }
    const flush = await world.call('search_capabilities', { query: 'flush' });
    expect(rows(flush.structured, 'capabilities')[0]).toMatchObject({ verbs: ['run'], tools: ['flush_dns_cache'] });
    const task = await world.call('search_capabilities', { query: 'dns ntp rollout' });
    expect(rows(task.structured, 'capabilities')).toEqual([expect.objectContaining({ tools: ['config_plan_dns_ntp_rollout'] })]);
    expect((await world.call('search_capabilities', { query: 'zzz' })).structured).toMatchObject({ total: 0 });
    expect(rows((await world.call('search_capabilities')).structured, 'capabilities').length).toBeGreaterThanOrEqual(9);
  });

  test('lists the fields of one, with what they take', async () => {
    const { structured } = await world.call('search_capabilities', { capability: 'ip-address' });
    expect(structured['capability']).toMatchObject({ verbs: ['read', 'add', 'set', 'remove'], key: ['address', 'interface'] });
    expect(rows(structured, 'fields')).toContainEqual(
      expect.objectContaining({ field: 'address', access: 'required', takes: 'an IP address with its prefix length' }),
    );
    expect(rows(structured, 'fields')).toContainEqual(expect.objectContaining({ field: 'network', access: 'read' }));
  });
});

describe('the ledger', () => {
  test('is paged newest first, and new records do not shift a page', async () => {
    for (const server of ['192.0.2.1', '192.0.2.2', '192.0.2.3'])
      await world.call('plan_dns_change', { device_id: 'edge-1', servers: [server] });
    const first = await world.call('get_history', { limit: 2 });
    await world.call('plan_dns_change', { device_id: 'edge-1', servers: ['192.0.2.4'] });
    const second = await world.call('get_history', { limit: 100, cursor: first.structured['next_cursor'] });
    const numbers = [...rows(first.structured, 'records'), ...rows(second.structured, 'records')].map(({ chain_seq }) => chain_seq);
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => numbers.length - index));
    expect(rows(first.structured, 'records')[0]).toMatchObject({ operation: 'plan.create', device: 'edge-1', actor: 'agent:test-client' });
  });

  test('is filtered by router, plan and operation', async () => {
    const { structured: plan } = await world.call('plan_dns_change', { device_id: 'edge-2', servers: ['192.0.2.9'] });
    const byDevice = rows((await world.call('get_history', { device_id: 'edge-2' })).structured, 'records');
    expect(new Set(byDevice.map(({ device }) => device))).toEqual(new Set(['edge-2']));
    expect(rows((await world.call('get_history', { plan_id: plan['plan_id'] })).structured, 'records')).toHaveLength(1);
    const enrolled = rows((await world.call('get_history', { operation: 'device.add' })).structured, 'records');
    expect(enrolled.map(({ device }) => device).toSorted()).toEqual(['edge-1', 'edge-2', 'edge-3']);
  });

  test('is verified', async () => {
    expect((await world.call('verify_ledger')).structured).toMatchObject({ ok: true, intact: true, problems: [], chains: 1 });
  });
});

describe('this server', () => {
  test('echoes, and tells how it is', async () => {
    expect((await world.call('echo', { message: 'hello' })).structured).toEqual({ ok: true, message: 'hello' });
    expect((await world.call('service_health')).structured).toMatchObject({
      acting_as: { id: 'agent:test-client', on_behalf_of: 'user:tester', origin: 'stdio' },
      store: { readable: true },
      devices: { lab: 3, staging: 0, prod: 0 },
    });
  });
});

describe('flush_dns_cache', () => {
  test('runs the command of the router, at once', async () => {
    const { structured, isError } = await world.call('flush_dns_cache', { device_id: 'edge-1' });
    expect({ isError, structured }).toEqual({
      isError: false,
      structured: { ok: true, device: 'edge-1', done: true, total: 0, items: [] },
    });
    expect(world.routers[0]?.requests().map(({ method, path }) => `${method} ${path}`)).toContain('POST /ip/dns/cache/flush');
  });
});
