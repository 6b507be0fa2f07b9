import type { ServerChannel } from 'ssh2';
import { Refusal } from '../errors.ts';
import { hasFolder } from '../paths.ts';
import { holdsSafeMode, releaseSafeMode, sessionLost, sessionQuit, takeSafeMode } from '../safe-mode.ts';
import type { RouterState } from '../state/router.ts';
import { rowsOf } from '../state/tables.ts';
import { INTERRUPTED, QUIT } from './console.ts';
import { print } from './print.ts';
import type { Inside } from './server.ts';

const PROBE = '\u001b[6n';
const WHERE = /\u001b\[\d+;\d+R/;
/** Arrow keys and the like: taken and not acted on. */
const KEY = /^\u001b(?:\[[\d;]*[A-Za-z~]|O[A-Z])/;
const STARTED_KEY = /^\u001b(?:$|\[[\d;]*$|O$)/;

const [CTRL_C, CTRL_D, CTRL_X, BACKSPACE, DELETE] = ['\u0003', '\u0004', '\u0018', '\b', '\u007f'];

function prompt(router: RouterState, { account, name }: Inside['visitor'], menu: string, safe: boolean): string {
  const who = `${account.name}@${rowsOf(router, '/system/identity')[0]?.['name'] ?? 'MikroTik'}`;
  return `[${name.colours ? `\u001b[m\u001b[34m${who}\u001b[m` : who}] ${menu === '/' ? '' : menu}${safe ? '<SAFE>' : '>'} `;
}

function greeting(router: RouterState): string {
  const note = rowsOf(router, '/system/note')[0];
  const text = note?.['show-at-login'] === 'true' ? `\r\n${note['note']?.replaceAll('\n', '\r\n') ?? ''}\r\n` : '';
  return `\r\n\r\n  MikroTik RouterOS ${router.version}       https://www.mikrotik.com/\r\n\r\nPress F1 for help\r\n${text}\r\n`;
}

/** Where a line that only names a menu leads; undefined when it is a command. */
function menuAfter(router: RouterState, menu: string, line: string): string | undefined {
  if (line === '/') return '/';
  if (line === '..') return menu.slice(0, menu.lastIndexOf('/')) || '/';
  const words = line.split(/[\s/]+/).filter(Boolean);
  const path = `${line.startsWith('/') || menu === '/' ? '' : menu}/${words.join('/')}`;
  return /^[a-z0-9/ -]+$/.test(line) && hasFolder(router, path) ? path : undefined;
}

/** A command typed in a menu means that menu, unless it starts from the top or is one of the language. */
const inMenu = (menu: string, line: string): string => (menu === '/' || /^[/:]/.test(line) ? line : `${menu} ${line}`);

interface Terminal {
  readonly inside: Inside;
  readonly channel: ServerChannel;
  /** The name of this console among all. */
  readonly console: string;
  menu: string;
  typed: string;
  /** Keys that have come and are not dealt with. */
  pending: string;
  waitsForCursor: boolean;
  over: boolean;
}

const showPrompt = ({ inside, channel, menu, console }: Terminal): void => {
  const router = inside.parts.state();
  channel.write(prompt(router, inside.visitor, menu, holdsSafeMode(router, console)));
};

/** Ctrl-X takes safe mode, and lets go of it: what was done stays then. */
function toggle(terminal: Terminal): void {
  const { inside, channel, console } = terminal;
  const router = inside.parts.state();
  try {
    if (holdsSafeMode(router, console)) {
      releaseSafeMode(router, console);
      channel.write('\r\n[Safe Mode released]\r\n');
    } else {
      takeSafeMode(router, inside.visitor.account.name, console, 'abort', inside.core.now());
      channel.write('\r\n[Safe Mode taken]\r\n');
    }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    channel.write(`\r\n${thrown.message}\r\n`);
  }
  showPrompt(terminal);
}

function end(terminal: Terminal, word: string): void {
  terminal.over = true;
  terminal.channel.write(word);
  terminal.channel.exit(0);
  terminal.channel.end();
}

async function enter(terminal: Terminal): Promise<void> {
  const { inside, channel } = terminal;
  const line = terminal.typed.trim();
  terminal.typed = '';
  channel.write('\r\n');
  if (QUIT.test(line)) {
    sessionQuit(inside.parts.state(), terminal.console);
    return end(terminal, `${INTERRUPTED}\r\n`);
  }
  const menu = line === '' ? terminal.menu : menuAfter(inside.parts.state(), terminal.menu, line);
  if (menu !== undefined) terminal.menu = menu;
  else if (!(await print(channel, inside.socket, await inside.run(inMenu(terminal.menu, line), terminal.console), inside.core.pause))) {
    terminal.over = true;
    return;
  }
  showPrompt(terminal);
}

/** The length of an escape sequence at the start of what is pending; 0 when there is none, undefined when it has not all come. */
function escapeLength(pending: string): number | undefined {
  if (!pending.startsWith('\u001b')) return 0;
  return STARTED_KEY.test(pending) ? undefined : (KEY.exec(pending)?.[0].length ?? 1);
}

function greet(terminal: Terminal): void {
  terminal.channel.write(greeting(terminal.inside.parts.state()));
  showPrompt(terminal);
}

/** Has the terminal said where its cursor is? What was typed before that stays for later. */
function hasFoundCursor(terminal: Terminal): boolean {
  if (!terminal.waitsForCursor) return true;
  if (!WHERE.test(terminal.pending)) return false;
  terminal.pending = terminal.pending.replace(WHERE, '');
  terminal.waitsForCursor = false;
  greet(terminal);
  return true;
}

async function pressed(terminal: Terminal, character: string): Promise<void> {
  const { channel } = terminal;
  if (character === '\r' || character === '\n') return enter(terminal);
  if (character === CTRL_D && terminal.typed === '') return end(terminal, '\r\n');
  if (character === CTRL_X) return toggle(terminal);
  if (character === CTRL_C) {
    terminal.typed = '';
    channel.write('\r\n');
    showPrompt(terminal);
  } else if (character === BACKSPACE || character === DELETE) {
    if (terminal.typed !== '') channel.write('\b \b');
    terminal.typed = terminal.typed.slice(0, -1);
  } else if (character >= ' ') {
    terminal.typed += character;
    channel.write(character);
  }
}

/** Keys in the order they came. */
async function work(terminal: Terminal): Promise<void> {
  while (hasFoundCursor(terminal) && terminal.pending !== '' && !terminal.over) {
    const skipped = escapeLength(terminal.pending);
    if (skipped === undefined) return;
    const [first = ''] = terminal.pending;
    terminal.pending = terminal.pending.slice(skipped || first.length);
    if (skipped === 0) await pressed(terminal, first);
  }
}

/** An interactive session: prompt, echo, no pages. */
export function serveShell(inside: Inside, channel: ServerChannel, console: string): void {
  const { probes } = inside.visitor.name;
  const terminal: Terminal = { inside, channel, console, menu: '/', typed: '', pending: '', waitsForCursor: probes, over: false };
  channel.setEncoding('utf8');
  channel.on('error', () => channel.destroy());
  channel.on('close', () => sessionLost(inside.parts.state(), console, inside.core.now()));
  if (probes) channel.write(PROBE);
  else greet(terminal);
  let turn: Promise<void> = Promise.resolve();
  channel.on('data', (text: string) => {
    terminal.pending += text;
    turn = turn
      .then(() => work(terminal))
      .catch(() => {
        channel.destroy();
      });
  });
}
