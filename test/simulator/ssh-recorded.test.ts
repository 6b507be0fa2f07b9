import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { type SshLogin, sshLogin } from './ssh-client.ts';
import { recordedData } from './support.ts';

const folder = recordedData('cli/oxidized');
/** The board that stands for a recorded one. */
const STAND_IN: Readonly<Record<string, string>> = { CHR: 'chr_7.24', L009UiGS: 'hap-ac2_7.12.1', 'RB5009UPr+S+': 'rb5009_7.20.6' };
/** What a real one prints and the simulator does not: the stand-in is another board, or was recorded over REST, which leaves it out. */
const KNOWN_MISSING: Readonly<Record<string, readonly string[]>> = {
  '/system resource print': ['bad-blocks', 'factory-software', 'write-sect-since-reboot', 'write-sect-total'],
  '/system package update print': ['latest-version', 'status'],
};
const HEADER = [
  /^# \d{4}-\d\d-\d\d \d\d:\d\d:\d\d by RouterOS \d[\w.]*$/,
  /^# software id =(?: \S+)?$/,
  /^#$/,
  /^# model = .+$/,
  /^# serial number = \S+$/,
];

/** The recordings write blanks at the start of a line, quotes and backslashes as escapes. */
const plain = (text: string): string => text.replace(/\\x20/g, ' ').replace(/\\(["\\])/g, '$1');
const lines = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter(Boolean);
const keys = (text: string): readonly string[] =>
  lines(text)
    .flatMap((line) => /^ *([a-z][a-z0-9-]*): /.exec(line)?.[1] ?? [])
    .toSorted();
const without = (all: readonly string[], taken: readonly string[]): readonly string[] => all.filter((one) => !taken.includes(one));
/** What stands in the header: nothing of the hardware where there is none, though the recordings of virtual routers were given it. */
const headerOf = (text: string): readonly RegExp[] => (/^# model =/m.test(text) ? HEADER : HEADER.slice(0, 3));
/** The lines of an export that are neither its header nor a wrapped rest. */
const body = (text: string): readonly string[] => lines(text.replace(/\\\r?\n +/g, '')).slice(headerOf(text).length);

function recordings(): readonly { file: string; commands: ReadonlyMap<string, string> }[] {
  if (folder === undefined) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.simulation.yaml'))
    .map((file) => {
      const { commands } = parse(readFileSync(path.join(folder, file), 'utf8')) as {
        commands: Record<string, string> | Record<string, string>[];
      };
      const all = Array.isArray(commands) ? commands.flatMap(Object.entries) : Object.entries(commands);
      return { file, commands: new Map(all.map(([command, text]) => [command.trim(), plain(String(text))])) };
    });
}

test('there are recorded sessions to compare with', (context) => {
  if (folder === undefined) return context.skip('the recorded data is not beside this checkout');
  expect(recordings()).toHaveLength(4);
});

describe.each(recordings())('$file', ({ file, commands }) => {
  let simulator: Simulator;
  let router: SimulatedRouter;
  let login: SshLogin;
  const printed = async (command: string) => ({ real: commands.get(command) ?? '', ours: await login.run(command) });
  beforeAll(async () => {
    const board = file.split('_')[0] ?? '';
    simulator = await startSimulator({ specs: [{ recording: STAND_IN[board] ?? '' }], ssh: true });
    [router] = simulator.routers as [SimulatedRouter];
    login = await sshLogin(router, { username: `${router.username}+cte512w` });
  });
  afterAll(async () => {
    await login[Symbol.asyncDispose]();
    await simulator.close();
  });

  test.each(Object.entries(KNOWN_MISSING))('%s has the same keys, one a line', async (command, known) => {
    const { real, ours } = await printed(command);
    const missing = without(keys(real), keys(ours.text));
    const more = without(keys(ours.text), keys(real));
    console.log(`${file} ${command}: ${keys(real).length - missing.length} agree, missing [${missing}], more [${more}]`);
    expect(keys(real).length).toBeGreaterThan(1);
    expect(without(missing, known)).toEqual([]);
    expect(lines(ours.text)).toHaveLength(keys(ours.text).length);
    expect(ours.status).toBe(0);
  });

  test('/export begins with the same lines, and goes on in the same form', async () => {
    const { real, ours } = await printed('/export show-sensitive');
    for (const text of [real, ours.text]) {
      headerOf(text).forEach((form, at) => {
        expect(lines(text)[at]).toMatch(form);
      });
      expect(body(text)[0]).toMatch(/^\/[a-z]/);
      for (const line of body(text)) expect(line).toMatch(/^(?:\/[a-z0-9-]+(?: [a-z0-9-]+)*|(?:add|set)(?: .+)?|# .+)$/);
    }
    expect(headerOf(real)).toBe(HEADER);
    expect(headerOf(ours.text).length).toBe(router.board.startsWith('chr') ? 3 : 5);
    const menus = (text: string) => body(text).filter((line) => line.startsWith('/'));
    expect(new Set(menus(ours.text)).size).toBe(menus(ours.text).length);
    const other = without(menus(real), menus(ours.text));
    console.log(`${file} /export: ${menus(real).length - other.length} menus in both, only recorded [${other}]`);
    expect(menus(real).length - other.length).toBeGreaterThan(0);
  });

  test('the history has a row for each change', async () => {
    const { real, ours } = await printed('/system history print without-paging');
    expect(lines(real)[0]).toBe('Flags: U - UNDOABLE');
    const columns = /^Columns: /m;
    console.log(`${file} history: flags and columns ${columns.test(ours.text) ? 'as recorded' : 'differ: rows are printed as key=value'}`);
    const actions = router.rows('/system/history').map((row) => row['action'] ?? '');
    expect(actions).not.toEqual([]);
    for (const action of actions) expect(ours.text).toContain(action);
  });

  test('quit', async () => {
    const { real, ours } = await printed('quit');
    expect(ours).toEqual({ text: `${real.trim()}\r\n`, status: 0 });
  });
});
