import type { Account } from './accounts.ts';
import { limitRights } from './admission.ts';
import { readScript } from './console/compile.ts';
import { planSchedule } from './console/plan-schedule.ts';
import type { Context } from './context.ts';
import { stamp } from './dates.ts';
import { deviceTime, setDeviceClock } from './device-clock.ts';
import { isInterfaceMenu, markSlaves, mirrorInterface } from './effects/interfaces.ts';
import { log, record, type WriteDone } from './effects/journal.ts';
import { mirrorTimeServers } from './effects/ntp.ts';
import { renameReferences } from './effects/references.ts';
import { movesRoutes, settleRoutes } from './effects/routes.ts';
import type { RouterState } from './state/router.ts';
import type { Row } from './state/row.ts';
import { newId, rowsOf, zone } from './state/tables.ts';

/** What has run out since the last request is gone before the next one looks. */
export function beforeRequest(router: RouterState, now: number): void {
  for (const menu of ['/ip/firewall/address-list', '/ipv6/firewall/address-list']) {
    const rows = router.tables.get(menu);
    if (!rows?.some((row) => Number(row['~until'] ?? Number.POSITIVE_INFINITY) <= now)) continue;
    rows.splice(0, rows.length, ...rows.filter((row) => Number(row['~until'] ?? Number.POSITIVE_INFINITY) > now));
  }
}

/** The first request of an account from an address opens two sessions, and nothing ever closes them. */
export function openSession(router: RouterState, account: Account, source: string, now: number): void {
  const key = `${account.name} ${source}`;
  if (router.sessions.has(key)) return;
  router.sessions.add(key);
  const when = stamp(deviceTime(router, now), zone(router));
  const user = rowsOf(router, '/user').find((row) => row['name'] === account.name);
  if (user) user['last-logged-in'] = when;
  for (const via of ['rest-api', 'api']) {
    const session: Row = {
      '.id': newId(router, '/user/active'),
      address: source,
      'by-romon': 'false',
      group: user?.['group'] ?? '',
      name: account.name,
      radius: 'false',
      via,
      when,
    };
    rowsOf(router, '/user/active').push(session);
  }
  log(router, now, 'system,info,account', `user ${account.name} logged in from ${source} via rest-api`);
}

export function loginFailed(router: RouterState, name: string, source: string, now: number): void {
  log(router, now, 'system,error,critical', `login failure for user ${name} from ${source} via rest-api`);
}

/** Everything else a write moves, and the traces it leaves. */
export function afterWrite(context: Context, done: WriteDone): void {
  // Nobody switches off the account they are using: the router takes the words and does nothing.
  if (done.menu === '/user' && done.row['name'] === context.account.name && done.verb === 'set') done.row['disabled'] = 'false';
  if (done.verb === 'add') limitRights(done, context.account);
  settle(context.router, done, context.now);
  record(context, done);
}

const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

/** Everything else a change moves. */
export function settle(router: RouterState, done: WriteDone, now: number): void {
  const { menu, row, before } = done;
  if (menu === '/user') keepPassword(router, row, before, done.verb);
  if (isInterfaceMenu(menu)) mirrorInterface(router, done);
  else if (done.verb === 'set' && before?.['name'] !== undefined && row['name'] !== undefined)
    renameReferences(router, menu, before['name'], row['name']);
  else if (done.verb === 'remove') renameReferences(router, menu, row['name'] ?? '', row['.id'] ?? '');
  if (menu === '/system/clock' && (done.body['date'] !== undefined || done.body['time'] !== undefined))
    setDeviceClock(router, now, text(done.body['date']), text(done.body['time']));
  if (menu === '/system/scheduler') planSchedule(router, now);
  // A script that cannot be read is kept, and says so.
  if (menu === '/system/script') row['invalid'] = String(readScript(router, row['source'] ?? '').failure !== undefined);
  if (menu.startsWith('/system/ntp/client')) mirrorTimeServers(router, done, now);
  if (menu === '/interface/bridge/port' || menu === '/interface/bonding') markSlaves(router);
  if (movesRoutes(menu)) settleRoutes(router);
}

/** Passwords are kept apart: no row ever shows one. */
function keepPassword(router: RouterState, row: Row, before: Readonly<Row> | undefined, verb: WriteDone['verb']): void {
  const name = row['name'] ?? '';
  const old = before?.['name'] ?? name;
  const password = row['password'] ?? router.passwords.get(old);
  delete row['password'];
  if (old !== name || verb === 'remove') router.passwords.delete(old);
  if (password !== undefined && verb !== 'remove') router.passwords.set(name, password);
}
