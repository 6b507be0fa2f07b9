import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENTRY } from './program.ts';

const CANDIDATES = ['/usr/bin/node', '/usr/local/bin/node', '/opt/node/bin/node'];

/** A Node that is older than the floor, where the machine has one. */
const old = CANDIDATES.find((node) => {
  if (!existsSync(node)) return false;
  const [major = 0, minor = 0] = String(spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout)
    .split('.')
    .map(Number);
  return major >= 18 && (major < 22 || (major === 22 && minor < 19));
});

/** What the compiler leaves of a module without types: such a file runs on any Node. */
const compiled = (): string => stripTypeScriptTypes(readFileSync(ENTRY, 'utf8'), { mode: 'strip' }).replaceAll(".ts'", ".js'");

test('the entry imports nothing before it has looked at the version', () => {
  expect(compiled()).not.toMatch(/^\s*import\s|^\s*export\s.*\sfrom\s/m);
});

describe.skipIf(old === undefined)('on an old Node', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'routeros-mcp-old-'));
    writeFileSync(path.join(dir, 'package.json'), '{"type":"module"}');
    writeFileSync(path.join(dir, 'entry.js'), compiled());
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const run = (...args: readonly string[]) =>
    spawnSync('/usr/bin/env', ['-i', old ?? '', path.join(dir, 'entry.js'), ...args], { encoding: 'utf8' });

  test('one sentence: what it found, what it needs, what to do', () => {
    const { status, stdout, stderr } = run('--version');
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(
      /^error: routeros-mcp needs Node\.js 22\.19 or newer; this is Node\.js \d+\.\d+\.\d+\.\nhint: Run npx -p node@26 /,
    );
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  });

  test('--json: the envelope', () => {
    const { status, stdout, stderr } = run('device', 'list', '--json');
    expect([status, stderr]).toEqual([3, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: { code: 'NODE_TOO_OLD', retryable: false, details: { needed: '22.19' } },
    });
  });
});

test.runIf(old === undefined)('no old Node on this machine: what it would print was not seen', ({ skip }) =>
  skip('no Node between 18 and 22.19 found'),
);

test('the floor is the one package.json states', () => {
  const { engines } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'));
  const [, major, minor] = /NEEDED = \[(\d+), (\d+)\]/.exec(readFileSync(ENTRY, 'utf8')) ?? [];
  expect(engines.node).toBe(`>=${major}.${minor}`);
});
