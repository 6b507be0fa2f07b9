import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => world.edge.clearFaults());

const get = (...args: readonly string[]) => world.run(['get', ...args, '--device', 'edge-1']);

describe('get', () => {
  test('a table with the columns of the capability', async () => {
    const { code, stdout } = await get('interface');
    expect(code).toBe(0);
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^ID +NAME +TYPE +RUNNING +DISABLED +MTU +MAC-ADDRESS +RX-BYTE +TX-BYTE +COMMENT$/);
    expect(rows).toHaveLength(world.edge.rows('/interface').length);
  });

  test('one item as a sheet, in the words of RouterOS', async () => {
    const { stdout } = await get('dns');
    expect(stdout).toMatch(/^servers +9\.9\.9\.9,1\.1\.1\.1$/m);
    expect(stdout).toMatch(/^allow-remote-requests +(yes|no)$/m);
    expect(stdout).toMatch(/^query-server-timeout +2s$/m);
  });

  test('--where goes to the router, --fields choose what is shown', async () => {
    const name = world.edge.rows('/interface')[0]?.['name'] ?? '';
    const found = await get('interface', '--where', `name=${name}`, '--fields', 'name,mac-address', '--json');
    expect(found.json.data).toMatchObject({ total: 1, items: [{ name }] });
    expect(Object.keys(found.json.data.items[0]).sort()).toEqual(['id', 'macAddress', 'name']);
    const shown = await get('interface', '--fields', 'mac_address', '--plain');
    expect(shown.stdout.split('\n')[0]).toMatch(/^\*\w+\t([0-9A-F]{2}:){5}[0-9A-F]{2}$/);
  });

  test('--limit and --cursor walk through all rows once', async () => {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await get('interface', '--limit', '4', ...(cursor === null ? [] : ['--cursor', cursor]), '--json');
      ids.push(...page.json.data.items.map((item: { readonly id: string }) => item.id));
      cursor = page.json.data.nextCursor;
    } while (cursor !== null);
    expect(ids).toEqual(world.edge.rows('/interface').map((row) => row['.id']));
    expect((await get('interface', '--limit', '4')).stderr).toContain('--cursor ');
  });

  test('a menu the router does not have is an answer with its reason', async () => {
    await world.edge.fault({ path: '/ip/dns*', action: { kind: 'answer', status: 400, detail: 'no such command or directory (dns)' } });
    const human = await get('dns');
    expect([human.code, human.stdout]).toEqual([0, 'not on this router: it has no menu /ip/dns\n']);
    const machine = await get('dns', '--json');
    expect(machine.code).toBe(0);
    expect(machine.json.data).toMatchObject({ missing: expect.stringContaining('no menu /ip/dns'), items: [], total: 0 });
  });

  test('what a router writes cannot move the cursor, break the table, or hide', async () => {
    const hostile = '\u001b[2J\u001b]0;owned\u0007red\u202Etxt\nNEXT ROW\tcell';
    const id = world.edge.rows('/interface')[0]?.['.id'];
    world.edge.edit('/interface', id, { comment: hostile });
    for (const flags of [[], ['--plain']]) {
      const { stdout } = await get('interface', '--fields', 'comment', ...flags);
      expect(stdout).toContain('redtxt NEXT ROW cell');
      expect(stdout.replaceAll('\t', '')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      expect(stdout.trimEnd().split('\n')).toHaveLength(world.edge.rows('/interface').length + (flags.length > 0 ? 0 : 1));
    }
  });
});

test('run: a harmless command', async () => {
  const { code, json } = await world.run(['run', 'dns-flush', '--device', 'edge-1', '--json']);
  expect([code, json.error]).toEqual([0, undefined]);
  expect(json.data).toEqual({ device: 'edge-1', action: 'dns-flush', items: [] });
  expect(world.edge.requests().some(({ method, path }) => method === 'POST' && path === '/ip/dns/cache/flush')).toBe(true);
});

describe('device', () => {
  test('list and show hold no password', async () => {
    const listed = await world.run(['device', 'list', '--json']);
    expect(listed.json.data.devices).toHaveLength(1);
    const shown = await world.run(['device', 'show', 'EDGE-1', '--json']);
    expect(shown.json.data).toEqual(listed.json.data.devices[0]);
    expect(shown.json.data.enrolledAt).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(listed.stdout + shown.stdout + (await world.run(['device', 'show', 'edge-1'])).stdout).not.toContain(world.edge.password);
  });

  test('test tells each step', async () => {
    const { code, json } = await world.run(['device', 'test', 'edge-1', '--json']);
    expect(code).toBe(0);
    expect(json.data.ok).toBe(true);
    expect(json.data.steps.length).toBeGreaterThan(0);
  });

  test('remove needs a yes, and is then done', async () => {
    const asked = await world.run(['device', 'remove', 'edge-1', '--json']);
    expect(asked.code).toBe(3);
    const wrong = await world.run(['device', 'remove', 'edge-1', '--confirm', 'edge-2', '--json']);
    expect(wrong.code).toBe(3);
    expect((await world.run(['device', 'list', '--json'])).json.data.devices).toHaveLength(1);
    expect((await world.run(['device', 'remove', 'edge-1', '--yes', '--json'])).code).toBe(0);
    expect((await world.run(['device', 'list', '--json'])).json.data.devices).toHaveLength(0);
  });
});
