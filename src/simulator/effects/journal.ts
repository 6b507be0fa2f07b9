import type { Context } from '../context.ts';
import { stamp } from '../dates.ts';
import { deviceTime } from '../device-clock.ts';
import type { RouterState } from '../state/router.ts';
import type { Row } from '../state/row.ts';
import { newId, rowsOf, zone } from '../state/tables.ts';
import type { Values } from '../write.ts';

/** A write that took effect, with the row as it is now (or was, when it is gone). */
export interface WriteDone {
  readonly verb: 'add' | 'set' | 'remove' | 'move';
  readonly menu: string;
  readonly row: Row;
  readonly before?: Readonly<Row>;
  /** What was asked for, in the words of the request. */
  readonly body: Values;
}

const HISTORY_LENGTH = 100;
const LOG_LENGTH = 1000;

/** How RouterOS names what a menu holds. Elsewhere: the last word of the menu. */
const NOUNS: Readonly<Record<string, string>> = Object.freeze({
  '/ip/firewall/filter': 'filter rule',
  '/ip/firewall/nat': 'nat rule',
  '/ip/firewall/mangle': 'mangle rule',
  '/ip/firewall/raw': 'raw rule',
  '/ipv6/firewall/filter': 'filter rule',
  '/ip/firewall/address-list': 'address list entry',
  '/ip/dns/static': 'static dns entry',
  '/ip/dhcp-server/lease': 'dhcp lease',
  '/ip/dhcp-server': 'dhcp server',
  '/ip/dhcp-client': 'dhcp client',
  '/system/logging': 'log rule',
  '/system/scheduler': 'schedule item',
  '/interface/bridge/port': 'bridge port',
  '/interface/bridge/vlan': 'bridge vlan',
  '/interface/wireguard/peers': 'wireguard peer',
});
const VERBS = { add: 'added', set: 'changed', remove: 'removed', move: 'moved' } as const;

const nounOf = (menu: string): string => NOUNS[menu] ?? menu.slice(menu.lastIndexOf('/') + 1).replaceAll('-', ' ');

/** A value as the console would take it: quoted when it has to be. */
function quoted(value: string): string {
  if (value === 'true') return 'yes';
  if (value === 'false') return 'no';
  return /^[\w.:/,@%+*!-]+$/.test(value)
    ? value
    : `"${value
        .replace(/[\\"$]/g, (character) => `\\${character}`)
        .replaceAll('\r', '\\r')
        .replaceAll('\n', '\\n')}"`;
}

const words = (values: Values): string =>
  Object.entries(values)
    .filter(([name]) => !/^(?:\.id|numbers|\.proplist)$/.test(name))
    .map(([name, value]) => (name.startsWith('!') ? name : `${name}=${quoted(String(value))}`))
    .sort()
    .join(' ');

const join = (...parts: readonly string[]): string => parts.filter(Boolean).join(' ');

/** The command that was given, with slashes for the history or spaces for the log. */
function command(done: WriteDone): string {
  const id = done.row['.id'] ?? '';
  if (done.verb === 'add') return join('add', words(done.body));
  if (done.verb === 'remove') return join('remove', id);
  return join(done.verb, id, words(done.body));
}

/** The command that takes it back, as far as the router knows. */
function inverse(done: WriteDone): string {
  const id = done.row['.id'] ?? '';
  if (done.verb === 'add') return join('remove', id);
  const before = done.before ?? {};
  if (done.verb === 'remove') {
    const kept = Object.entries(before).filter(([name, value]) => !name.startsWith('.') && !name.startsWith('~') && value !== '');
    return join('add', words(Object.fromEntries(kept)));
  }
  if (done.verb === 'move') return join('move', id, before['~next'] === undefined ? '' : `destination=${before['~next']}`);
  const old = Object.keys(done.body)
    .map((name) => name.replace(/^!/, ''))
    .filter((name) => !name.startsWith('.') && name !== 'numbers')
    .map((name): [string, string] => (before[name] === undefined ? [`!${name}`, ''] : [name, before[name]]));
  return join('set', id, words(Object.fromEntries(old)));
}

/** One line of the log; the oldest go when it is full. */
export function log(router: RouterState, now: number, topics: string, message: string): void {
  const rows = rowsOf(router, '/log');
  rows.push({ '.id': newId(router, '/log'), buffer: 'memory', message, time: stamp(deviceTime(router, now), zone(router)), topics });
  if (rows.length > LOG_LENGTH) rows.splice(0, rows.length - LOG_LENGTH);
}

function leaveSafeMode(router: RouterState): void {
  for (const row of rowsOf(router, '/system/history')) row['floating-undo'] = 'false';
  router.changes.safeMode = undefined;
  const [shown] = router.schema.has('/safe-mode') ? rowsOf(router, '/safe-mode') : [];
  if (!shown) return;
  shown['enabled'] = 'false';
  for (const name of ['user', 'owner']) delete shown[name];
}

/** A hundred changes are the most safe mode takes upon itself: then it is left without a word, and nothing is taken back. */
function remember(router: RouterState, id: string, { verb, menu, row, before = {} }: WriteDone): void {
  const { changes } = router;
  const copy = Object.fromEntries(Object.entries(before).filter(([name]) => name !== '~next'));
  changes.done.unshift({ id, verb, menu, row, before: copy, after: { ...row }, next: before['~next'] });
  if (changes.done.length > HISTORY_LENGTH) changes.done.length = HISTORY_LENGTH;
  // What was undone cannot be done again once something else was done.
  changes.undone.length = 0;
  const history = rowsOf(router, '/system/history');
  for (let at = history.length - 1; at >= 0; at -= 1) if (history[at]?.['redoable'] === 'true') history.splice(at, 1);
}

/** History is one for all users, newest first; the log tells who it was, from where, and echoes the command. */
export function record(context: Context, done: WriteDone): void {
  const { router, account, source, now, via } = context;
  const action = `${nounOf(done.menu)} ${VERBS[done.verb]}`;
  const history = rowsOf(router, '/system/history');
  const id = newId(router, '/system/history');
  remember(router, id, done);
  const floating = history.filter((row) => row['floating-undo'] === 'true').length;
  if (floating >= HISTORY_LENGTH) leaveSafeMode(router);
  history.unshift({
    '.id': id,
    action,
    by: account.name,
    'floating-undo': String(router.changes.safeMode !== undefined),
    policy: done.menu.startsWith('/user') ? 'policy' : 'write',
    redo: `${done.menu}/${command(done)}`,
    time: stamp(deviceTime(router, now), zone(router)),
    trace: id,
    undo: `${done.menu}/${inverse(done)}`,
    undoable: 'true',
  });
  if (history.length > HISTORY_LENGTH) history.length = HISTORY_LENGTH;
  const echo = `${done.menu.replaceAll('/', ' ').trim()} ${command(done)}`;
  const about = done.verb === 'add' ? `${done.row['.id'] ?? ''} = /${echo}` : `/${echo}`;
  log(router, now, 'system,info', `${action} by ${via}:${account.name}@${source} (${about})`);
}
