import type { ErrorKind, PlanState } from '../lib/index.ts';

/** What the shell is told. Scripts build on these numbers: none is ever renumbered. */
export const EXIT = {
  fine: 0,
  failed: 1,
  connection: 2,
  usage: 3,
  denied: 4,
  approval: 5,
  stale: 6,
  rolledBack: 7,
  stuck: 8,
  /** With `--detailed-exitcode` only. */
  changes: 10,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** In words, for the reference page. */
export const EXIT_MEANING: Readonly<Record<keyof typeof EXIT, string>> = {
  fine: 'Fine, or nothing to change.',
  failed: 'The operation failed: the router refused, or the disk did.',
  connection: 'The router cannot be reached, trusted or logged in to.',
  usage: 'The configuration or the command line is wrong.',
  denied: 'Policy refuses it.',
  approval: 'The approval is missing, expired or of another plan.',
  stale: 'The router is not as it was when the plan was made: plan again.',
  rolledBack: 'The change failed and was undone: the router is as before.',
  stuck: 'The router is in neither state: a person must look.',
  changes: 'There are changes (`--detailed-exitcode` only).',
};

export const EXIT_BY_KIND: Readonly<Record<ErrorKind, ExitCode>> = {
  input: EXIT.usage,
  config: EXIT.usage,
  denied: EXIT.denied,
  approval: EXIT.approval,
  stale: EXIT.stale,
  unreachable: EXIT.connection,
  router: EXIT.failed,
  store: EXIT.failed,
  bug: EXIT.failed,
};

/** Where a plan stands once nothing moves any more. The states before that are no failure. */
export const EXIT_BY_STATE: Readonly<Record<PlanState, ExitCode>> = {
  draft: EXIT.fine,
  review: EXIT.fine,
  approved: EXIT.fine,
  executing: EXIT.fine,
  paused: EXIT.fine,
  'rolling-back': EXIT.fine,
  completed: EXIT.fine,
  partial: EXIT.failed,
  failed: EXIT.failed,
  'rolled-back': EXIT.rolledBack,
  stuck: EXIT.stuck,
  rejected: EXIT.approval,
  cancelled: EXIT.failed,
  expired: EXIT.approval,
  stale: EXIT.stale,
};
