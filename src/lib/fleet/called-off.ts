import { DeniedError } from '../core/errors.ts';

/** A run was ended from outside, through no fault of the router it was at: one that was not begun is left as it is. */
export class CalledOff extends DeniedError {}

export const stoppedByPerson = (): CalledOff => new CalledOff('This run was called off.', { hint: 'Make a new plan for what is left.' });

export const rolloutStopped = (): CalledOff =>
  new CalledOff('The rollout stopped, because too many routers failed or were called off.', { hint: 'See the plan for the others.' });

export const tooLate = (): CalledOff =>
  new CalledOff('The time within which this plan may be executed is over.', { code: 'APPROVAL_EXPIRED', hint: 'Make a new plan.' });
