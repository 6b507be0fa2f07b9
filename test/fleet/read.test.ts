import { describe, expect, test } from 'vitest';
import { person, Secret } from '../../src/lib/index.ts';
import { EDGE, planned, refusal, startRig } from './rig.ts';

const device = 'edge-1';

describe('reading', () => {
  test('a list, typed, with what RouterOS calls each row', async () => {
    await using rig = await startRig();
    const result = await rig.fleet.read({ device, capability: 'ip-address' });
    const rows = rig.router.rows('/ip/address');
    expect(result).toMatchObject({ device: { name: device }, capability: 'ip-address', transport: 'rest', total: rows.length });
    expect(result.missing).toBeUndefined();
    expect(result.items.map((item) => [item['id'], item['address']])).toEqual(rows.map((row) => [row['.id'], row['address']]));
    expect(result.items.every((item) => typeof item['disabled'] === 'boolean')).toBe(true);
  });

  test('a singleton, which has no id', async () => {
    await using rig = await startRig();
    const { items, total } = await rig.fleet.read({ device, capability: 'dns' });
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({ servers: ['9.9.9.9', '1.1.1.1'], allowRemoteRequests: true, cacheSize: 2048 });
    expect(items[0]).not.toHaveProperty('id');
  });

  test('some fields, in any spelling; the router is asked for no others', async () => {
    await using rig = await startRig();
    const { items } = await rig.fleet.read({ device, capability: 'interface', fields: ['name', 'macAddress', 'rx-byte', 'link_downs'] });
    expect(Object.keys(items[0] ?? {}).filter((name) => name !== 'dynamic')).toEqual(['id', 'name', 'macAddress', 'rxByte', 'linkDowns']);
    expect(rig.router.requests().at(-1)?.path).toBe('/interface?.proplist=.id,name,mac-address,rx-byte,link-downs,dynamic');
  });

  test('what is unknown is null, and never nought', async () => {
    await using rig = await startRig();
    const { items } = await rig.fleet.read({ device, capability: 'firewall-filter', fields: ['srcAddress', 'comment'] });
    expect(items.every((item) => item['srcAddress'] === null)).toBe(true);
    expect(items[0]).toMatchObject({ dynamic: true });
  });

  test('counters of 64 bits', async () => {
    await using rig = await startRig();
    rig.router.edit('/interface', '*1', { 'rx-drop': '18446744073709551615' });
    const { items } = await rig.fleet.read({
      device,
      capability: 'interface',
      where: { name: String(rig.router.rows('/interface')[0]?.['name']) },
    });
    expect(String(items[0]?.['rxDrop'])).toBe('18446744073709551615');
  });

  test('fields nobody declared come along, as text', async () => {
    await using rig = await startRig();
    rig.router.edit('/ip/dns', undefined, { 'brand-new': '\u001b[31mx' });
    const { items } = await rig.fleet.read({ device, capability: 'dns' });
    expect(items[0]?.['extra']).toMatchObject({ 'brand-new': 'x' });
  });

  test.each([
    ['text', 'interface', { name: 'ether1' }, 1],
    ['truth', 'interface', { disabled: 'no' }, undefined],
    ['truth, typed', 'interface', { disabled: false }, undefined],
    ['nothing fits', 'interface', { name: 'ether99' }, 0],
    ['what is in the text', 'firewall-filter', { comment: 'defconf: accept established,related,untracked' }, 1],
    ['two at once', 'firewall-filter', { chain: 'input', action: 'drop' }, 3],
  ])('only rows where %s', async (_name, capability, where, count) => {
    await using rig = await startRig();
    const all = await rig.fleet.read({ device, capability });
    const { items, total } = await rig.fleet.read({ device, capability, where });
    expect(total).toBe(items.length);
    if (count !== undefined) expect(total).toBe(count);
    else {
      expect(total).toBeGreaterThan(0);
      expect(items).toHaveLength(all.items.filter((item) => item['disabled'] === false).length);
    }
  });
});

