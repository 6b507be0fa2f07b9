import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENTRY, ended, newPlace, type Place } from './program.ts';

let place: Place;
beforeAll(() => {
  place = newPlace();
});
afterAll(() => place[Symbol.dispose]());

describe('a command line that cannot be followed', () => {
  test.each([
    [['devcie', 'list'], 'There is no command devcie.', 'Did you mean device?'],
    [['device', 'lisst'], 'There is no command device lisst.', 'Did you mean device list?'],
    [['plan', 'aprove', 'pln_1'], 'There is no command plan aprove.', 'Did you mean plan approve?'],
    [['plan'], 'plan alone is not a command.', 'Use one of: set, add,'],
    [['device', 'list', '--jsn'], 'There is no flag --jsn.', 'Did you mean --json?'],
    [['device', 'list', '--routers', '3'], 'device list has no flag --routers.', 'common flags only'],
    [['get', 'dns', '--devise', 'x'], 'There is no flag --devise.', 'Did you mean --device?'],
    [['get', 'dns', '--device'], '--device needs a value', 'by name or id'],
    [['get', 'dns', '--device', 'a', '--device', 'b'], '--device is given twice.', 'Give it once.'],
    [['get', 'dns', '--limit', 'many', '--device', 'a'], '--limit takes a whole number', 'For example --limit 3'],
    [['get', 'dns'], '--device is missing.', 'Say which router'],
    [['get'], 'get needs <capability>', 'Usage: routeros-mcp get <capability>'],
    [['device', 'show', 'a', 'b'], 'device show does not take b.', 'Usage: routeros-mcp device show <name>'],
    [['plan', 'set', 'dns', 'servers', '--device', 'a'], 'servers is no value.', 'Write field=value'],
    [['plan', 'set', 'dns', 'a=1', 'a=2', '--device', 'a'], 'a is given twice.', 'Give each field once.'],
    [['plan', 'set', 'dns', '--device', 'a'], 'Nothing is to be set.', '--unset FIELD'],
    [['plan', 'remove', 'dns', '--device', 'a'], 'No row is named.', "--id '*3'"],
    [['plan', 'remove', 'dns', '--device', 'a', '--id', '*1', '--where', 'a=b'], 'The row is named twice', 'Use one of them.'],
    [['plan', 'list', '--state', 'finished'], 'There is no such state of a plan.', 'completed'],
    [['mcp', '--transport', 'http'], '--transport does not take http.', 'Use one of: stdio.'],
    [['simulate', '--routers', '0'], '--routers takes a whole number from 1', 'For example'],
    [['device', 'add', 'a', '--address', 'http://127.0.0.1:1', '--username', 'u'], '--environment is missing.', 'lab, staging, prod'],
    [['device', 'add', 'a', '--username', 'u'], '--address is missing.', 'https://'],
  ])('%j', async (args, message, hint) => {
    const [human, machine] = await Promise.all([place.run(args), place.run([...args, '--json'])]);
    expect(human).toMatchObject({ code: 3, stdout: '' });
    expect(human.stderr).toContain(`error: ${message}`);
    expect(human.stderr.split('\n')[1]).toMatch(/^hint: /);
    expect(human.stderr).toContain(hint);
    expect(human.stderr).not.toMatch(/\n\s+at /);
    expect(machine).toMatchObject({ code: 3, stderr: '' });
    expect(machine.json).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', retryable: false } });
    expect(machine.json.error.message).toContain(message);
  });

  test('a password on the command line is not taken, and not repeated', async () => {
    const args = [
      'device',
      'add',
      'a',
      '--address',
      'http://127.0.0.1:1',
      '--username',
      'u',
      '--environment',
      'lab',
      '--password',
      'hunter2',
    ];
    const { code, stdout, stderr } = await place.run(args);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('can be read by everybody on this machine');
    expect(stderr).not.toContain('hunter2');
  });

  test('an empty password is not sent', async () => {
    const args = [
      'device',
      'add',
      'a',
      '--address',
      'http://127.0.0.1:1',
      '--username',
      'u',
      '--environment',
      'lab',
      '--password-stdin',
      '--json',
    ];
    expect((await place.run(args, { input: '\n' })).json.error.message).toContain('empty');
  });

  test('-v shows where it came from, without it nobody sees a stack', async () => {
    const { stderr } = await place.run(['get', 'dns', '--device', 'nobody', '-v']);
    expect(stderr).toMatch(/\n\s+at /);
    expect(stderr).toContain('UNKNOWN_DEVICE');
  });

  test('text that moves a cursor does not come back', async () => {
    const { stderr } = await place.run(['\u001b[2Jdevice']);
    expect(stderr).toContain('error: There is no command');
    expect(stderr).not.toContain('\u001b');
  });
});

