import type { ParsedKey, PublicKey } from 'ssh2';
import { type Account, login } from '../accounts.ts';
import { stamp } from '../dates.ts';
import { deviceTime } from '../device-clock.ts';
import { log } from '../effects/journal.ts';
import { userTakesFrom } from '../skins/service.ts';
import type { RouterState } from '../state/router.ts';
import type { Row } from '../state/row.ts';
import { newId, rowsOf, zone } from '../state/tables.ts';
import { fingerprintOf, parseKey } from './keys.ts';

/** What a login name says besides the name: `admin+cte512w` is admin, without colours or probes, 512 columns wide. */
export interface LoginName {
  readonly user: string;
  readonly suffixed: boolean;
  readonly colours: boolean;
  /** It asks the terminal where the cursor stands before it says anything. */
  readonly probes: boolean;
}

export function loginName(text: string): LoginName {
  const [, user = text, parameters] = /^(.*)\+((?:[cte]|\d+[wh])*)$/.exec(text) ?? [];
  const has = (letter: string): boolean => parameters?.includes(letter) === true;
  return { user, suffixed: parameters !== undefined, colours: !has('c') && !has('e'), probes: !has('t') && !has('e') };
}

/** The account, when it may come in over SSH; the password is not looked at. */
export function accountOf(router: RouterState, user: string): Account | undefined {
  return passwordLogin(router, user, router.passwords.get(user) ?? '');
}

export function passwordLogin(router: RouterState, user: string, password: string): Account | undefined {
  const account = login(router, `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
  if (!account?.policies.has('ssh') || !userTakesFrom(router, user, router.station)) return undefined;
  return account;
}

const keysOf = (router: RouterState, user: string): readonly Row[] =>
  rowsOf(router, '/user/ssh-keys').filter((row) => row['user'] === user);

/** Who has a key needs it, unless the settings of this version say that a password will do as well. */
export function mayUsePassword(router: RouterState, user: string): boolean {
  const settings = rowsOf(router, '/ip/ssh')[0] ?? {};
  const rule = settings['password-authentication'];
  if (rule !== undefined && rule !== 'yes-if-no-key') return rule === 'yes' || rule === 'true';
  return settings['always-allow-password-login'] === 'true' || keysOf(router, user).length === 0;
}

/** Is this one of the user's keys? ECDSA keys are taken by no version. */
export function knownKey(router: RouterState, user: string, offered: PublicKey): ParsedKey | undefined {
  if (offered.algo.startsWith('ecdsa')) return undefined;
  const key = parseKey(offered.data);
  const print = fingerprintOf(key);
  return keysOf(router, user).some((row) => row['fingerprint'] === print) ? key : undefined;
}

/** `/user/ssh-keys/import`, as far as it shows. */
export function authorizeKey(router: RouterState, user: string, publicKey: string): void {
  const key = parseKey(publicKey);
  const type = key.type === 'ssh-rsa' ? 'rsa' : key.type.replace('ssh-', '');
  rowsOf(router, '/user/ssh-keys').push({
    '.id': newId(router, '/user/ssh-keys'),
    bits: type === 'rsa' ? '2048' : '256',
    fingerprint: fingerprintOf(key),
    info: key.comment,
    'key-type': type,
    user,
  });
}

/** A session shows among the active users until it ends; both are in the log. Answers what to do at its end. */
export function openConsole(router: RouterState, account: Account, now: () => number): () => void {
  const from = `${account.name} %s from ${router.station} via ssh`;
  const when = stamp(deviceTime(router, now()), zone(router));
  const user = rowsOf(router, '/user').find((row) => row['name'] === account.name);
  if (user) user['last-logged-in'] = when;
  const id = newId(router, '/user/active');
  const row: Row = {
    '.id': id,
    address: router.station,
    'by-romon': 'false',
    group: user?.['group'] ?? '',
    name: account.name,
    radius: 'false',
    via: 'ssh',
    when,
  };
  rowsOf(router, '/user/active').push(row);
  log(router, now(), 'system,info,account', `user ${from.replace('%s', 'logged in')}`);
  return () => {
    const active = rowsOf(router, '/user/active');
    const at = active.indexOf(row);
    // A router that was started anew meanwhile knows nothing of it.
    if (at < 0) return;
    active.splice(at, 1);
    log(router, now(), 'system,info,account', `user ${from.replace('%s', 'logged out')}`);
  };
}

export function refusedLogin(router: RouterState, user: string, now: number): void {
  log(router, now, 'system,error,critical', `login failure for user ${user} from ${router.station} via ssh`);
}
