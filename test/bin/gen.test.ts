import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './program.ts';

/** A copy of what the generator reads and writes: the checkout itself is not touched. */
let copy: string;
beforeAll(() => {
  copy = mkdtempSync(path.join(os.tmpdir(), 'routeros-mcp-gen-'));
  for (const name of [
    'src',
    'scripts',
    'docs',
    'fixtures/reference-tools.json',
    'test/tui/frames',
    'README.md',
    'package.json',
    'biome.json',
    '.gitignore',
  ])
    cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const gen = (...args: readonly string[]) =>
  spawnSync(process.execPath, [path.join(copy, 'scripts/gen.ts'), ...args], { encoding: 'utf8', cwd: copy });
const file = (name: string): string => path.join(copy, name);
/** Asks each face of the copy for the new capability. */
const FACES = `
import { catalogEntries, catalogOf } from './src/lib/index.ts';
import { registry } from './src/mcp/registry.ts';
import { offersFor } from './src/tui/act/completion.ts';
import { deviceTabs } from './src/tui/screens/device.ts';
const catalog = catalogOf(catalogEntries);
const found = await registry.find('search_capabilities').handler({ query: 'kid-control' }, {});
const prompt = { purpose: { kind: 'command' }, input: { text: 'kid-', cursor: 4 } };
console.log(JSON.stringify({
  library: catalog.capability('kid-control').menu === '/ip/kid-control',
  mcp: registry.tools.map(({ name }) => name).filter((name) => name.includes('kid_control')),
  search: JSON.stringify(found.data).includes('kid-control'),
  tui: offersFor(prompt, {}, catalog).includes('kid-control'),
  keys: deviceTabs(catalog, 'kid-control').some(({ id }) => id === 'kid-control'),
}));
`;
const text = (name: string): string => readFileSync(file(name), 'utf8');

test('what is checked in is fresh', () => {
  const { status, stderr } = gen('--check');
  expect([status, stderr]).toEqual([0, '']);
});

test('a capability more: every stale file is named, and one run mends them', () => {
  const menu = 'src/lib/capability/catalog/kid-control.ts';
  const note = text('src/lib/capability/catalog/system-identity.ts')
    .replace('systemIdentity', 'kidControl')
    .replace("'system-identity'", "'kid-control'")
    .replace('/system/identity', '/ip/kid-control')
    .replace(/ {2}tool: .*\n/, "  tool: { read: 'get_kid_control', plan: 'plan_kid_control' },\n");
  writeFileSync(file(menu), note);
  writeFileSync(file('README.md'), '# A\n\n<!-- gen:capabilities -->\nold\n<!-- /gen -->\n\n<!-- gen:screen -->\n<!-- /gen -->\n\nrest\n');
  const stale = gen('--check');
  expect(stale.status).toBe(1);
  for (const name of ['src/lib/capability/catalog/index.ts', 'docs/reference/catalog.md', 'README.md'])
    expect(stale.stderr).toContain(`${name} is stale`);
  expect(stale.stderr).not.toContain('cli.md');
  expect(gen().status).toBe(0);
  expect(text('src/lib/capability/catalog/index.ts')).toContain("export { kidControl } from './kid-control.ts';");
  expect(text('docs/reference/catalog.md')).toContain('`kid-control`');
  expect(text('docs/reference/catalog/system.md')).toContain('## kid-control');
  expect(text('README.md')).toMatch(
    /^# A\n\n<!-- gen:capabilities -->\n\| Area [\s\S]*`kid-control`[\s\S]*<!-- \/gen -->\n\n<!-- gen:screen -->\n```text\n[\s\S]*<!-- \/gen -->\n\nrest\n$/,
  );
  expect(gen('--check').status).toBe(0);
  // No other hand-written file was touched, and every face has it.
  const faces = spawnSync(process.execPath, ['--input-type=module', '--eval', FACES], { encoding: 'utf8', cwd: copy });
  expect(faces.stderr).toBe('');
  expect(JSON.parse(faces.stdout)).toEqual({
    library: true,
    mcp: ['get_kid_control', 'plan_kid_control'],
    search: true,
    tui: true,
    keys: true,
  });
  const cli = spawnSync(process.execPath, [file('src/bin/routeros-mcp.ts'), 'get', 'kid-control', '--device', 'none', '--json'], {
    encoding: 'utf8',
    cwd: copy,
    env: { ...process.env, ROUTEROS_MCP_DATA_DIR: path.join(copy, 'data') },
  });
  expect(JSON.parse(cli.stdout)).toMatchObject({ error: { code: 'UNKNOWN_DEVICE' } });
});

test('a file that declares nothing is an error', () => {
  writeFileSync(file('src/lib/capability/catalog/empty.ts'), '');
  const { status, stderr } = gen('--check');
  expect(status).toBe(1);
  expect(stderr).toContain('empty.ts must export exactly one declaration');
});
