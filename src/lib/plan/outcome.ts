import type { FleetError } from '../core/errors.ts';
import type { Change, CheckResult, Drift, Outcome } from './types.ts';

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

export const stale = (drift: readonly Drift[], at: number): Outcome => ({
  ...nothing,
  state: 'stale',
  summary: 'The router is no longer as it was when the plan was made; nothing was sent.',
  code: 'STALE',
  hint: 'Make the plan again.',
  drift,
  at,
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
