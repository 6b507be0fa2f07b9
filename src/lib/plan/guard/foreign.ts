import type { Reader } from '../../client/types.ts';
import { DeniedError, RouterError } from '../../core/errors.ts';

/** Another controller, or an earlier run of this one, has its guard there. */
export const somebodyElse = (): DeniedError =>
  new DeniedError('Somebody else is at work on this router: it carries another guard.', {
    retryable: true,
    hint: 'Wait until that change is confirmed or rolled back; leftovers of a dead run are removed by the program that left them.',
  });

/**
 * Safe mode (since 7.18; older routers do not tell): were its holder cut off, our changes would be undone with theirs, without a word.
 * @throws DeniedError while somebody holds it
 */
export async function requireNoSafeMode(reader: Reader): Promise<void> {
  const [row] = (await unlessMissing(reader.read({ verb: 'read', menu: '/safe-mode' }, { priority: 'person' }))) ?? [];
  const held = row?.['enabled'] ?? 'false';
  if (held === 'false' || held === 'no') return;
  throw new DeniedError('Somebody holds safe mode on this router.', {
    retryable: true,
    hint: 'Ask them to leave it: when their session breaks, RouterOS undoes the changes of everybody.',
  });
}

/** What a menu says, or undefined where the router does not have it. */
export async function unlessMissing<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (thrown) {
    if (thrown instanceof RouterError && thrown.code === 'NO_SUCH_MENU') return undefined;
    throw thrown;
  }
}
