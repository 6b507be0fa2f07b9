import { RouterError } from '../../core/errors.ts';
import type { Seen } from '../classify.ts';
import { onlySecrets } from '../sealed.ts';
import type { Change } from '../types.ts';

/** Is this change on the router for good? The plan calls it lost, and the approver took that into account. */
export const isForGood = (change: Change, seen: Seen): boolean => onlySecrets(change) && seen.standing === 'post';

/** The reply to a set of secrets was lost, and reading back tells nothing. */
export const cannotTell = (): RouterError =>
  new RouterError('Whether the router took a secret cannot be told: its answer was lost, and the secret cannot be read back.', {
    hint: 'Try the new secret where it is used; plan it again if it does not work.',
  });
