import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { agent, openFleet } from '../../src/lib/index.ts';
import { loadConfig } from '../../src/lib/operator.ts';
import { compileSources } from './build.ts';
import { KEYS, openTerminal, type TerminalOptions, type TestTerminal } from './terminal.ts';

const PROGRAM = fileURLToPath(new URL('program.ts', import.meta.url));
let built = '';
let dataDirs: string[] = [];
beforeAll(() => {
  built = compileSources();
}, 120_000);
afterEach(() => {
  for (const dir of dataDirs) rmSync(dir, { recursive: true, force: true });
  dataDirs = [];
});

function environment(env: Readonly<Record<string, string>> = {}): {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
} {
  const dataDir = mkdtempSync(join(tmpdir(), 'routeros-mcp-tui-'));
  dataDirs.push(dataDir);
  return { dataDir, env: { TUI_TEST_BUILD: built, TUI_TEST_DATA: dataDir, ...env } };
}

const program = (options: Partial<TerminalOptions> = {}): TestTerminal =>
  openTerminal({ command: process.execPath, args: [PROGRAM], ...options, env: environment(options.env).env });

/** The terminal is as it was found: ordinary screen, cursor, wrapping, no marks around pastes. */
function expectRestored(terminal: TestTerminal): void {
  expect(terminal.alternate).toBe(false);
  expect(terminal.cursorHidden).toBe(false);
  const output = terminal.output();
  for (const mode of ['?7h', '?2004l', '?25h', '?1049l']) {
    const [on, off] = [`\u001b[${mode}`, `\u001b[${mode.slice(0, -1)}${mode.endsWith('h') ? 'l' : 'h'}`];
    expect(output.lastIndexOf(on)).toBeGreaterThan(output.lastIndexOf(off));
  }
}

describe('from the first screen to a changed router', () => {
  test('edit, plan, approve, apply, roll back; every key on the way', async () => {
    await using terminal = program();
    await terminal.waitFor(/3 routers, 3 up/);
    expect(terminal.alternate).toBe(true);
    terminal.type('G', 'g');
    await terminal.waitFor('1 of 3');
    terminal.type(':', 'dns edge-1', KEYS.enter);
    await terminal.waitFor(/servers +9\.9\.9\.9,1\.1\.1\.1/);
    terminal.type('e', 'servers=1.1.1.1', KEYS.enter);
    await terminal.waitFor('9.9.9.9,1.1.1.1 → 1.1.1.1');
    await terminal.waitFor('▲ 1 plan waits');
    terminal.type('a');
    await terminal.waitFor('Approve? y and Enter:');
    terminal.type('y', KEYS.enter);
    await terminal.waitFor('✓ approved');
    terminal.type('A');
    await terminal.waitFor('✓ completed');
    await terminal.waitFor('verified      /ip/dns set servers=1.1.1.1');
    await terminal.waitFor('Done on edge-1, and checked.');
    terminal.type('z');
    await terminal.waitFor('1.1.1.1 → 9.9.9.9,1.1.1.1');
    terminal.type('q');
    expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
    expectRestored(terminal);
    expect(terminal.printed()).toContain('before the screen');
    expect(terminal.printed()).toContain('after the screen');
    expect(terminal.printed()).not.toContain('Fleet');
  });

  test('a plan that another process makes shows at once, with one bell', async () => {
    const { dataDir, env } = environment();
    await using terminal = openTerminal({ command: process.execPath, args: [PROGRAM], env });
    await terminal.waitFor(/3 routers, 3 up/);
    const { config } = loadConfig({ env: {}, flags: { dataDir } });
    await using fleet = await openFleet({ config, actor: agent('claude', 'ann', 'stdio') });
    await fleet.plan({ device: 'edge-1', intents: [{ verb: 'set', capability: 'dns', values: { servers: '192.0.2.53' } }] });
    await terminal.waitFor('▲ 1 plan waits');
    await terminal.waitFor('New plan by agent:claude: set dns. p shows it.');
    expect(terminal.bells).toBe(1);
    terminal.type('p');
    await terminal.waitFor(/▲ review .* agent:claude/);
    terminal.type(KEYS.enter);
    await terminal.waitFor('agent:claude for user:ann, over stdio');
    terminal.type('x');
    await terminal.waitFor('Why not?');
    terminal.type('not today', KEYS.enter);
    await terminal.waitFor('✗ rejected');
    const [view] = await fleet.plans();
    expect(view?.decision).toMatchObject({ by: 'user:ann', reason: 'not today' });
    terminal.type('q');
    await terminal.exit;
  });
});

describe('the terminal is given back', () => {
  test.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('after %s', async (signal) => {
    await using terminal = program();
    await terminal.waitFor('Fleet');
    terminal.kill(signal);
    await terminal.exit;
    expectRestored(terminal);
    expect(terminal.printed()).toContain('after the screen');
  });

  test('after an error that nobody caught, which can then be read', async () => {
    await using terminal = program({ env: { TUI_TEST_CRASH: '1' } });
    await terminal.waitFor('Fleet');
    const { code } = await terminal.exit;
    expect(code).not.toBe(0);
    expectRestored(terminal);
    expect(terminal.printed()).toContain('broken on purpose');
  });

  test('after Ctrl+C', async () => {
    await using terminal = program();
    await terminal.waitFor('Fleet');
    terminal.type(KEYS.ctrlC);
    expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
    expectRestored(terminal);
  });
});

