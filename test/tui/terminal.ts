import { type IPty, spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

/**
 * A real program in a real pseudo-terminal, seen through a terminal emulator: what a person would see, as text.
 *
 * @example
 * await using terminal = openTerminal({ command: process.execPath, args: ['dist/bin/routeros-mcp.js', 'demo'] });
 * await terminal.waitFor('edge-1');
 * terminal.type('j', KEYS.enter);
 * await terminal.waitFor('Fleet › edge-1');
 */
export interface TerminalOptions {
  readonly command: string;
  readonly args?: readonly string[];
  /** Added to a small, fixed environment: nothing of the machine under the test leaks in. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly cols?: number;
  readonly rows?: number;
}

export interface TestTerminal extends AsyncDisposable {
  readonly pid: number;
  /** The lines in view, without blanks at their ends. */
  screen(): readonly string[];
  /** The same as one text. */
  text(): string;
  /** What was printed on the ordinary screen, scrolled lines included. */
  printed(): string;
  /** Every byte the program wrote. */
  output(): string;
  /** Chunks the terminal received, in order. */
  chunks(): readonly string[];
  /** The alternate screen is shown. */
  readonly alternate: boolean;
  readonly cursorHidden: boolean;
  readonly bells: number;
  /** Resolves once the screen shows it. Fails when the program ends first, or after a minute of nothing. */
  waitFor(what: string | RegExp | ((terminal: TestTerminal) => boolean)): Promise<void>;
  /** Sends keys as they are typed. A lone Escape must be the last key of a call: what follows would be taken for its rest. */
  type(...keys: readonly string[]): void;
  resize(cols: number, rows: number): void;
  kill(signal: NodeJS.Signals): void;
  /** How the program ended. */
  readonly exit: Promise<{ readonly code: number; readonly signal: number }>;
}

export const KEYS = {
  enter: '\r',
  escape: '\u001b',
  tab: '\t',
  backspace: '\u007f',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  pageUp: '\u001b[5~',
  pageDown: '\u001b[6~',
  ctrlC: '\u0003',
  ctrlL: '\u000c',
} as const;

/** Nothing of a program takes that long: a wait that does not end is a failure with a picture, not a hang. */
const GIVE_UP = 60_000;

export function openTerminal(options: TerminalOptions): TestTerminal {
  const { command, args = [], env = {}, cwd, cols = 80, rows = 24 } = options;
  const base = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env };
  const pty: IPty = spawn(command, [...args], { name: base.TERM, cols, rows, env: base, ...(cwd !== undefined && { cwd }) });
  const emulator = new headless.Terminal({ cols, rows, allowProposedApi: true, scrollback: 5000 });
  const chunks: string[] = [];
  const watchers = new Set<() => void>();
  const tell = (): void => {
    for (const watcher of [...watchers]) watcher();
  };
  let bells = 0;
  let ended = false;
  emulator.onBell(() => {
    bells += 1;
  });
  pty.onData((data) => {
    chunks.push(data);
    emulator.write(data, tell);
  });
  const exit = new Promise<{ code: number; signal: number }>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      // The emulator takes what came before the end, then the end is told.
      emulator.write('', () => {
        ended = true;
        tell();
        resolve({ code: exitCode, signal: signal ?? 0 });
      });
    });
  });
  const lines = (from: 'active' | 'normal', all: boolean): readonly string[] => {
    const buffer = from === 'active' ? emulator.buffer.active : emulator.buffer.normal;
    const start = all ? 0 : buffer.viewportY;
    return Array.from({ length: all ? buffer.length : emulator.rows }, (_, index) =>
      (buffer.getLine(start + index)?.translateToString(true) ?? '').trimEnd(),
    );
  };
  const terminal: TestTerminal = {
    pid: pty.pid,
    screen: () => lines('active', false),
    text: () => lines('active', false).join('\n'),
    printed: () => lines('normal', true).join('\n'),
    output: () => chunks.join(''),
    chunks: () => chunks,
    get alternate() {
      return emulator.buffer.active.type === 'alternate';
    },
    get cursorHidden() {
      return chunks.join('').lastIndexOf('\u001b[?25l') > chunks.join('').lastIndexOf('\u001b[?25h');
    },
    get bells() {
      return bells;
    },
    waitFor: (what) => waitFor(terminal, what, watchers, () => ended),
    type: (...keys) => {
      for (const key of keys) pty.write(key);
    },
    resize: (columns, lineCount) => {
      emulator.resize(columns, lineCount);
      pty.resize(columns, lineCount);
    },
    kill: (signal) => pty.kill(signal),
    exit,
    [Symbol.asyncDispose]: async () => {
      if (!ended) pty.kill('SIGKILL');
      await exit;
      emulator.dispose();
    },
  };
  return terminal;
}

function waitFor(
  terminal: TestTerminal,
  what: Parameters<TestTerminal['waitFor']>[0],
  watchers: Set<() => void>,
  ended: () => boolean,
): Promise<void> {
  const seen = (): boolean => {
    if (typeof what === 'function') return what(terminal);
    return typeof what === 'string' ? terminal.text().includes(what) : what.test(terminal.text());
  };
  return new Promise((resolve, reject) => {
    const stop = (then: () => void): void => {
      clearTimeout(timer);
      watchers.delete(look);
      then();
    };
    const fail = (why: string): void =>
      stop(() => reject(new Error(`${why} while waiting for ${String(what)}. The screen:\n${terminal.text()}`)));
    const look = (): void => {
      if (seen()) stop(resolve);
      else if (ended()) fail('The program ended');
    };
    const timer = setTimeout(() => fail('Nothing more came'), GIVE_UP);
    watchers.add(look);
    look();
  });
}
