import type { Account } from './accounts.ts';
import type { Row } from './state/row.ts';

const SECRET =
  /^(?:password|passphrase|secret|private-key|preshared-key|auth-key|authentication-key|authentication-password|encryption-password|challenge-password|key|key-val|pin|.*-password|.*-passphrase|.*-pre-shared-key|.*-secret|.*\.passphrase|.*\.password|.*-key-[0-3]|static-.*-key)$/;
/** Same name, another thing: names and flags. */
const NOT_SECRET = new Set(['true', 'false', 'none', 'yes', 'no', '']);
const PLAIN_MENUS = /^\/(?:ip\/hotspot\/cookie|interface\/bridge|system\/ntp\/client)/;

export const isSecret = (menu: string, field: string): boolean => SECRET.test(field) && !PLAIN_MENUS.test(menu);

/** Written and never shown again, to nobody. */
const WRITE_ONLY: Readonly<Record<string, readonly string[]>> = { '/user': ['password'] };

/** The row as this account may see it: without `sensitive`, secrets read as five stars. */
export function visible(menu: string, row: Row, account: Account): Row {
  const seen: Row = {};
  for (const [name, value] of Object.entries(row)) {
    if (name.startsWith('~') || WRITE_ONLY[menu]?.includes(name)) continue;
    const hidden = isSecret(menu, name) && !NOT_SECRET.has(value) && !account.policies.has('sensitive');
    seen[name] = hidden ? '*****' : value;
  }
  return seen;
}
