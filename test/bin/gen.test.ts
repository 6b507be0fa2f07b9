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
  for (const name of ['src', 'scripts', 'docs', 'test/tui/frames', 'README.md', 'package.json', 'biome.json', '.gitignore'])
    cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const gen = (...args: readonly string[]) =>
  spawnSync(process.execPath, [path.join(copy, 'scripts/gen.ts'), ...args], { encoding: 'utf8', cwd: copy });
const file = (name: string): string => path.join(copy, name);
const text = (name: string): string => readFileSync(file(name), 'utf8');

test('what is checked in is fresh', () => {
  const { status, stderr } = gen('--check');
  expect([status, stderr]).toEqual([0, '']);
});

test('a capability more: every stale file is named, and one run mends them', () => {
  const menu = 'src/lib/capability/catalog/system-note.ts';
  const note = text('src/lib/capability/catalog/system-identity.ts')
    .replace('systemIdentity', 'systemNote')
    .replace("'system-identity'", "'system-note'")
    .replace('/system/identity', '/system/note');
  writeFileSync(file(menu), note);
  writeFileSync(file('README.md'), '# A\n\n<!-- gen:capabilities -->\nold\n<!-- /gen -->\n\n<!-- gen:screen -->\n<!-- /gen -->\n\nrest\n');
  const stale = gen('--check');
  expect(stale.status).toBe(1);
  for (const name of ['src/lib/capability/catalog/index.ts', 'docs/reference/catalog.md', 'README.md'])
    expect(stale.stderr).toContain(`${name} is stale`);
  expect(stale.stderr).not.toContain('cli.md');
  expect(gen().status).toBe(0);
  expect(text('src/lib/capability/catalog/index.ts')).toContain("export { systemNote } from './system-note.ts';");
  expect(text('docs/reference/catalog.md')).toContain('## system-note');
  expect(text('README.md')).toMatch(
    /^# A\n\n<!-- gen:capabilities -->\n\| Capability [\s\S]*`system-note`[\s\S]*<!-- \/gen -->\n\n<!-- gen:screen -->\n```text\n[\s\S]*<!-- \/gen -->\n\nrest\n$/,
  );
  expect(gen('--check').status).toBe(0);
});

test('a file that declares nothing is an error', () => {
  writeFileSync(file('src/lib/capability/catalog/empty.ts'), '');
  const { status, stderr } = gen('--check');
  expect(status).toBe(1);
  expect(stderr).toContain('empty.ts must export exactly one declaration');
});
