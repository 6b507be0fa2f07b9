import { beforeEach, describe, expect, test } from 'vitest';
import { ALLOWED, worldOfEach } from './each.ts';

type Row = Readonly<Record<string, unknown>>;

const { world, open, edge } = worldOfEach(ALLOWED);
const servers = (): string | undefined => edge().rows('/ip/dns')[0]?.['servers'];
const writes = (): number =>
  edge()
    .requests()
    .filter(({ write }) => write).length;

describe('rows', () => {
  beforeEach(() => open());

  test('are added, changed by their key, and removed by id, by key or by fields', async () => {
    const add = await world().call('plan_address_list_change', {
      device_id: 'edge-1',
      verb: 'add',
      list: 'mcp-block',
      address: '198.51.100.7',
      comment: 'seen scanning',
    });
    expect(add.structured).toMatchObject({
      planned: true,
      changes: [{ sign: '+', after: { list: 'mcp-block', address: '198.51.100.7', comment: 'seen scanning' } }],
    });
    edge().edit('/ip/firewall/address-list', undefined, { list: 'mcp-block', address: '198.51.100.9' });
    const id = edge().rows('/ip/firewall/address-list').at(-1)?.['.id'];
    const set = await world().call('plan_address_list_change', {
      device_id: 'edge-1',
      verb: 'set',
      list: 'mcp-block',
      address: '198.51.100.9',
      comment: 'again',
    });
    expect(set.structured).toMatchObject({ changes: [{ sign: '~', row: id, after: { comment: 'again' } }] });
    for (const row of [
      { row: [id] },
      { row: [`id=${id}`] },
      { list: 'mcp-block', address: '198.51.100.9' },
      { row: ['address=198.51.100.9'] },
    ]) {
      const remove = await world().call('plan_address_list_change', { device_id: 'edge-1', verb: 'remove', ...row });
      expect(remove.structured).toMatchObject({ changes: [{ sign: '-', row: id }] });
    }
    const none = await world().call('plan_address_list_change', { device_id: 'edge-1', verb: 'set', row: ['*FFFF'], comment: 'x' });
    expect(none.structured).toMatchObject({ ok: false, error: { code: 'NO_SUCH_ROW' } });
  });

  test('of an ordered menu keep their order: before, move, further fields, unset', async () => {
    const rules = edge()
      .rows('/ip/firewall/filter')
      .filter((row) => row['dynamic'] !== 'true');
    const [first, second] = rules;
    const add = await world().call('plan_firewall_filter_change', {
      device_id: 'edge-1',
      verb: 'add',
      chain: 'forward',
      action: 'drop',
      more: ['in-interface-list=WAN', 'connection-state=invalid'],
      before: [String(first?.['.id'])],
    });
    expect(add.structured).toMatchObject({
      changes: [
        {
          sign: '+',
          place: { to: first?.['.id'] },
          after: { chain: 'forward', 'in-interface-list': 'WAN', 'connection-state': 'invalid' },
        },
      ],
    });
    expect(add.text).toContain(`before ${first?.['.id']}`);
    const move = await world().call('plan_firewall_filter_change', {
      device_id: 'edge-1',
      verb: 'move',
      row: [String(second?.['.id'])],
      before: [String(first?.['.id'])],
    });
    expect(move.structured).toMatchObject({ changes: [{ sign: '>', row: second?.['.id'], place: { to: first?.['.id'] } }] });
    const commented = rules.find((row) => row['comment']);
    const unset = await world().call('plan_firewall_filter_change', {
      device_id: 'edge-1',
      verb: 'set',
      row: [String(commented?.['.id'])],
      unset: ['comment'],
    });
    expect(unset.structured).toMatchObject({ changes: [{ sign: '~', before: { comment: commented?.['comment'] } }] });
  });

  test('an empty text takes a text away', async () => {
    edge().edit('/ip/dns', undefined, { 'use-doh-server': 'https://192.0.2.1/dns-query' });
    const { structured } = await world().call('plan_dns_change', { device_id: 'edge-1', use_doh_server: '' });
    expect(structured).toMatchObject({ changes: [{ sign: '~', before: { 'use-doh-server': 'https://192.0.2.1/dns-query' } }] });
  });

  test('plan_change does the same for any capability', async () => {
    const { structured } = await world().call('plan_change', {
      device_id: 'edge-1',
      capability: 'ip-address',
      verb: 'add',
      values: ['address=192.0.2.77/28', 'interface=ether1', 'comment=a=b, c'],
    });
    expect(structured).toMatchObject({ planned: true, changes: [{ sign: '+', after: { address: '192.0.2.77/28', comment: 'a=b, c' } }] });
    const wrong = await world().call('plan_change', { device_id: 'edge-1', capability: 'dns', verb: 'set', values: ['servers=nonsense'] });
    expect(wrong.structured).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', details: { field: 'servers', allowed: expect.any(String), example: '192.0.2.1' } },
    });
  });

  test('a recipe plans several menus at once', async () => {
    const { structured } = await world().call('config_plan_dns_ntp_rollout', {
      device_ids: ['edge-1'],
      dns_servers: ['192.0.2.53'],
      ntp_servers: ['192.0.2.123'],
    });
    expect(structured).toMatchObject({
      planned: true,
      recipe: 'dns-ntp-rollout',
      changes: [{ menu: '/ip/dns' }, { menu: '/system/ntp/client' }],
    });
  });
});

