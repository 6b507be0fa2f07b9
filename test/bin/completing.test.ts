import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/bin/table.ts';
import { ALLOWANCES, catalogEntries, catalogOf, recipes, views } from '../../src/lib/index.ts';
import { ENTRY, newPlace } from './program.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld([{}, {}]);
});
afterAll(() => world[Symbol.asyncDispose]());

const catalog = catalogOf(catalogEntries);
const ids = (things: readonly { readonly id: string }[]): readonly string[] => things.map(({ id }) => id);

/** Candidates for the last word. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await world.run(['__complete', ...words]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((line) => line !== '');
}

describe('candidates', () => {
  test('commands, and what stands behind their first word', async () => {
    expect(await offered('')).toEqual([...new Set(COMMANDS.flatMap(({ words }) => words.slice(0, 1)))]);
    expect(await offered('plan', 'a')).toEqual(['add', 'approve', 'apply']);
    expect(await offered('dev')).toEqual(['device']);
  });

  test('names of the catalog, those the verb can be used with', async () => {
    expect(await offered('get', '')).toEqual(ids(catalog.capabilities));
    expect(await offered('plan', 'move', 'firewall-f')).toEqual(['firewall-filter']);
    expect(await offered('plan', 'add', 'dn')).toEqual(['dns-static']);
    expect(await offered('run', '')).toEqual(ids(catalog.actions));
    expect(await offered('view', '')).toEqual(ids(views));
    expect(await offered('plan', 'recipe', '')).toEqual(ids(recipes));
  });

  test('flags of the command that were not given, and their values', async () => {
    expect(await offered('get', 'dns', '--device', 'edge-1', '--de')).toEqual([]);
    expect(await offered('get', 'dns', '--fi')).toEqual(['--fields']);
    expect(await offered('device', 'add', 'x', '--environment', '')).toEqual(['lab', 'staging', 'prod']);
    expect(await offered('device', 'add', 'x', '--environment=s')).toEqual(['--environment=staging']);
    expect(await offered('device', 'add', 'x', '--allow', '')).toEqual(ALLOWANCES);
    expect(await offered('device', 'add', 'x', '--pass')).toEqual(['--password-stdin', '--password-fd']);
    expect(await offered('export', '--style', 'te')).toEqual(['terse']);
    expect(await offered('simulate', '--recording', 'rb')).toEqual(['rb5009_7.20.6']);
    expect(await offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(await offered('get', '--', '--fi')).toEqual([]);
  });

  test('fields, and the words they know', async () => {
    expect(await offered('plan', 'set', 'dns', 'servers=1.1.1.1', 'allow')).toEqual(['allow-remote-requests=']);
    expect(await offered('plan', 'set', 'dns', 'servers=1.1.1.1', 'serv')).toEqual([]);
    expect(await offered('plan', 'set', 'dns', 'dynamic-s')).toEqual([]);
    expect(await offered('plan', 'set', 'dns', 'allow-remote-requests=')).toEqual([
      'allow-remote-requests=yes',
      'allow-remote-requests=no',
    ]);
    expect(await offered('plan', 'add', 'firewall-filter', 'action=dr')).toEqual(['action=drop']);
    expect(await offered('plan', 'add', 'firewall-filter', 'connection-state=established,re')).toEqual([
      'connection-state=established,related',
    ]);
    expect(await offered('plan', 'add', 'firewall-filter', 'connection-state=!inv')).toEqual(['connection-state=!invalid']);
    expect(await offered('get', 'interface', '--where', 'runn')).toEqual(['running=']);
    expect(await offered('get', 'interface', '--where', 'running=')).toEqual(['running=yes', 'running=no']);
    expect(await offered('get', 'interface', '--fields', 'name,ty')).toEqual(['name,type']);
    expect(await offered('run', 'ping', 'ta')).toEqual(['target=']);
    expect(await offered('view', 'recent-logs', 'li')).toEqual(['limit=']);
    expect(await offered('plan', 'recipe', 'dns-ntp-rollout', 'dns-')).toEqual(['dns-servers=']);
  });

  test('routers of the store', async () => {
    expect(await offered('get', 'dns', '--device', '')).toEqual(['edge-1', 'edge-2']);
    expect(await offered('device', 'show', 'edge-2')).toEqual(['edge-2']);
    expect(await offered('run', 'bandwidth-test', 'target-device-id=')).toEqual(['target-device-id=edge-1', 'target-device-id=edge-2']);
  });

  test('nothing is made, asked or said where there is no store, and no name', async () => {
    const dir = path.join(world.dir, 'elsewhere');
    expect(await offered('get', 'dns', '--data-dir', dir, '--device', '')).toEqual([]);
    expect(existsSync(dir)).toBe(false);
    const broken = path.join(world.dir, 'broken');
    mkdirSync(broken, { mode: 0o700 });
    for (const file of ['fleet.db', 'encryption.key']) writeFileSync(path.join(broken, file), 'nonsense', { mode: 0o600 });
    expect(await offered('get', 'dns', '--data-dir', broken, '--device', '')).toEqual([]);
    for (const words of [
      [],
      ['nope', ''],
      ['get', 'nope', '--where', ''],
      ['--help', ''],
      ['get', '--nope', ''],
      ['plan', 'add', '\u001b[2J'],
    ]) {
      await offered(...words);
    }
  });
});

test('every allowance is named in the help of --allow', async () => {
  const { stdout } = await world.run(['device', 'add', '--help']);
  for (const allowance of ALLOWANCES) expect(stdout).toContain(allowance);
});

describe('completion', () => {
  test('prints a script, or says which shells there are', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { code, stdout, stderr } = await world.run(['completion', shell]);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain('__complete');
      expect((await world.run(['completion', shell, '--json'])).json.data).toEqual({ shell, script: stdout });
    }
    const wrong = await world.run(['completion', 'tcsh', '--json']);
    expect([wrong.code, wrong.json.error.code, wrong.json.error.hint]).toEqual([3, 'INVALID_INPUT', 'Use one of: bash, zsh, fish.']);
  });

  const has = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;
  for (const shell of ['zsh', 'fish']) {
    test.skipIf(!has(shell))(`the script of ${shell} is one that it can read (skipped where ${shell} is not installed)`, async () => {
      const { stdout } = await world.run(['completion', shell]);
      expect(spawnSync(shell, ['--no-execute'], { input: stdout }).status).toBe(0);
    });
  }

  describe.skipIf(!has('bash'))('in a real bash (skipped where it is not installed)', () => {
    let bin: string;
    beforeAll(() => {
      bin = path.join(world.dir, 'bin');
      mkdirSync(bin);
      writeFileSync(path.join(bin, 'routeros-mcp'), `#!/bin/sh\nexec "${process.execPath}" "${ENTRY}" "$@"\n`);
      chmodSync(path.join(bin, 'routeros-mcp'), 0o755);
    });

    /** The words as bash cuts this line; the cursor is at its end. */
    function press(line: string): readonly string[] {
      const words = line.match(/[=:]+|[^\s=:]+/g) ?? [];
      const all = /\s$/.test(line) ? [...words, ''] : words;
      const quoted = all.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
      const script = [
        'source <(routeros-mcp completion bash)',
        `COMP_WORDS=(${quoted}); COMP_CWORD=${all.length - 1}; COMP_LINE='${line.replaceAll("'", "'\\''")}'; COMP_POINT=\${#COMP_LINE}`,
        `_routeros_mcp; printf "%s\\n" "\${COMPREPLY[@]}"; complete -p routeros-mcp`,
      ].join('\n');
      const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], {
        encoding: 'utf8',
        env: { ...world.env, PATH: `${bin}:${world.env['PATH'] ?? ''}` },
      });
      expect(stderr).toBe('');
      const lines = stdout.trimEnd().split('\n');
      expect(lines.at(-1)).toBe('complete -F _routeros_mcp routeros-mcp');
      return lines.slice(0, -1).filter((one) => one !== '');
    }

    test.each([
      ['routeros-mcp get fire', ids(catalog.capabilities).filter((id) => id.startsWith('fire'))],
      ['routeros-mcp get dns --device ', ['edge-1', 'edge-2']],
      // Bash cuts at the equals sign: only what stands behind it is put in.
      ['routeros-mcp plan add firewall-filter action=dr', ['drop']],
      ['routeros-mcp plan set dns allow-remote-requests=', ['yes', 'no']],
      ['routeros-mcp plan set dns comment= cache-s', ['cache-size=']],
      ['routeros-mcp device add x --environment=s', ['staging']],
      ['routeros-mcp plan add firewall-filter connection-state=new,re', ['new,related']],
      ['routeros-mcp get nothing --where ', []],
    ])('%s', (line, wanted) => expect(press(line)).toEqual(wanted));
  });
});

test('what is typed on a fresh machine makes nothing', async () => {
  using place = newPlace();
  const { stdout, stderr, code } = await place.run(['__complete', 'device', 'show', '']);
  expect([code, stdout, stderr]).toEqual([0, '', '']);
  expect(existsSync(place.dataDir)).toBe(false);
});