describe('the screen', () => {
  test('follows the window, and says when it is too small', async () => {
    await using terminal = program();
    await terminal.waitFor(/3 routers, 3 up/);
    terminal.resize(120, 40);
    await terminal.waitFor((now) => now.screen()[39]?.includes('q quit') === true && now.text().includes('trend'));
    expect(terminal.screen()[0]).toMatch(/^ routeros-mcp {2}test fleet {50,}read-write$/);
    terminal.resize(50, 12);
    await terminal.waitFor('This terminal is 50x12');
    terminal.resize(80, 24);
    await terminal.waitFor((now) => now.screen()[23]?.includes('q quit') === true);
    expect(terminal.text()).not.toContain('trend');
  });

  test('writes one chunk of bytes per change, and only what changed', async () => {
    await using terminal = program();
    await terminal.waitFor(/3 routers, 3 up/);
    terminal.type('P');
    await terminal.waitFor('Live updates are paused');
    const before = terminal.chunks().length;
    terminal.type('j');
    await terminal.waitFor('2 of 3');
    const written = terminal.chunks().slice(before);
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(/^\u001b\[\?2026h.*\u001b\[\?2026l$/s);
    // Two rows of a table and a place in it: far less than a screen.
    expect(Buffer.byteLength(written.join(''))).toBeLessThan(600);
    // A key that changes nothing writes nothing: its reason is shown once.
    terminal.type('l');
    await terminal.waitFor('l does nothing here');
    const after = terminal.chunks().length;
    terminal.type('l', 'l', 'k');
    await terminal.waitFor('1 of 3');
    expect(terminal.chunks()).toHaveLength(after + 1);
  });

  test('is not moved by what a router says of itself', async () => {
    const hostile = `\u001b[2J\u001b[1;1Hgone\u001b]0;owned\u0007\u202eright\u0007 ${'x'.repeat(65_536)}`;
    await using terminal = program({ env: { TUI_TEST_IDENTITY: JSON.stringify(hostile), TUI_TEST_ROUTERS: '1' } });
    await terminal.waitFor(/1 router, 1 up/);
    terminal.type(KEYS.enter);
    await terminal.waitFor('identity');
    const lines = terminal.screen();
    expect(lines[0]).toMatch(/^ routeros-mcp {2}test fleet/);
    expect(lines[23]).toMatch(/q quit$/);
    expect(lines.find((line) => line.includes('identity'))).toMatch(/^ {3}identity {6}goneright$/);
    expect(
      lines
        .join('')
        .match(/x{30,}/g)
        ?.join('').length,
    ).toBeLessThanOrEqual(120);
    expect(terminal.bells).toBe(0);
    expect(terminal.output()).not.toContain('owned');
    terminal.type('3');
    await terminal.waitFor('IP addresses');
    await terminal.waitFor(/goneright x+…/);
    expect(terminal.screen()[0]).toMatch(/^ routeros-mcp {2}test fleet/);
    terminal.type(KEYS.ctrlL);
    await terminal.waitFor(/goneright x+…/);
  });

  test('NO_COLOR writes no colour; TERM=dumb no sequence at all', async () => {
    await using colourless = program({ env: { NO_COLOR: '1' } });
    await colourless.waitFor(/3 routers, 3 up/);
    expect(colourless.output()).not.toMatch(/\u001b\[[0-9;]*(3|4|9|10)[0-7][0-9;]*m/);
    expect(colourless.output()).toMatch(/\u001b\[[0-9;]*7m/);
    await using dumb = program({ env: { TERM: 'dumb' } });
    await dumb.waitFor('1 of 3');
    dumb.type('?');
    await dumb.waitFor('First steps');
    dumb.type('q');
    await dumb.exit;
    expect(dumb.output()).not.toContain('\u001b');
    expect(dumb.output()).toMatch(/^[ -~\r\n]*$/);
  });

  test('without UTF-8 draws in ASCII', async () => {
    await using terminal = program({ env: { LANG: 'C' } });
    await terminal.waitFor(/3 routers, 3 up/);
    expect(terminal.output().replaceAll('\u001b', '')).toMatch(/^[\u0020-\u007e\r\n]*$/);
    expect(terminal.text()).toContain('> ap-1');
  });

  test('is there again after the process was stopped', async () => {
    await using terminal = program();
    await terminal.waitFor(/3 routers, 3 up/);
    const before = terminal.output().length;
    terminal.kill('SIGSTOP');
    terminal.kill('SIGCONT');
    await terminal.waitFor(
      (now) => now.output().slice(before).includes('\u001b[?1049h') && now.output().slice(before).includes('routeros-mcp'),
    );
    expect(terminal.text()).toContain('3 routers, 3 up');
  });
});

test('without a terminal the fleet is printed once, plainly', async () => {
  const { env } = environment();
  const child = spawn(process.execPath, [PROGRAM], {
    env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = (await Array.fromAsync(child.stdout)).join('');
  const lines = output.split('\n');
  expect(lines[1]).toMatch(/^NAME +ENV +STATUS +VERSION +CPU +MEM +UPTIME +PLANS$/);
  expect(lines.slice(2, 5).every((line) => /^\S+ +(lab|staging|prod) +up +7\./.test(line))).toBe(true);
  expect(output).not.toContain('\u001b');
});