describe('page by page', () => {
  test('every row once', async () => {
    await using rig = await startRig();
    const whole = await rig.fleet.read({ device, capability: 'firewall-filter' });
    const ids: unknown[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await rig.fleet.read({ device, capability: 'firewall-filter', limit: 4, ...(cursor !== undefined && { cursor }) });
      ids.push(...page.items.map((item) => item['id']));
      expect(page.total).toBe(whole.total);
      cursor = page.nextCursor;
      pages += 1;
    } while (cursor !== undefined);
    expect(ids).toEqual(whole.items.map((item) => item['id']));
    expect(pages).toBe(Math.ceil(whole.total / 4));
  });

  test('ends exactly at the end, and is empty beyond it', async () => {
    await using rig = await startRig();
    const { total } = await rig.fleet.read({ device, capability: 'firewall-filter' });
    const exact = await rig.fleet.read({ device, capability: 'firewall-filter', limit: total });
    expect(exact.nextCursor).toBeUndefined();
    const first = await rig.fleet.read({ device, capability: 'firewall-filter', limit: total - 1 });
    rig.router.remove('/ip/firewall/filter', '*1B');
    rig.router.remove('/ip/firewall/filter', '*8');
    const beyond = await rig.fleet.read({ device, capability: 'firewall-filter', cursor: first.nextCursor ?? '' });
    expect(beyond).toMatchObject({ items: [], total: total - 2 });
    expect(beyond.nextCursor).toBeUndefined();
  });

  test('a hundred rows, unless more are asked for', async () => {
    await using rig = await startRig();
    for (let nth = 0; nth < 150; nth += 1)
      rig.router.edit('/ip/firewall/address-list', undefined, { list: 'many', address: `198.18.0.${nth}`, dynamic: 'false' });
    const usual = await rig.fleet.read({ device, capability: 'firewall-address-list', where: { list: 'many' } });
    expect([usual.items.length, usual.total]).toEqual([100, 150]);
    const more = await rig.fleet.read({ device, capability: 'firewall-address-list', where: { list: 'many' }, limit: 1_000 });
    expect(more.items).toHaveLength(150);
  });

  test.each([0, -1, 1.5, 1_001, Number.NaN, Number.POSITIVE_INFINITY])('not %d at a time', async (limit) => {
    await using rig = await startRig();
    const asked = rig.router.requests().length;
    expect(await refusal(rig.fleet.read({ device, capability: 'dns', limit }))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(rig.router.requests()).toHaveLength(asked);
  });

  test.each([
    'x',
    'cm93Oi0x',
    '-1',
    '9'.repeat(40),
    Buffer.from('row:1e3').toString('base64url'),
    Buffer.from('row:-1').toString('base64url'),
  ])('not from "%s" on', async (cursor) => {
    await using rig = await startRig();
    expect(await refusal(rig.fleet.read({ device, capability: 'dns', cursor }))).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('what is not there', () => {
  test('a menu the router lacks is data, with the reason', async () => {
    await using rig = await startRig();
    rig.router.fault({ path: '/ip/dns', action: { kind: 'answer', status: 400, detail: 'no such command or directory (dns)' } });
    expect(await rig.fleet.read({ device, capability: 'dns' })).toMatchObject({
      items: [],
      total: 0,
      missing: 'not on this router: it has no menu /ip/dns',
    });
  });

  test('a capability, a field, a device: an error that says what there is', async () => {
    await using rig = await startRig();
    expect(await refusal(rig.fleet.read({ device, capability: 'dnss' }))).toMatchObject({
      code: 'UNKNOWN_CAPABILITY',
      hint: expect.stringContaining('dns'),
    });
    expect(await refusal(rig.fleet.read({ device, capability: 'dns', fields: ['nope'] }))).toMatchObject({ code: 'UNKNOWN_FIELD' });
    expect(await refusal(rig.fleet.read({ device, capability: 'dns', where: { nope: '1' } }))).toMatchObject({ code: 'UNKNOWN_FIELD' });
    expect(await refusal(rig.fleet.read({ device, capability: 'interface', where: { mtu: 'wide' } }))).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await refusal(rig.fleet.read({ device: 'nope', capability: 'dns' }))).toMatchObject({
      code: 'UNKNOWN_DEVICE',
      details: { known: [device] },
    });
  });

  test('a field that is newer than the router is asked of none', async () => {
    await using rig = await startRig({ specs: [{ recording: 'hap-ac2_7.12.1', name: device }] });
    const { items } = await rig.fleet.read({ device, capability: 'dns', fields: ['servers', 'vrf', 'mdnsRepeatIfaces'] });
    expect(Object.keys(items[0] ?? {})).toEqual(['servers']);
    expect(rig.router.requests().at(-1)?.path).toBe('/ip/dns?.proplist=.id,servers,dynamic');
    expect(await refusal(rig.fleet.read({ device, capability: 'dns', where: { vrf: 'main' } }))).toMatchObject({ code: 'UNKNOWN_FIELD' });
  });

  test('rights', async () => {
    const accounts = [{ name: 'blind', password: 'blindpass', policies: ['api', 'rest-api'] }];
    await using rig = await startRig({ strangers: true, specs: [{ recording: EDGE, name: device, accounts }] });
    const error = await refusal(
      rig.operator.addDevice({
        name: device,
        address: rig.router.url,
        username: 'blind',
        password: new Secret('blindpass'),
        environment: 'lab',
      }),
    );
    expect(error).toMatchObject({ code: 'NOT_PERMITTED', details: { routerText: 'std failure: not allowed (9)' } });
  });
});

describe('a harmless command', () => {
  test('is run, and is in the ledger before and after', async () => {
    await using rig = await startRig({ allow: ['advanced-writes'] });
    expect(await rig.fleet.run({ device, action: 'dns-flush' })).toEqual({ items: [] });
    expect(rig.router.requests().at(-1)).toMatchObject({ method: 'POST', path: '/ip/dns/cache/flush', body: '{}' });
    const records = await rig.fleet.history({ operation: 'router.run', ascending: true });
    expect(records.map(({ result, details }) => [result, details['action']])).toEqual([
      ['started', 'dns-flush'],
      ['ok', 'dns-flush'],
    ]);
    expect(new Set(records.map(({ requestId }) => requestId)).size).toBe(1);
  });

  test.each([
    ['is refused', { kind: 'answer', status: 400, detail: 'failure: no' }, 'failed'],
    ['gets no answer', { kind: 'lose-reply' }, 'unknown'],
  ] as const)('that %s is in the ledger as well', async (_name, action, result) => {
    await using rig = await startRig();
    rig.router.fault({ path: '/ip/dns/cache/flush', action });
    await refusal(rig.fleet.run({ device, action: 'dns-flush' }));
    expect((await rig.fleet.history({ operation: 'router.run', ascending: true })).map((record) => record.result)).toEqual([
      'started',
      result,
    ]);
    expect(rig.router.requests().filter(({ path }) => path === '/ip/dns/cache/flush')).toHaveLength(1);
  });

  test('there is not', async () => {
    await using rig = await startRig();
    expect(await refusal(rig.fleet.run({ device, action: 'reboot' }))).toMatchObject({ code: 'UNKNOWN_CAPABILITY' });
    expect(await refusal(rig.fleet.run({ device, action: 'dns-flush', args: { x: '1' } }))).toMatchObject({ code: 'UNKNOWN_FIELD' });
  });
});

describe('history and plans', () => {
  test.each([0, -1, 1.5, Number.NaN])('not %d at a time', async (limit) => {
    await using rig = await startRig();
    expect(await refusal(rig.fleet.history({ limit }))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await refusal(rig.fleet.plans({ limit }))).toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('newest first, so many, of one device, of one plan', async () => {
    await using rig = await startRig({
      specs: [
        { recording: EDGE, name: 'edge-1' },
        { recording: 'chr_7.24', name: 'hub-1' },
      ],
    });
    const one = await planned(rig, [{ verb: 'set', capability: 'dns', values: { cacheSize: 4096 } }]);
    const two = await planned(rig, [{ verb: 'set', capability: 'dns', values: { cacheSize: 8192 } }]);
    const hub = await planned(rig, [{ verb: 'set', capability: 'dns', values: { cacheSize: 4096 } }], 'hub-1');
    expect((await rig.fleet.plans()).map(({ plan }) => plan.id)).toEqual([hub.plan.id, two.plan.id, one.plan.id]);
    expect((await rig.fleet.plans({ limit: 2 })).map(({ plan }) => plan.id)).toEqual([hub.plan.id, two.plan.id]);
    expect((await rig.fleet.plans({ device: 'edge-1', state: 'review' })).map(({ plan }) => plan.id)).toEqual([two.plan.id, one.plan.id]);
    expect((await rig.fleet.history({ device: 'hub-1', operation: 'plan.create' })).map(({ plan }) => plan)).toEqual([hub.plan.id]);
    expect(await rig.fleet.history({ planId: one.plan.id, limit: 1 })).toMatchObject([{ operation: 'plan.create' }]);
    expect(await rig.fleet.history({ limit: 50_000 })).toHaveLength(6);
    expect(await refusal(rig.fleet.history({ device: 'nope' }))).toMatchObject({ code: 'UNKNOWN_DEVICE' });
  });
});

test('the same fleet for another actor', async () => {
  await using rig = await startRig();
  const bob = rig.fleet.as(person('bob', 'library', false));
  await bob.plan({ device, intents: [{ verb: 'set', capability: 'dns', values: { cacheSize: 4096 } }] });
  expect(await rig.fleet.history({ operation: 'plan.create' })).toMatchObject([{ actor: 'user:bob', origin: 'library' }]);
  await bob.close();
  expect(await rig.fleet.devices()).toHaveLength(1);
});
