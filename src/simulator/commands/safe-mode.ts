import { requireWrite } from '../accounts.ts';
import type { Context } from '../context.ts';
import { refuse } from '../errors.ts';
import { holdsSafeMode, releaseSafeMode, takeSafeMode, unrollSafeMode } from '../safe-mode.ts';
import { redo, undo } from '../undo.ts';
import { asText } from '../values.ts';
import type { Values } from '../write.ts';

type Command = (context: Context, body: Values) => unknown;

const take: Command = ({ router, account, session, now }, body) => {
  requireWrite(account, '/safe-mode');
  const onError = asText(body['on-error'] ?? 'abort', 'on-error');
  if (!/^(?:abort|ask|release|unroll)$/.test(onError)) throw refuse('input does not match any value of on-error');
  takeSafeMode(router, account.name, session, onError, now);
  return [];
};

const release: Command = ({ router, account, session }) => {
  requireWrite(account, '/safe-mode');
  releaseSafeMode(router, session);
  return [];
};

const unroll: Command = ({ router, account, session, now }) => {
  requireWrite(account, '/safe-mode');
  unrollSafeMode(router, session, now);
  return [];
};

const toggle: Command = (context, body) => (holdsSafeMode(context.router, context.session) ? release(context, body) : take(context, body));

/** `/undo` and `/redo` are known to every version, and take back what anybody did. */
const history =
  (work: typeof undo): Command =>
  ({ router, account, now }) => {
    requireWrite(account, '/system/history');
    work(router, now);
    return [];
  };

export const SAFE_MODE: Readonly<Record<string, Command>> = Object.freeze({
  '/safe-mode/take': take,
  '/safe-mode/release': release,
  '/safe-mode/unroll': unroll,
  '/safe-mode/toggle': toggle,
  '/undo': history(undo),
  '/redo': history(redo),
});
