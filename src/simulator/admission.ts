import { type Account, requireWrite } from './accounts.ts';
import type { Context } from './context.ts';
import type { WriteDone } from './effects/journal.ts';
import { notAllowed, refuse } from './errors.ts';
import { rowsOf } from './state/tables.ts';
import { asText } from './values.ts';
import type { Values } from './write.ts';

/** Menus whose rows run commands later, with rights of their own. */
const RUNNING = new Set(['/system/script', '/system/scheduler']);

/** May this account write this here at all? Nobody gives a script a right that they have not got. */
export function admit(context: Context, menu: string, body: Values): void {
  const { router, account } = context;
  requireWrite(account, menu);
  if (!RUNNING.has(menu)) return;
  // What is incomplete is refused for that first.
  const complete = body['name'] !== undefined || body['.id'] !== undefined;
  if (menu === '/system/scheduler' && complete && rowsOf(router, '/system/device-mode')[0]?.['scheduler'] === 'false')
    throw refuse('failure: not allowed by device-mode');
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
