import { requireWrite } from '../accounts.ts';
import type { Context } from '../context.ts';
import { stamp } from '../dates.ts';
import { deviceTime } from '../device-clock.ts';
import { log } from '../effects/journal.ts';
import { Refusal, refuse } from '../errors.ts';
import { afterWrite } from '../side-effects.ts';
import { newId, rowsOf, zone } from '../state/tables.ts';
import { asText } from '../values.ts';
import { namedRows, type Values } from '../write.ts';

type Command = (context: Context, body: Values, menu: string) => unknown;

/** Static entries are no cache: they stay. */
const flushDns: Command = ({ router }) => {
  const cache = rowsOf(router, '/ip/dns/cache');
  cache.splice(0, cache.length, ...cache.filter((row) => row['static'] === 'true'));
  return [];
};

/** Debug lines go nowhere unless a rule asks for them. */
const write =
  (topics: string): Command =>
  ({ router, account, now }, body) => {
    requireWrite(account, '/log');
    if (body['message'] === undefined) throw refuse('missing =message=');
    if (topics !== 'script,debug') log(router, now, topics, asText(body['message'], 'message'));
    return [];
  };

const makeStatic: Command = (context, body, menu) => {
  requireWrite(context.account, menu);
  for (const row of namedRows(context.router, menu, body)) {
    if (row['dynamic'] !== 'true') throw refuse('failure: lease is not dynamic');
    const before = { ...row };
    row['dynamic'] = 'false';
    afterWrite(context, { verb: 'set', menu, row, before, body: {} });
  }
  return [];
};

/** Sessions never end over REST. */
const endSession: Command = (context, body) => {
  requireWrite(context.account, '/user/active');
  namedRows(context.router, '/user/active', body);
  throw refuse('action failed (6)');
};

/** One's own password; the old one must be right. */
const ownPassword: Command = ({ router, account }, body) => {
  const given = (name: string): string => {
    if (body[name] === undefined) throw refuse(`missing =${name}=`);
    return asText(body[name], name);
  };
  if (given('old-password') !== router.passwords.get(account.name)) throw refuse('failure: wrong old password');
  if (given('new-password') !== given('confirm-new-password')) throw refuse('failure: passwords do not match');
  router.passwords.set(account.name, given('new-password'));
  return [];
};

/** A file with everything in it, users too; over one of the same name without a word (RouterOS manual, backup). */
const saveBackup: Command = ({ router, account, now }, body) => {
  requireWrite(account, '/system/backup');
  if (body['name'] === undefined) throw refuse('missing =name=');
  const given = asText(body['name'], 'name');
  const name = given.endsWith('.backup') ? given : `${given}.backup`;
  const rows = rowsOf(router, '/file');
  const old = rows.findIndex((row) => row['name'] === name);
  if (old >= 0) rows.splice(old, 1);
  rows.push({
    '.id': newId(router, '/file'),
    name,
    type: 'backup',
    size: '88122',
    'last-modified': stamp(deviceTime(router, now), zone(router)),
  });
  log(router, now, 'system,info', 'Configuration backup saved');
  return [];
};

/** Five minutes for somebody to press the button; nobody does, and over REST a minute is the most. */
const deviceMode: Command = ({ router, account }) => {
  requireWrite(account, '/system/device-mode');
  const mode = rowsOf(router, '/system/device-mode')[0] ?? {};
  if (mode['attempt-count'] !== undefined) mode['attempt-count'] = String(Number(mode['attempt-count']) + 1);
  throw refuse('update canceled');
};

/** Measured on 7.21: this print alone fails as a command, and is answered as a GET. */
const printDeviceMode: Command = () => {
  throw new Refusal(500);
};

export const MAINTENANCE: Readonly<Record<string, Command>> = Object.freeze({
  '/ip/dns/cache/flush': flushDns,
  '/log/info': write('script,info'),
  '/log/warning': write('script,warning'),
  '/log/error': write('script,error'),
  '/log/debug': write('script,debug'),
  '/system/backup/save': saveBackup,
  '/system/device-mode/update': deviceMode,
  '/system/device-mode/print': printDeviceMode,
  '/ip/dhcp-server/lease/make-static': makeStatic,
  '/user/active/remove': endSession,
  '/password': ownPassword,
});
