import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogEntries, catalogOf, kebab, recipes, views } from '../../src/lib/index.ts';
import { registry } from '../../src/mcp/index.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const run = (...args: readonly string[]) => world.run(args);
const catalog = catalogOf(catalogEntries);
/** The shape of an answer: what is measured differs, its type does not. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shapeOf(one)]));
};

describe('view', () => {
  test('alone lists all of them', async () => {
    const { code, json } = await run('view', '--json');
    expect(code).toBe(0);
    expect(json.data.views.map(({ view }: { readonly view: string }) => view)).toEqual(views.map(({ id }) => id));
    expect(Object.keys(json.data.views[0])).toEqual(['view', 'title', 'about', 'topic', 'fields']);
    expect((await run('view')).stdout).toContain('system-overview');
  });

  test('--json is the envelope with the answer, what is missing and when', async () => {
    const { code, json } = await run('view', 'capsman-status', '--device', 'edge-1', '--json');
    expect(code).toBe(0);
    await expect(`${JSON.stringify(shapeOf(json.data), null, 2)}\n`).toMatchFileSnapshot('view.pin.json');
    expect(json.data.missing.legacy).toBe('not on this router: it has no menu /caps-man/manager');
  });

  test('values below each other, rows as a table, what is not known as -, what is missing with its reason', async () => {
    const overview = await run('view', 'system-overview', '--device', 'edge-1');
    expect(overview.stdout).toMatch(/^system-identity +edge-1$/m);
    expect(overview.stdout).toMatch(/\n\nsensors\nNAME +VALUE +TYPE\n/);
    const capsman = await run('view', 'capsman-status', '--device', 'edge-1');
    expect(capsman.stdout).toMatch(/^access-points +-$/m);
    expect(capsman.stdout).toMatch(/\nmissing\nlegacy +not on this router: it has no menu /);
  });

  test('--plain: each line says its part', async () => {
    const { stdout } = await run('view', 'system-overview', '--device', 'edge-1', '--plain');
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(rows[0]).toEqual(['', 'system-identity', 'edge-1']);
    expect(rows.filter(([part]) => part === 'sensors').every((row) => row.length === 4)).toBe(true);
  });

  test('takes fields, and refuses what it has not', async () => {
    const few = await run('view', 'recent-logs', '--device', 'edge-1', 'limit=1', '--json');
    expect(few.json.data.data.logEntries).toHaveLength(1);
    for (const [args, code] of [
      [['nope', '--device', 'edge-1'], 'UNKNOWN_CAPABILITY'],
      [['recent-logs', '--device', 'edge-1', 'nope=1'], 'UNKNOWN_FIELD'],
      [['recent-logs'], 'INVALID_INPUT'],
      [['recent-logs', '--device', 'edge-1', 'limit'], 'INVALID_INPUT'],
    ] as const) {
      const refused = await run('view', ...args, '--json');
      expect([refused.code, refused.json.error.code]).toEqual([3, code]);
    }
  });
});

describe('get', () => {
  test('--id reads one row', async () => {
    const [first] = world.edge.rows('/interface');
    const { json } = await run('get', 'interface', '--device', 'edge-1', '--id', first?.['.id'] ?? '', '--json');
    expect(json.data).toMatchObject({ total: 1, items: [{ id: first?.['.id'], name: first?.['name'] }] });
    const none = await run('get', 'interface', '--device', 'edge-1', '--id', '*FFFFFF');
    expect([none.code, none.stderr]).toEqual([0, 'No rows.\n']);
    expect((await run('get', 'interface', '--device', 'edge-1', '--id', 'ether1')).code).toBe(3);
  });

  test('any menu by its path, as the router writes it', async () => {
    const path = '/system/leds/settings';
    const { code, stdout } = await run('get', path, '--device', 'edge-1');
    expect([code, stdout]).toEqual([0, 'all-leds-off  never\n']);
    expect((await run('get', path, '--device', 'edge-1', '--json')).json.data).toMatchObject({ capability: path, total: 1 });
    // A path that the catalog describes is the same as its name.
    expect((await run('get', '/ip/dns', '--device', 'edge-1')).stdout).toMatch(/^servers +\d/);
    expect((await run('get', '/ip/no-such-menu', '--device', 'edge-1')).code).toBe(3);
  });
});

test('run: what was measured, and what it comes to', async () => {
  const args = ['run', 'ping', '--device', 'edge-1', 'target=192.0.2.1', 'count=2'];
  const human = await run(...args);
  expect([human.code, human.stderr]).toEqual([0, '']);
  expect(human.stdout).toMatch(/^SEQ +HOST[\s\S]*\n\nhost +192\.0\.2\.1\npackets-sent +2\n/);
  expect((await run(...args, '--plain')).stdout.trimEnd().split('\n')).toHaveLength(2);
  const { json } = await run(...args, '--json');
  expect(Object.keys(json.data)).toEqual(['device', 'action', 'items', 'summary']);
  await expect(`${JSON.stringify(shapeOf(json.data), null, 2)}\n`).toMatchFileSnapshot('run.pin.json');
});

test('tool list: every tool, nothing else', async () => {
  const { code, json } = await run('tool', 'list', '--json');
  expect(code).toBe(0);
  expect(json.data.tools.map(({ name }: { readonly name: string }) => name)).toEqual(registry.tools.map(({ name }) => name));
  expect(Object.keys(json.data.tools[0])).toEqual(['name', 'title', 'tier', 'topic']);
  expect((await run('tool', 'list', '--plain')).stdout.split('\n')[0]?.split('\t')).toHaveLength(4);
});

describe('--help behind a name of the catalog', () => {
  test('its fields, its tools, and an example that the command understands', async () => {
    const { code, stdout } = await run('plan', 'add', 'firewall-address-list', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: routeros-mcp plan add firewall-address-list --device NAME field=value... [flags]');
    expect(stdout).toMatch(/ {2}list +Name of the list\.\n +text of at most 255 characters; read, write, required\n/);
    expect(stdout).toContain('plan_address_list_change (plan)');
    expect(stdout).not.toContain('creation-time');
    const line = /routeros-mcp (plan add firewall-address-list --device edge-1) (.*)\n/.exec(stdout);
    const values = [...(line?.[2] ?? '').matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
    const made = await run(...(line?.[1] ?? '').split(' '), ...values, '--json');
    expect([made.code, made.json.data.planned]).toEqual([0, true]);
  });

  test.each([
    [['get', 'dns'], 'dynamic-servers', 'read, live'],
    [['plan', 'set', 'dns'], 'servers=192.0.2.1', '/ip/dns, one item; set'],
    [['plan', 'move', 'dns'], 'plan move is not for this menu', 'one item; set'],
    [['plan', 'remove', 'firewall-filter'], "--id '*1'", 'Fields for --where'],
    [['run', 'ping'], 'target=', 'none: it only answers'],
    [['view', 'recent-logs'], 'start-time', 'get_recent_logs'],
    [['plan', 'recipe', 'static-route-add'], 'gateway', 'plan_add_static_route'],
    [['get', '/ip/kid-control'], 'the catalog does not describe this menu', '/ip/kid-control, read only'],
    [['get', '--device', 'edge-1', 'dns'], 'get_dns_status (read)', 'allow-remote-requests'],
  ])('%j', async (args, one, other) => {
    const { code, stdout } = await run(...args, '--help');
    expect(code).toBe(0);
    expect(stdout).toContain(one);
    expect(stdout).toContain(other);
  });

  test('what does not exist is refused, with what was probably meant', async () => {
    const human = await run('get', 'dnss', '--help');
    expect([human.code, human.stdout]).toEqual([3, '']);
    expect(human.stderr).toContain('Did you mean dns?');
    expect((await run('view', 'nope', '--help', '--json')).json.error.code).toBe('UNKNOWN_CAPABILITY');
  });

  test('get --help says that any menu can be read', async () => {
    expect((await run('get', '--help')).stdout).toContain('Any menu can be read by its path');
  });

  test('there is one for everything the catalog has', async () => {
    const { catalogHelp } = await import('../../src/bin/catalog-help.ts');
    const { COMMANDS } = await import('../../src/bin/table.ts');
    const { commandOf } = await import('../../src/bin/typed.ts');
    const help = (words: readonly string[], noun: 'capability' | 'action' | 'view' | 'recipe', id: string): string => {
      const command = commandOf(words, COMMANDS);
      if (!command) throw new Error('no such command');
      return catalogHelp(command, noun, id);
    };
    for (const { id, fields } of catalog.capabilities) {
      const text = help(['get'], 'capability', id);
      for (const [name, { traits }] of Object.entries(fields)) if (!traits.secret) expect(text).toContain(`  ${kebab(name)} `);
      for (const verb of ['add', 'set', 'remove', 'move']) expect(help(['plan', verb], 'capability', id)).toContain(id);
    }
    for (const { id } of catalog.actions) expect(help(['run'], 'action', id)).toContain(`run ${id} --device`);
    for (const { id } of views) expect(help(['view'], 'view', id)).toContain(`view ${id} --device`);
    for (const { id } of recipes) expect(help(['plan', 'recipe'], 'recipe', id)).toContain(`plan recipe ${id} --device`);
  });
});