describe('a direct change', () => {
  test('runs at once where the policy allows it, and says which rule approved', async () => {
    await open({ environment: 'lab' });
    const { structured, isError } = await world().call('update_dns_servers', { device_id: 'edge-1', servers: ['192.0.2.53'] });
    expect(isError).toBe(false);
    expect(structured).toMatchObject({ applied: true, state: 'completed', approval: { kind: 'policy' } });
    expect(servers()).toBe('192.0.2.53');
  });

  test('with dry_run is only planned', async () => {
    await open({ environment: 'lab' });
    const before = servers();
    const { structured, text } = await world().call('update_dns_servers', { device_id: 'edge-1', servers: ['192.0.2.53'], dry_run: true });
    expect(structured).toMatchObject({ applied: false, planned: true, changes: [{ sign: '~' }] });
    expect(text).toContain('Dry run');
    expect({ writes: writes(), servers: servers() }).toEqual({ writes: 0, servers: before });
  });

  test('waits for a person in prod, and says why', async () => {
    await open({ environment: 'prod' });
    const { structured, text, isError } = await world().call('set_system_identity', { device_id: 'edge-1', name: 'renamed' });
    expect(isError).toBe(false);
    expect(structured).toMatchObject({
      applied: false,
      planned: true,
      state: 'review',
      approval: { waiting: true, terminal: true, typed_name: 'edge-1' },
    });
    expect(text).toMatch(/^Not applied: .*prod/);
    expect(writes()).toBe(0);
  });

  test('that did not end well is an error', async () => {
    await open({ environment: 'lab' });
    edge().fault({ method: 'write', nth: 1, action: { kind: 'answer', status: 400, detail: 'failure' } });
    const { structured, isError } = await world().call('update_dns_servers', { device_id: 'edge-1', servers: ['192.0.2.53'] });
    expect(isError).toBe(true);
    expect(structured).toMatchObject({ ok: false, applied: false });
  });

  test('is refused where nothing was allowed', async () => {
    await open({ allow: [] });
    const { structured, isError } = await world().call('update_dns_servers', { device_id: 'edge-1', servers: ['192.0.2.53'] });
    expect(isError).toBe(true);
    expect(structured).toMatchObject({ error: { code: 'DENIED' } });
    const { structured: history } = await world().call('get_history', { device_id: 'edge-1' });
    expect((history['records'] as readonly Row[])[0]).toMatchObject({
      result: 'denied',
      actor: 'agent:test-client',
      on_behalf_of: 'user:tester',
      origin: 'stdio',
    });
  });
});
