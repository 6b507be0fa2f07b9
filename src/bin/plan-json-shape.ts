import type { Change, HistoryNote, Outcome, PlanView, Reach, Rollout, Step, Unplanned } from '../lib/index.ts';

/**
 * A plan as `--json` prints it. Scripts build on this shape: fields are added, never renamed or taken away.
 * Times are ISO 8601; `null` means there is none (yet).
 */
export interface PlanJson {
  readonly planned: true;
  readonly planId: string;
  readonly state: PlanView['state'];
  readonly summary: string;
  readonly recipe: string | null;
  readonly risk: PlanView['plan']['risk'];
  readonly reasons: readonly string[];
  /** SHA-256 of the whole plan: what is approved. */
  readonly hash: string;
  readonly author: PlanView['plan']['author'];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly devices: readonly DeviceJson[];
  readonly changes: readonly ChangeJson[];
  /** What cannot be undone; `change` counts from 0 in `changes`. */
  readonly lost: readonly { readonly change: number; readonly why: string }[];
  /** What must hold afterwards on every router; `devices` has what is checked on one. */
  readonly checks: readonly string[];
  readonly soakSeconds: number;
  /** Of several routers: the waves, by name. */
  readonly rollout: RolloutJson | null;
  /** Null for a plan that was read from a file. */
  readonly approvalNeeds: PlanView['approvalNeeds'] | null;
  readonly approval: ApprovalJson | null;
  readonly decision: { readonly by: string; readonly at: string; readonly reason: string } | null;
  /** How it ended, of the router that ended worst; `devices` has one for each. */
  readonly outcome: OutcomeJson | null;
  /** With `--calls` only. */
  readonly calls?: readonly CallJson[];
  /** Where a plan was made: routers that were asked for and are not part of it. */
  readonly unplanned?: readonly Unplanned[];
}

export interface RolloutJson extends Omit<Rollout, 'waves'> {
  readonly waves: readonly (readonly string[])[];
}

export interface DeviceJson {
  readonly id: string;
  readonly name: string;
  readonly environment: string;
  readonly version: string;
  readonly state: string;
  /** What undoes the change on the router itself when we are cut off. */
  readonly guard: string;
  /** How: empty and null where nothing does, and `why` says what keeps it from it. */
  readonly guardInfo: {
    readonly triggers: readonly string[];
    readonly seconds: number | null;
    readonly warnings: readonly string[];
    readonly why: string | null;
  };
  /** Whether we still get in afterwards, for each of our ways; `rule` is router text: data. */
  readonly reach: readonly {
    readonly transport: string;
    readonly verdict: Reach['verdict'];
    readonly why: string;
    readonly rule: string | null;
  }[];
  readonly checks: readonly string[];
  readonly outcome: OutcomeJson | null;
}

export interface ChangeJson {
  readonly device: string;
  readonly verb: Change['verb'];
  readonly capability: string;
  readonly menu: string;
  readonly row: string;
  readonly label: string;
  /** Fields under their RouterOS names; secret ones read `(secret)`. */
  readonly before: Readonly<Record<string, string>> | null;
  readonly after: Readonly<Record<string, string>> | null;
  readonly place: Change['place'] | null;
  readonly secret: readonly string[];
}

export interface OutcomeJson extends Omit<Outcome, 'at' | 'code' | 'hint' | 'routerText' | 'left' | 'history' | 'resolved'> {
  readonly code: string | null;
  readonly hint: string | null;
  /** The router's own words, cleaned: data. */
  readonly routerText: string | null;
  readonly left: readonly Omit<ChangeJson, 'device'>[];
  /** For `stale`: what others did on the router lately, as it says itself: data. */
  readonly history: readonly HistoryNote[];
  /** For `stuck`: who closed it, and why. */
  readonly resolved: { readonly by: string; readonly at: string; readonly reason: string } | null;
  readonly at: string;
}

export interface ApprovalJson {
  readonly by: string;
  readonly kind: string;
  readonly rule: string | null;
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly consumedAt: string | null;
}

export interface CallJson {
  readonly device: string;
  /** Counts from 0 in `changes`. */
  readonly change: number;
  readonly phase: 'apply' | 'undo';
  readonly call: Step['call'];
}
