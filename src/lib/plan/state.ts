import { BugError, InputError } from '../core/errors.ts';
import type { PlanState, TargetState } from './types.ts';

/** The one table of transitions: nothing assigns a status around it. */
export const TRANSITIONS: Readonly<Record<TargetState, readonly TargetState[]>> = {
  draft: ['review', 'cancelled'],
  review: ['approved', 'rejected', 'cancelled', 'expired'],
  // Back to review when the approval ran out before it was used.
  approved: ['executing', 'review', 'rejected', 'cancelled', 'expired', 'stale'],
  executing: ['paused', 'completed', 'failed', 'rolling-back', 'stuck'],
  paused: ['executing', 'rolling-back', 'cancelled', 'stuck'],
  'rolling-back': ['rolled-back', 'stuck'],
  // A person who has looked at the router says where it stands.
  stuck: ['completed', 'rolled-back'],
  completed: [],
  failed: [],
  'rolled-back': [],
  rejected: [],
  cancelled: [],
  expired: [],
  stale: [],
};

export const isTerminal = (state: PlanState): boolean => state === 'partial' || TRANSITIONS[state].length === 0;

/** @throws BugError for a transition the table does not have */
export function assertTransition(from: TargetState, to: TargetState): void {
  if (!TRANSITIONS[from].includes(to)) throw new BugError(`A plan cannot go from ${from} to ${to}.`);
}

/** Refuses a verb in words when the plan is not where it would have to be. */
export function requireState(state: PlanState, allowed: readonly PlanState[], verb: string): void {
  if (allowed.includes(state)) return;
  throw new InputError(`This plan is ${state}: it cannot be ${verb}.`, {
    code: 'PLAN_STATE',
    hint: isTerminal(state) ? 'Make a new plan.' : `It can be ${verb} while it is ${allowed.join(' or ')}.`,
    details: { state, allowed },
  });
}

/** The state of a plan from the states of its targets: the least finished, the worst. */
export function planState(targets: readonly TargetState[]): PlanState {
  const [first] = targets;
  if (first === undefined) return 'draft';
  if (targets.every((state) => state === first)) return first;
  const order: readonly TargetState[] = ['stuck', 'rolling-back', 'executing', 'paused', 'approved', 'review', 'draft'];
  return order.find((state) => targets.includes(state)) ?? (targets.includes('completed') ? 'partial' : 'failed');
}
