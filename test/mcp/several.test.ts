import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_TOKENS, estimateTokens } from '../../src/mcp/budget.ts';
import { startWorld, UNGUARDED, type World, type WorldOptions } from './world.ts';

type Row = Readonly<Record<string, unknown>>;

const EDGE = 'rb5009_7.20.6';
const ALLOWED = ['advanced-writes', 'professional-workflows', 'firewall-writes'] as const;
const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `edge-${at + 1}`);

let world: World;
const open = async (count: number, more: WorldOptions = {}): Promise<void> => {
  world = await startWorld({
    allow: ALLOWED,
    specs: names(count).map((name) => ({ recording: EDGE, name })),
    settings: UNGUARDED,
    ...more,
  });
};
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

const rows = (structured: Row, member: string): readonly Row[] => structured[member] as readonly Row[];
const setDns = { capability: 'dns', verb: 'set', values: ['servers=192.0.2.53'] };

describe('several routers', () => {
  test('are one plan, wave by wave, with the checks that were asked for', async () => {
    await open(4);
    const { structured, text } = await world.call('plan_change', {
      ...setDns,
      device_ids: names(4),
      waves: '1,2',
      budget: 1,
      on_stop: 'keep',
      checks: ['dns servers=192.0.2.53'],
      soak_seconds: 1,
    });
    expect(structured).toMatchObject({
      planned: true,
      state: 'review',
      changes_total: 4,
      checks: ['dns servers=192.0.2.53'],
      soak_seconds: 1,
      rollout: { waves: [1, 2, 1], budget: 1, on_stop: 'keep' },
      states: { review: 4 },
    });
    expect(rows(structured, 'targets').map(({ device, wave }) => `${device} ${wave}`)).toEqual([
      'edge-1 1',
      'edge-2 2',
      'edge-3 2',
      'edge-4 3',
    ]);
    expect(rows((await world.call('list_plans')).structured, 'plans')).toHaveLength(1);
    expect(text).toContain('Rollout: waves of 1, 2, 1; stops when more than 1 fail, then keep.');
    expect(text).toContain('Checks: "dns servers=192.0.2.53"');

    await world.operator.approve(String(structured['plan_id']));
    const done = await world.call('apply_plan', { plan_id: structured['plan_id'], wait_seconds: 120 });
    expect(done.structured).toMatchObject({ applied: true, state: 'completed', states: { completed: 4 } });
    expect(world.routers.map((router) => router.rows('/ip/dns')[0]?.['servers'])).toEqual(names(4).map(() => '192.0.2.53'));
  }, 30_000);

  test('that cannot be planned, or are so already, are left out and named with the reason', async () => {
    await open(3);
    world.routers[1]?.edit('/ip/dns', undefined, { servers: '192.0.2.53' });
    world.routers[2]?.fault({ action: { kind: 'answer', status: 401 } });
    for (const [tool, args] of [
      ['plan_change', setDns],
      ['config_plan_dns_ntp_rollout', { dns_servers: ['192.0.2.53'] }],
      ['plan_recipe', { recipe: 'dns-ntp-rollout', input: ['dns-servers=192.0.2.53'], waves: 'serial' }],
    ] as const) {
      const { structured, text } = await world.call(tool, { ...args, device_ids: names(3) });
      expect(rows(structured, 'targets').map(({ device }) => device)).toEqual(['edge-1']);
      const out = rows(structured, 'left_out').toSorted((a, b) => (String(a['device']) < String(b['device']) ? -1 : 1));
      expect(out).toEqual([
        { device: 'edge-2', code: null, why: 'it is so already' },
        { device: 'edge-3', code: 'LOGIN_REFUSED', why: expect.any(String) },
      ]);
      expect(text).toContain('Left out, 2 of the routers: ');
      expect(text).toContain('edge-3 (LOGIN_REFUSED)');
    }
  });

  test('that are so already, all of them, are no plan', async () => {
    await open(2);
    for (const router of world.routers) router.edit('/ip/dns', undefined, { servers: '192.0.2.53' });
    const { structured, text } = await world.call('plan_change', { ...setDns, device_ids: names(2) });
    expect(structured).toMatchObject({ ok: true, planned: false, left_out: [{ code: null }, { code: null }] });
    expect(text).toContain('Nothing to do');
  });

  test('named twice or in both ways, none at all, or with waves that are none, are input errors', async () => {
    await open(1);
    const { structured } = await world.call('plan_change', { ...setDns, device_ids: ['edge-1', 'edge-1'] });
    expect(rows(structured, 'targets')).toHaveLength(1);
    for (const args of [
      {},
      { device_ids: [] },
      { device_id: 'edge-1', device_ids: ['edge-1'] },
      { device_ids: ['edge-1'], waves: '0' },
      { device_ids: ['edge-1'], waves: '1;5' },
      { device_ids: ['edge-1'], on_stop: 'explode' },
      { device_ids: ['edge-1'], checks: ['rm -rf /'] },
    ]) {
      const refused = await world.call('plan_change', { ...setDns, ...args });
      expect(refused.structured).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    }
  });

  test('too many to show come as far as they fit, those that went wrong first, the rest page by page', async () => {
    await open(16, { settings: {} });
    const { structured } = await world.call('plan_change', { ...setDns, device_ids: names(16), waves: '16', on_stop: 'keep', budget: 16 });
    const planId = structured['plan_id'];
    const seen: unknown[] = [];
    let cursor: unknown;
    do {
      const page = await world.call('get_plan', { plan_id: planId, show: 'targets', ...(cursor !== undefined && { cursor }) });
      expect(estimateTokens(JSON.stringify(page.structured))).toBeLessThanOrEqual(DEFAULT_TOKENS);
      expect(estimateTokens(page.text)).toBeLessThanOrEqual(DEFAULT_TOKENS);
      seen.push(...rows(page.structured, 'targets').map(({ device }) => device));
      cursor = page.structured['next_cursor'];
    } while (cursor !== undefined);
    expect(seen).toEqual(names(16));
    expect(structured).toMatchObject({ targets_total: 16, states: { review: 16 } });
    expect(rows(structured, 'targets').length).toBeLessThan(16);
    expect(estimateTokens(JSON.stringify(structured))).toBeLessThanOrEqual(DEFAULT_TOKENS);
  });
});

