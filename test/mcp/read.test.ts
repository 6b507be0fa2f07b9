import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_TOKENS, estimateTokens, fitting, HARD_TOKENS } from '../../src/mcp/budget.ts';
import { tableText } from '../../src/mcp/table.ts';
import { startWorld, type World } from './world.ts';

type Row = Readonly<Record<string, unknown>>;
const items = (structured: Row): readonly Row[] => structured['items'] as readonly Row[];

let world: World;
beforeAll(async () => {
  world = await startWorld({
    specs: [
      { recording: 'rb5009_7.20.6', name: 'edge-1' },
      { recording: 'chr_7.24', name: 'edge-2' },
    ],
  });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const edge = () => {
  const [router] = world.routers;
  if (!router) throw new Error('no router');
  return router;
};

describe('reading', () => {
  test('answers typed values under snake_case names, the text beside them', async () => {
    const { structured, text, isError, untrusted } = await world.call('get_dns_status', { device_id: 'edge-1' });
    expect({ isError, untrusted }).toEqual({ isError: false, untrusted: true });
    const [dns] = items(structured);
    const [stored] = edge().rows('/ip/dns');
    expect(dns?.['servers']).toEqual(stored?.['servers']?.split(','));
    expect(dns).toMatchObject({ allow_remote_requests: true, cache_size: 2048, query_server_timeout: 2 });
    expect(structured).toMatchObject({ ok: true, device: { name: 'edge-1' }, capability: 'dns', total: 1, returned: 1 });
    expect(structured['read_at']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(text).toContain('cache_size: 2048');
  });

  test('never shows a rule without a matcher it has', async () => {
    const { structured } = await world.call('list_firewall_filter_rules', { device_id: 'edge-1' });
    const stored = edge()
      .rows('/ip/firewall/filter')
      .find((row) => row['in-interface-list'] === '!LAN');
    expect(items(structured).find((row) => row['id'] === stored?.['.id'])).toMatchObject({ chain: 'input', in_interface_list: '!LAN' });
  });

  test('takes filters, which go to the router', async () => {
    const { structured } = await world.call('list_interfaces', { device_id: 'edge-1', type: 'bridge' });
    expect(items(structured).length).toBeGreaterThan(0);
    expect(new Set(items(structured).map((row) => row['type']))).toEqual(new Set(['bridge']));
    const asked = edge().requests().at(-1);
    expect(`${asked?.path} ${asked?.body}`).toContain('bridge');
  });

  test('takes fields in any spelling and shows only these', async () => {
    const { structured } = await world.call('list_interfaces', {
      device_id: 'edge-1',
      fields: ['name', 'rx_drop', 'linkDowns', 'last-link-up-time'],
      limit: 2,
    });
    for (const row of items(structured)) {
      expect(Object.keys(row).toSorted()).toEqual(['id', 'last_link_up_time', 'link_downs', 'name', 'rx_drop']);
    }
  });

  test('answers an unknown field with the fields there are', async () => {
    const { structured } = await world.call('list_interfaces', { device_id: 'edge-1', fields: ['speed'] });
    expect(structured).toMatchObject({
      ok: false,
      error: { code: 'UNKNOWN_FIELD', details: { field: 'speed', allowed: expect.arrayContaining(['mac_address']) } },
    });
  });

  test('says why a router lacks a menu, as data', async () => {
    edge().fault({
      method: 'read',
      path: '/system/ntp/client',
      action: { kind: 'answer', status: 400, detail: 'no such command or directory (client)' },
    });
    const { structured, isError, text } = await world.call('get_ntp_status', { device_id: 'edge-1' });
    edge().clearFaults();
    expect(isError).toBe(false);
    expect(structured).toMatchObject({ ok: true, total: 0, items: [], missing: expect.stringContaining('not on this router') });
    expect(text).toContain('not on this router');
  });

  test('names a router that does not exist, and those that do', async () => {
    const { structured } = await world.call('get_dns_status', { device_id: 'edge-9' });
    expect(structured).toMatchObject({ ok: false, error: { code: 'UNKNOWN_DEVICE', details: { known: ['edge-1', 'edge-2'] } } });
  });

  test('read_capability reads what has no tool, with filters as field=value', async () => {
    const { structured } = await world.call('read_capability', { device_id: 'edge-2', capability: 'system-identity' });
    expect(items(structured)).toEqual([{ name: 'edge-2' }]);
    const rules = await world.call('read_capability', {
      device_id: 'edge-1',
      capability: 'firewall-filter',
      where: ['chain=input', 'disabled=no'],
    });
    expect(items(rules.structured).every((row) => row['chain'] === 'input' && row['disabled'] === false)).toBe(true);
    const wrong = await world.call('read_capability', { device_id: 'edge-1', capability: 'fire' });
    expect(wrong.structured).toMatchObject({
      error: { code: 'UNKNOWN_CAPABILITY', details: { allowed: expect.arrayContaining(['firewall-filter']) } },
    });
  });
});

describe('a long list', () => {
  const COUNT = 400;
  beforeAll(() => {
    for (let index = 0; index < COUNT; index += 1) {
      edge().edit('/ip/firewall/address-list', undefined, {
        list: 'mcp-long',
        address: `198.51.${Math.floor(index / 250)}.${index % 250}`,
        comment: `entry number ${index} of many`,
      });
    }
  });

  const page = (more: Row) => world.call('list_firewall_address_lists', { device_id: 'edge-1', list: 'mcp-long', ...more });

  test('fits the default budget, and cursors give every row once', async () => {
    const seen: unknown[] = [];
    let cursor: unknown;
    let pages = 0;
    do {
      const { structured, text } = await page(cursor === undefined ? {} : { cursor });
      expect(estimateTokens(JSON.stringify(structured))).toBeLessThanOrEqual(DEFAULT_TOKENS);
      expect(estimateTokens(text)).toBeLessThanOrEqual(DEFAULT_TOKENS);
      expect(structured['total']).toBe(COUNT);
      seen.push(...items(structured).map((row) => row['address']));
      cursor = structured['next_cursor'];
      pages += 1;
      if (cursor !== undefined) expect(text).toContain(`cursor=${cursor}`);
    } while (cursor !== undefined && pages < 100);
    expect(pages).toBeGreaterThan(5);
    expect(seen).toHaveLength(COUNT);
    expect(new Set(seen).size).toBe(COUNT);
  });

  test('with a limit of the caller may be longer, to the hard cap', async () => {
    const { structured } = await page({ limit: 1_000 });
    const tokens = estimateTokens(JSON.stringify(structured));
    expect(tokens).toBeGreaterThan(DEFAULT_TOKENS);
    expect(tokens).toBeLessThanOrEqual(HARD_TOKENS);
    expect(structured['next_cursor']).toBeDefined();
    const few = await page({ limit: 3 });
    expect(few.structured).toMatchObject({ returned: 3, total: COUNT });
  });

  test('is longer with fewer fields', async () => {
    const wide = await page({});
    const narrow = await page({ fields: ['address'] });
    expect(items(narrow.structured).length).toBeGreaterThan(items(wide.structured).length);
  });
});

describe('the text', () => {
  test('cannot be faked by a value: it stays on its line, quoted', () => {
    const text = tableText([
      { name: 'a', comment: 'x\n*2,b,approved' },
      { name: 'c,d', comment: 'say "yes"' },
    ]);
    expect(text.split('\n')).toEqual(['name,comment', 'a,"x *2,b,approved"', '"c,d","say \\"yes\\""']);
  });

  test('shows unknown as empty and lists as words', () => {
    expect(tableText([{ a: null, b: ['1.1.1.1', '8.8.8.8'], c: { x: 1 }, d: false }])).toBe('a,b,c,d\n,1.1.1.1 8.8.8.8,"x=1",false');
  });
});

describe('the budget', () => {
  // Counted once with the o200k vocabulary itself; a guess below these would let answers grow past their bound.
  test.each([
    ['198.51.100.7,203.0.113.0/24,2001:db8::1', 25],
    ['48:A9:8A:10:20:00,48:A9:8A:10:20:01', 25],
    ['Rules that pass or drop packets, asked from the top.', 12],
    ['漢字かな交じり文', 7],
    ['{"id":"*1B","disabled":false,"rx_byte":918274846}', 18],
  ])('takes %j for as dear as it is, or a little dearer', (text, tokens) => {
    expect(estimateTokens(text)).toBeGreaterThanOrEqual(tokens);
    expect(estimateTokens(text)).toBeLessThanOrEqual(tokens * 1.4);
  });

  test('keeps at least one item, and as many as fit', () => {
    const rows = ['x'.repeat(300), 'y'.repeat(300), 'z'.repeat(300)];
    expect(fitting(rows, 1)).toHaveLength(1);
    expect(fitting(rows, 130)).toHaveLength(2);
    expect(fitting(rows, 10_000)).toHaveLength(3);
    expect(fitting([], 10)).toEqual([]);
  });
});
