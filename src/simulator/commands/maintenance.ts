import { requireWrite } from '../accounts.ts';
import type { Context } from '../context.ts';
import { log } from '../effects/journal.ts';
import { refuse } from '../errors.ts';
import { afterWrite } from '../side-effects.ts';
import { rowsOf } from '../state/tables.ts';
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

/** One row a step, and the last one says how it ended. */
const checkForUpdates: Command = ({ router }) => {
  const update = rowsOf(router, '/system/package/update')[0] ?? {};
  const base = { channel: update['channel'] ?? 'stable', 'installed-version': update['installed-version'] ?? router.version };
  const latest = update['latest-version'] ?? base['installed-version'];
  const status = latest === base['installed-version'] ? 'System is already up to date' : 'New version is available';
  Object.assign(update, { 'latest-version': latest, status });
  return [
    { '.section': '0', ...base, status: 'finding out latest version...' },
    { '.section': '1', ...base, 'latest-version': latest, status },
  ];
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

export const MAINTENANCE: Readonly<Record<string, Command>> = Object.freeze({
  '/ip/dns/cache/flush': flushDns,
  '/log/info': write('script,info'),
  '/log/warning': write('script,warning'),
  '/log/error': write('script,error'),
  '/log/debug': write('script,debug'),
  '/system/package/update/check-for-updates': checkForUpdates,
  '/ip/dhcp-server/lease/make-static': makeStatic,
  '/user/active/remove': endSession,
  '/password': ownPassword,
});