describe('what stdout is for', () => {
  test('the envelope, also when there is nothing', async () => {
    const { stdout, json } = await place.run(['device', 'list', '--json']);
    expect(json.data).toEqual({ devices: [] });
    expect(stdout).toMatch(/^\{"ok":true,"data":\{"devices":\[\]\},"meta":\{"requestId":"req_[0-9a-z]{16}"\}\}\n$/);
  });

  test('remarks go to stderr, and -q silences them', async () => {
    const loud = await place.run(['plan', 'list']);
    expect([loud.code, loud.stderr]).toEqual([0, 'No plans.\n']);
    const quiet = await place.run(['plan', 'list', '-q']);
    expect([quiet.code, quiet.stderr]).toEqual([0, '']);
  });

  test('a reader that goes away ends the program quietly', async () => {
    const child = spawn(process.execPath, [ENTRY, 'config', 'show'], { env: place.env, cwd: place.dir });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, stderr]).toEqual([0, '']);
  });

  test.skipIf(!existsSync('/dev/full'))('output that cannot be written is not passed off as success', async () => {
    const full = spawn('/bin/sh', ['-c', `"${process.execPath}" "${ENTRY}" config show > /dev/full`], { env: place.env, cwd: place.dir });
    expect(await ended(full, '')).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be written (ENOSPC)') });
  });

  test('no colours where nobody looks', async () => {
    expect((await place.run(['config', 'show'])).stdout).not.toContain('\u001b');
  });
});

describe('help and version', () => {
  test('--version', async () => {
    const { code, stdout } = await place.run(['--version']);
    expect([code, stdout]).toEqual([0, '0.1.0\n']);
    expect((await place.run(['--version', '--json'])).json.data).toEqual({ version: '0.1.0', node: process.versions.node });
  });

  test('--help, of everything, of a noun, of a verb', async () => {
    expect((await place.run(['--help'])).stdout).toContain('plan approve <planId>');
    const noun = (await place.run(['device', '--help'])).stdout;
    expect(noun).toContain('device add <name>');
    expect(noun).not.toContain('plan approve');
    const verb = await place.run(['device', 'add', '--help']);
    expect(verb.code).toBe(0);
    expect(verb.stdout).toContain('Usage: routeros-mcp device add <name> [flags]');
    expect(verb.stdout).toContain('--password-stdin');
    expect(verb.stdout).not.toContain('--password TEXT');
  });

  test.each([['--version'], ['--help']])('%s loads neither the library nor a face nor the parser', async (flag) => {
    const hook = `import { registerHooks } from 'node:module';
      registerHooks({ resolve: (name, context, next) => {
        const found = next(name, context);
        if (/[/](lib|tui|mcp|simulator)[/].*[.]tsx?$|node_modules/.test(found.url)) console.error(found.url);
        return found;
      } });`;
    const file = path.join(place.dir, 'loads.mjs');
    writeFileSync(file, hook);
    const env = { NODE_OPTIONS: `--import=${file}` };
    expect((await place.run([flag], { env })).stderr).toBe('');
    // The hook does see what is loaded.
    expect((await place.run(['config', 'show', '-q'], { env })).stderr).toContain('/lib/');
  });
});

describe('config show', () => {
  test('every setting with its origin, later layers over earlier ones', async () => {
    const file = path.join(place.dir, 'config.yaml');
    writeFileSync(file, 'poll:\n  intervalSeconds: 9\nlogLevel: warn\n');
    const shown = await place.run(['config', 'show', '--config', file, '--data-dir', '/tmp/elsewhere', '--json'], {
      env: { ROUTEROS_MCP_LOG_LEVEL: 'error', ROUTEROS_MCP_ENCRYPTION_KEY: 'do-not-show' },
    });
    const of = (key: string) => shown.json.data.settings.find((row: { readonly key: string }) => row.key === key);
    expect(of('poll.intervalSeconds')).toMatchObject({ value: 9, origin: 'file' });
    expect(of('logLevel')).toMatchObject({ value: 'error', origin: 'env', where: 'ROUTEROS_MCP_LOG_LEVEL' });
    expect(of('dataDir')).toMatchObject({ value: '/tmp/elsewhere', origin: 'flag', where: '--data-dir' });
    expect(of('encryptionKey')).toMatchObject({ value: '[secret]', origin: 'env' });
    expect(shown.stdout + shown.stderr).not.toContain('do-not-show');
    expect(shown.json.data.file).toBe(file);
  });

  test('--plain: values between tabs, without a head', async () => {
    const { stdout } = await place.run(['config', 'show', '--plain']);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(rows.every((row) => row.length === 4)).toBe(true);
    expect(rows[0]?.[0]).toBe('dataDir');
  });
});
