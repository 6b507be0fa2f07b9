import { type Account, requireWrite } from './accounts.ts';
import type { Context } from './context.ts';
import { admitFeature } from './device-mode.ts';
import type { WriteDone } from './effects/journal.ts';
import { notAllowed } from './errors.ts';
import { asText } from './values.ts';
import type { Values } from './write.ts';

/** Menus whose rows run commands later, with rights of their own. */
const RUNNING = new Set(['/system/script', '/system/scheduler']);

/** May this account write this here at all? Nobody gives a script a right that they have not got. */
export function admit(context: Context, menu: string, body: Values, verb: 'add' | 'set' = 'set'): void {
  const { router, account } = context;
  requireWrite(account, menu);
  // A row that is incomplete is refused for that first: see `addRow`.
  if (verb === 'set') admitFeature(router, menu, body);
  if (!RUNNING.has(menu)) return;
  if (body['policy'] === undefined) return;
  for (const policy of asText(body['policy'], 'policy').split(',')) {
    if (policy !== '' && !policy.startsWith('!') && !account.policies.has(policy)) throw notAllowed();
  }
}

/** What was added without saying which rights it has gets the usual ones, as far as its maker has them. */
export function limitRights({ menu, row, body }: WriteDone, account: Account): void {
  if (!RUNNING.has(menu) || body['policy'] !== undefined) return;
  const usual = (row['policy'] ?? '').split(',').filter(Boolean);
  row['policy'] = usual.filter((policy) => account.policies.has(policy)).join(',');
}
