import { RouterError } from '../../core/errors.ts';
import type { Seen } from '../classify.ts';
import { onlySecrets } from '../sealed.ts';
import type { Change } from '../types.ts';
import type { Run } from './run.ts';

/** A refused set of secrets changed nothing, and nothing but the refusal says so: reading back would not show it. */
export function forgetRefused(run: Run, index: number, change: Change): void {
  if (onlySecrets(change)) run.touched.splice(0, run.touched.length, ...run.touched.filter((one) => one !== index));
}

/** Is this change on the router for good? The plan calls it lost, and the approver took that into account. */
export const isForGood = (change: Change, seen: Seen): boolean => onlySecrets(change) && seen.standing === 'post';

/** The reply to a set of secrets was lost, and reading back tells nothing. */
export const cannotTell = (): RouterError =>
  new RouterError('Whether the router took a secret cannot be told: its answer was lost, and the secret cannot be read back.', {
    hint: 'Try the new secret where it is used; plan it again if it does not work.',
  });
