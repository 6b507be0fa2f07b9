import { notAllowed } from './errors.ts';
import type { AccountSpec, RouterState } from './state/router.ts';
import type { Row } from './state/row.ts';
import { newId, rowsOf } from './state/tables.ts';

export interface Account {
  readonly name: string;
  readonly policies: ReadonlySet<string>;
}

const EVERYTHING = 'local,telnet,ssh,ftp,reboot,read,write,policy,test,winbox,password,web,sniff,sensitive,api,romon,rest-api';

/** Policies read back as a full partition: those one has, then those one has not with a `!`. */
export function policyPartition(policies: readonly string[]): string {
  const all = EVERYTHING.split(',');
  const has = all.filter((policy) => policies.includes(policy));
  return [...has, ...all.filter((policy) => !policies.includes(policy)).map((policy) => `!${policy}`)].join(',');
}

/** Puts an account into the router's own tables, where the router itself looks it up. */
export function addAccount(router: RouterState, account: AccountSpec): void {
  const users = rowsOf(router, '/user');
  const known = users.find((row) => row['name'] === account.name);
  const group = account.group ?? (account.policies ? ownGroup(router, account.name, account.policies) : 'full');
  if (known) {
    known['group'] = group;
    known['address'] = '';
    known['disabled'] = 'false';
  } else {
    users.push({
      '.id': newId(router, '/user'),
      address: '',
      disabled: 'false',
      expired: 'false',
      group,
      ...(router.schema.menu('/user')?.fields.has('inactivity-policy') ? { 'inactivity-policy': 'none', 'inactivity-timeout': '10m' } : {}),
      name: account.name,
    });
  }
  router.passwords.set(account.name, account.password);
}

function ownGroup(router: RouterState, name: string, policies: readonly string[]): string {
  const groups = rowsOf(router, '/user/group');
  const group = `${name}-rights`;
  groups.push({ '.id': newId(router, '/user/group'), comment: '', name: group, policy: policyPartition(policies), skin: 'default' });
  return group;
}

function credentials(header: string | undefined): { name: string; password: string } | undefined {
  const encoded = /^basic +(\S+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const at = text.indexOf(':');
  return at < 0 ? undefined : { name: text.slice(0, at), password: text.slice(at + 1) };
}

/** The account a request is signed with, or undefined: 401. */
export function login(router: RouterState, authorization: string | undefined): Account | undefined {
  const given = credentials(authorization);
  if (!given) return undefined;
  const user = rowsOf(router, '/user').find((row) => row['name'] === given.name);
  if (!user || user['disabled'] === 'true' || router.passwords.get(given.name) !== given.password) return undefined;
  return { name: given.name, policies: policiesOf(router, user) };
}

function policiesOf(router: RouterState, user: Row): ReadonlySet<string> {
  const group = rowsOf(router, '/user/group').find((row) => row['name'] === user['group']);
  return new Set((group?.['policy'] ?? '').split(',').filter((policy) => policy !== '' && !policy.startsWith('!')));
}

/** The name in the credentials, for the log. */
export const userOf = (authorization: string | undefined): string => credentials(authorization)?.name ?? '';

/** REST sits on the binary API: without both rights nothing works, not even reading. */
export function requireAccess(account: Account): void {
  for (const policy of ['api', 'rest-api', 'read']) if (!account.policies.has(policy)) throw notAllowed();
}

/** Users, groups and what runs with rights of its own need `policy` besides `write`. */
const NEEDS_POLICY = /^\/user(?:$|\/(?:group|ssh-keys|aaa))/;

export function requirePolicy(account: Account, policy: string): void {
  if (!account.policies.has(policy)) throw notAllowed();
}

/** Pings, fetches and other measurements. */
export const requireTest = (account: Account): void => requirePolicy(account, 'test');

export function requireWrite(account: Account, menu: string): void {
  const needed = NEEDS_POLICY.test(menu) ? 'policy' : 'write';
  if (!account.policies.has(needed)) throw notAllowed();
}
