import { describe, expect, test } from 'vitest';
import { type Rig, startRig } from './rig.ts';

const device = 'edge-1';
const MENU = '/ip/firewall/address-list';

/** A list far longer than what is read whole. */
async function longList(rig: Rig, count: number): Promise<void> {
  for (let nth = 0; nth < count; nth += 1)
    rig.router.edit(MENU, undefined, { list: nth % 2 === 0 ? 'even' : 'odd', address: `10.${nth >> 16}.${(nth >> 8) & 255}.${nth & 255}` });
}

const asked = (rig: Rig) => rig.router.requests().filter(({ path }) => path.startsWith(MENU));

describe('a menu of thousands of rows', () => {
  test('comes page by page: the router is asked for ids, and for the rows of the page', async () => {
    await using rig = await startRig();
    await longList(rig, 3_000);
    const before = asked(rig).length;
    const all = new Set<unknown>();
    let cursor: string | undefined;
    let total = 0;
    do {
      const page = await rig.fleet.read({ device, capability: 'firewall-address-list', limit: 1_000, ...(cursor && { cursor }) });
      total = page.total;
      cursor = page.nextCursor;
      for (const { id } of page.items) all.add(id);
    } while (cursor);
    expect(total).toBeGreaterThanOrEqual(3_000);
    expect(all.size).toBe(total);
    // Three questions a page, none of which is for all rows.
    expect(asked(rig).length - before).toBe(3 * Math.ceil(total / 1_000));
    expect(
      asked(rig)
        .slice(before)
        .every(({ method, path }) => method === 'POST' && path === `${MENU}/print`),
    ).toBe(true);
  });

  test('and filters are the router’s work', async () => {
    await using rig = await startRig();
    await longList(rig, 4_000);
    const page = await rig.fleet.read({ device, capability: 'firewall-address-list', where: { list: 'odd' }, limit: 5 });
    expect(page.total).toBe(2_000);
    expect(page.items.map((item) => item['list'])).toEqual(Array.from({ length: 5 }, () => 'odd'));
    expect(page.items.map((item) => item['address'])).toEqual(['10.0.0.1', '10.0.0.3', '10.0.0.5', '10.0.0.7', '10.0.0.9']);
  });

  test('a short one is read whole, in one go after its count', async () => {
    await using rig = await startRig();
    const before = asked(rig).length;
    const { total, items } = await rig.fleet.read({ device, capability: 'firewall-address-list' });
    expect(total).toBe(items.length);
    expect(
      asked(rig)
        .slice(before)
        .map(({ method }) => method),
    ).toEqual(['POST', 'GET']);
  });
});

describe('one row', () => {
  test('is found by its id', async () => {
    await using rig = await startRig();
    const [first] = (await rig.fleet.read({ device, capability: 'ip-address' })).items;
    const one = await rig.fleet.read({ device, capability: 'ip-address', id: String(first?.['id']).toLowerCase() });
    expect(one.items).toEqual([first]);
    expect((await rig.fleet.read({ device, capability: 'ip-address', id: '*FFFF' })).items).toEqual([]);
    await expect(rig.fleet.read({ device, capability: 'ip-address', id: '1' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('a menu that nobody declared', () => {
  test('is read as it is, with what looks like a secret masked', async () => {
    await using rig = await startRig();
    rig.router.edit('/ip/socks/users', undefined, { name: 'guest', password: 'letmein', 'only-one': 'no' });
    const { items, capability } = await rig.fleet.read({ device, capability: '/ip/socks/users' });
    expect(capability).toBe('/ip/socks/users');
    expect(items.at(-1)).toMatchObject({ extra: { name: 'guest', password: '(secret)' } });
    expect(JSON.stringify(items)).not.toContain('letmein');
  });

  test('a command is no menu, and is never asked for', async () => {
    await using rig = await startRig();
    for (const path of ['/system/reboot', '/system/shutdown', '/ip/dns/cache/flush', '/no/such/menu']) {
      await expect(rig.fleet.read({ device, capability: path })).rejects.toMatchObject({ code: 'NOT_ON_THIS_ROUTER' });
      expect(rig.router.requests().some((one) => one.path.startsWith(path))).toBe(false);
    }
    await expect(rig.fleet.read({ device, capability: '/ip/../user' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('a declared one is read as it is declared, by whatever name', async () => {
    await using rig = await startRig();
    expect((await rig.fleet.read({ device, capability: '/ip/dns' })).capability).toBe('dns');
  });
});
