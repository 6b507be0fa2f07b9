import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_TOKENS, estimateTokens } from '../../src/mcp/budget.ts';
import { ALLOWED, worldOfEach } from './each.ts';
import { UNGUARDED } from './world.ts';

type Row = Readonly<Record<string, unknown>>;

const { world, open, edge } = worldOfEach({ ...ALLOWED, settings: UNGUARDED });
const servers = (): string | undefined => edge().rows('/ip/dns')[0]?.['servers'];
const writes = (): number =>
  edge()
    .requests()
    .filter(({ write }) => write).length;
const planDns = async (): Promise<string> => {
  const { structured } = await world().call('plan_dns_change', { device_id: 'edge-1', servers: ['192.0.2.53'] });
  return String(structured['plan_id']);
};

describe('a plan', () => {
  beforeEach(() => open());

  test('sends nothing, shows the difference, and says who must approve it', async () => {
    const before = servers();
    const { structured, text, isError, untrusted } = await world().call('plan_dns_change', {
      device_id: 'edge-1',
      servers: ['192.0.2.53'],
      cache_size: 4096,
    });
    expect({ isError, untrusted, writes: writes(), servers: servers() }).toEqual({
      isError: false,
      untrusted: true,
      writes: 0,
      servers: before,
    });
    expect(structured).toMatchObject({
      ok: true,
      planned: true,
      applied: false,
      state: 'review',
      risk: 'low',
      changes_total: 1,
      changes: [
        {
          sign: '~',
          device: 'edge-1',
          menu: '/ip/dns',
          before: { servers: before, 'cache-size': '2048' },
          after: { servers: '192.0.2.53', 'cache-size': '4096' },
        },
      ],
      approval: { waiting: true, how: `a person must approve it in the terminal: routeros-mcp plan approve ${structured['plan_id']}` },
    });
    expect(text).toContain('~ edge-1 /ip/dns');
    expect(text).toContain('cache-size: 2048 -> 4096');
    expect(text).toContain(`routeros-mcp plan approve ${structured['plan_id']}`);
  });

  test('is refused at apply until a person has approved it, then runs once', async () => {
    const planId = await planDns();
    const refused = await world().call('apply_plan', { plan_id: planId });
    expect(refused).toMatchObject({ isError: true, structured: { ok: false, error: { code: 'APPROVAL_MISSING', retryable: false } } });
    expect(refused.text).toContain('plan approve');
    expect(writes()).toBe(0);

    await world().operator.approve(planId);
    expect((await world().call('get_plan', { plan_id: planId })).structured).toMatchObject({
      state: 'approved',
      approval: { waiting: false, kind: 'person', by: 'user:tester' },
    });
    const done = await world().call('apply_plan', { plan_id: planId });
    expect(done).toMatchObject({ isError: false, structured: { ok: true, applied: true, state: 'completed' } });
    expect(servers()).toBe('192.0.2.53');

    const again = await world().call('apply_plan', { plan_id: planId });
    expect(again).toMatchObject({ isError: true, structured: { error: { code: 'PLAN_STATE' } } });
  });

  test('is applied under an old name as well, and through a token that was handed over', async () => {
    const planId = await planDns();
    const { token } = await world().operator.approve(planId);
    const wrong = await world().call('apply_firewall_plan', { plan_id: planId, approval_token: 'made up' });
    expect(wrong.structured).toMatchObject({ ok: false, error: { code: 'APPROVAL_INVALID' } });
    const done = await world().call('apply_firewall_plan', { plan_id: planId, approval_token: token.reveal() });
    expect(done.structured).toMatchObject({ ok: true, applied: true });
    expect(JSON.stringify(done)).not.toContain(token.reveal());
  });

  test('of what is already so is no plan', async () => {
    const { structured, text } = await world().call('plan_dns_change', { device_id: 'edge-1', servers: servers()?.split(',') });
    expect(structured).toMatchObject({ ok: true, planned: false, applied: false });
    expect(text).toContain('Nothing to do');
    expect((await world().call('list_plans')).structured['plans']).toEqual([]);
  });

  test('that went stale is an error that says to plan again', async () => {
    const planId = await planDns();
    await world().operator.approve(planId);
    edge().edit('/ip/dns', undefined, { servers: '203.0.113.1' });
    const { structured, isError, text } = await world().call('apply_plan', { plan_id: planId });
    expect(isError).toBe(true);
    expect(structured).toMatchObject({ ok: false, applied: false, state: 'stale', error: { details: { state: 'stale' } } });
    expect(text).toContain('plan');
    expect(servers()).toBe('203.0.113.1');
    expect(writes()).toBe(0);
  });

  test('that was undone is an error that says so, not a success', async () => {
    const before = servers();
    const planId = await planDns();
    await world().operator.approve(planId);
    edge().fault({ method: 'write', nth: 1, action: { kind: 'answer', status: 400, detail: 'failure: \u001b[31mnot now' } });
    const { structured, isError, text } = await world().call('apply_plan', { plan_id: planId });
    expect(isError).toBe(true);
    expect(structured).toMatchObject({ ok: false, applied: false });
    expect(['failed', 'rolled-back']).toContain(structured['state']);
    expect(text).not.toContain('not now');
    expect(JSON.stringify(structured)).not.toContain('\\u001b');
    expect(servers()).toBe(before);
  });

  test('has its calls and its journal on request', async () => {
    const planId = await planDns();
    const { structured } = await world().call('get_plan', { plan_id: planId, show: 'calls' });
    expect(structured['calls']).toEqual([{ step: 0, device: 'edge-1', verb: 'set', menu: '/ip/dns', values: { servers: '192.0.2.53' } }]);
    await world().operator.approve(planId);
    await world().call('apply_plan', { plan_id: planId });
    const journal = (await world().call('get_plan', { plan_id: planId, show: 'journal' })).structured['journal'] as readonly Row[];
    expect(journal.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['intent', 'sent', 'ack', 'verified']));
  });

  test('can be planned back, as a new plan that waits like any other', async () => {
    const before = servers();
    const planId = await planDns();
    await world().operator.approve(planId);
    await world().call('apply_plan', { plan_id: planId });
    const back = await world().call('config_rollback_plan', { plan_id: planId });
    expect(back.structured).toMatchObject({ planned: true, state: 'review', changes: [{ after: { servers: before } }] });
    expect(servers()).toBe('192.0.2.53');
    await world().operator.approve(String(back.structured['plan_id']));
    await world().call('apply_plan', { plan_id: back.structured['plan_id'] });
    expect(servers()).toBe(before);
  });

  test('is listed by state, newest first, page by page', async () => {
    const ids = [await planDns(), await planDns(), await planDns()];
    await world().operator.reject(String(ids[0]), 'not today');
    const first = await world().call('list_plans', { state: 'review', limit: 1 });
    expect((first.structured['plans'] as readonly Row[]).map(({ plan_id }) => plan_id)).toEqual([ids[2]]);
    const newer = await planDns();
    const second = await world().call('list_plans', { state: 'review', limit: 5, cursor: first.structured['next_cursor'] });
    expect((second.structured['plans'] as readonly Row[]).map(({ plan_id }) => plan_id)).toEqual([ids[1]]);
    expect(second.structured).not.toHaveProperty('next_cursor');
    expect((await world().call('get_plan', { plan_id: ids[0] })).structured).toMatchObject({
      state: 'rejected',
      decision: { reason: 'not today' },
    });
    expect(newer).toMatch(/^pln_/);
  });

  test('of many changes comes in pages that fit the budget, every change once', async () => {
    const intents = Array.from({ length: 120 }, (_, index) => ({
      verb: 'add' as const,
      capability: 'firewall-address-list',
      values: { list: 'mcp-many', address: `198.51.100.${index}`, comment: `entry ${index} of a long list` },
    }));
    const { view } = await world().operator.fleet.plan({ device: 'edge-1', intents });
    for (const show of ['changes', 'calls']) {
      const seen: string[] = [];
      let cursor: unknown;
      do {
        const { structured, text } = await world().call('get_plan', {
          plan_id: view?.plan.id,
          show,
          ...(cursor !== undefined && { cursor }),
        });
        expect(estimateTokens(JSON.stringify(structured))).toBeLessThanOrEqual(DEFAULT_TOKENS);
        expect(estimateTokens(text)).toBeLessThanOrEqual(DEFAULT_TOKENS);
        seen.push(...(structured[show] as readonly Row[]).map((row) => JSON.stringify(row)));
        cursor = structured['next_cursor'];
      } while (cursor !== undefined);
      expect(new Set(seen).size).toBe(120);
      expect(seen).toHaveLength(120);
    }
  });

  test('that does not exist is an input error', async () => {
    for (const tool of ['get_plan', 'apply_plan', 'config_rollback_plan']) {
      expect((await world().call(tool, { plan_id: 'pln_none' })).structured).toMatchObject({ ok: false, error: { code: 'UNKNOWN_PLAN' } });
    }
  });
});
