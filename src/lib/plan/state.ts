import { BugError, InputError } from '../core/errors.ts';
import type { PlanState, TargetState } from './types.ts';

/** The one table of transitions: nothing assigns a status around it. */
export const TRANSITIONS: Readonly<Record<TargetState, readonly TargetState[]>> = {
  draft: ['review', 'cancelled'],
  review: ['approved', 'rejected', 'cancelled', 'expired'],
  // Back to review when the approval ran out before it was used.
  // `failed`: it could not even begin. `paused`: a rollout starts no more routers for now.
  approved: ['executing', 'paused', 'review', 'rejected', 'cancelled', 'expired', 'stale', 'failed'],
  executing: ['completed', 'failed', 'rolling-back', 'stuck'],
  paused: ['approved', 'cancelled'],
  'rolling-back': ['rolled-back', 'stuck'],
  // A person who has looked at the router says where it stands.
  stuck: ['completed', 'rolled-back', 'stuck'],
  // A rollout that stops takes back what went well before, if the plan says so.
  completed: ['rolling-back'],
  failed: [],
  'rolled-back': [],
  rejected: [],
  cancelled: [],
  expired: [],
  stale: [],
};

/** Where something can still happen. All other states are over: a state that is new here is, until it is named. */
const OPEN: ReadonlySet<PlanState> = new Set<PlanState>(['draft', 'review', 'approved', 'executing', 'paused', 'rolling-back']);

/** Nothing more happens by itself. */
export const isOver = (state: PlanState): boolean => !OPEN.has(state);
/** Nothing more can be done with it: only a new plan helps. */
export const isTerminal = (state: PlanState): boolean => isOver(state) && state !== 'stuck';

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
  const order: readonly TargetState[] = ['rolling-back', 'executing', 'paused'];
  const busy = order.find((state) => targets.includes(state));
  if (busy) return busy;
  // Between two routers of a rollout none is being changed, and yet it goes on.
  if (targets.includes('approved')) return targets.some(isOver) ? 'executing' : 'approved';
  const waiting = (['review', 'draft'] as const).find((state) => targets.includes(state));
  if (waiting) return waiting;
  if (targets.includes('stuck')) return 'stuck';
  return targets.includes('completed') ? 'partial' : 'failed';
}
