import { type FleetError, RouterError, StaleError, StoreError } from '../core/errors.ts';
import type { Change, CheckResult, Drift, HistoryNote, Outcome } from './types.ts';

/** Why a run did not go through: carried as a value, so that undoing comes before telling. */
export class Failure {
  readonly error: FleetError;

  constructor(error: FleetError) {
    this.error = error;
  }
}

const nothing = { checks: [], left: [], drift: [] } as const;

function because({ error }: Failure): Pick<Outcome, 'code' | 'hint' | 'routerText'> {
  const words = error.details['routerText'];
  return { code: error.code, ...(error.hint && { hint: error.hint }), ...(typeof words === 'string' && { routerText: words }) };
}

export const completed = (checks: readonly CheckResult[], at: number): Outcome => ({
  ...nothing,
  state: 'completed',
  summary: 'Applied, read back and validated over a new connection.',
  checks,
  at,
});

/** @param history what others did on this router lately */
export const stale = (drift: readonly Drift[], history: readonly HistoryNote[], at: number): Outcome => ({
  ...nothing,
  state: 'stale',
  summary: 'The router is no longer as it was when the plan was made; nothing was sent.',
  code: 'STALE',
  hint: 'Make the plan again.',
  drift,
  ...(history.length > 0 && { history }),
  at,
});

/** The process that applied a plan ended in the middle; another one has taken over. */
export const interrupted = (): FleetError =>
  new StoreError('The process that applied this plan ended in the middle.', { hint: 'See the journal of the plan for how far it came.' });

/** The guard was faster than the confirmation. */
export const goneBack = (): FleetError =>
  new RouterError('The router had gone back by itself before the change was confirmed.', { hint: 'Plan it again.' });

/** Somebody changed the rows of the plan while its guard was being armed. */
export const movedUnderUs = (): FleetError =>
  new StaleError('The router changed while its guard was being armed.', { hint: 'Make the plan again.' });

/** What was written may be on one box, and what answers now is another one. */
export const anotherBox = (): FleetError =>
  new StaleError('Another box answers at this address now: nothing was undone on it.', {
    hint: 'Find the router that the plan was made for, and look at it and at this one.',
  });

export const failed = (failure: Failure, checks: readonly CheckResult[], at: number): Outcome => ({
  ...nothing,
  ...because(failure),
  state: 'failed',
  summary: `${failure.error.message} Nothing was changed on the router.`,
  checks,
  at,
});

/** @param lost whether a change was made of which part cannot be put back, as the plan said */
export const rolledBack = (failure: Failure, checks: readonly CheckResult[], lost: boolean, at: number): Outcome => ({
  ...nothing,
  ...because(failure),
  state: 'rolled-back',
  summary: lost
    ? `${failure.error.message} What can be read was put back, and read back as it was before; what the plan calls lost was not.`
    : `${failure.error.message} Everything was put back, and read back as it was before.`,
  checks,
  at,
});

export const stuck = (
  failure: Failure,
  checks: readonly CheckResult[],
  left: readonly Change[],
  drift: readonly Drift[],
  at: number,
): Outcome => ({
  ...nothing,
  ...because(failure),
  state: 'stuck',
  summary: `${failure.error.message} It could not be undone completely: a person must look at the router.`,
  checks,
  left,
  drift,
  at,
});
