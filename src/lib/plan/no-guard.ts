import { BugError } from '../core/errors.ts';
import type { GuardWork } from './ports.ts';

const never = async (): Promise<never> => {
  throw new BugError('This target has no guard.');
};

/** For a target whose plan says that nothing undoes it on the router. */
export const NO_GUARD: GuardWork = Object.freeze({
  armed: false,
  arm: never,
  keep: never,
  know: never,
  disarm: never,
  fire: never,
  await: never,
  sweep: async () => undefined,
  state: async () => 'absent' as const,
});