describe('what stays refused', () => {
  test('a radar channel, unless it was asked for by its name', async () => {
    world = await startWorld({ allow: [...ALLOWED, 'wireless-writes'], specs: [{ recording: 'hap-ax3_7.22.1', name: 'edge-1' }] });
    const [radio] = world.routers[0]?.rows('/interface/wifi') ?? [];
    const wish = {
      device_id: 'edge-1',
      capability: 'wifi',
      verb: 'set',
      row: [String(radio?.['.id'])],
      values: ['channel-frequency=5660'],
    };
    for (const more of [{}, { allow_dfs: false }])
      expect((await world.call('plan_change', { ...wish, ...more })).text).toMatch(/5660 MHz is a radar/);
    const { structured } = await world.call('plan_change', { ...wish, allow_dfs: true });
    expect(structured).toMatchObject({ planned: true, risk: 'high' });
  });

  test('a secret, for one router and for several', async () => {
    await open(2);
    for (const devices of [{ device_id: 'edge-1' }, { device_ids: names(2) }]) {
      const { structured, text, isError } = await world.call('plan_change', {
        ...devices,
        capability: 'ppp-secret',
        verb: 'add',
        values: ['name=mcp-user', 'password=hunter2-hunter2'],
      });
      expect(isError).toBe(true);
      expect(structured).toMatchObject({ error: { code: 'INVALID_INPUT' } });
      expect(text + JSON.stringify(structured)).not.toContain('hunter2');
    }
    expect((await world.call('list_plans')).structured['plans']).toEqual([]);
  });
});
