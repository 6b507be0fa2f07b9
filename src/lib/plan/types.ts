import type { Row, WriteCall } from '../client/types.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { Environment } from '../device/device.ts';

export type { Approval } from './approval.ts';

export type Risk = 'low' | 'medium' | 'high';
export type Verb = 'add' | 'set' | 'remove' | 'move';

/**
 * One difference between what a router has and what is wanted, as frozen data.
 * Values are canonical wire text under RouterOS's own field names; a field that is missing is not set on the router.
 */
export interface Change {
  readonly capability: string;
  readonly menu: string;
  readonly verb: Verb;
  /** The row's `.id`; `#n` for the n-th row this plan creates; empty for a singleton. */
  readonly row: string;
  /** What a person calls the row. Cleaned router text: data, never part of a sentence of ours. */
  readonly label: string;
  /** For `set` the touched fields only; for `remove` all writable fields; null for `add` and `move`. */
  readonly before: Row | null;
  readonly after: Row | null;
  /** In ordered menus: the row it stood before, and the row it will stand before; null is the end. */
  readonly place?: { readonly from?: string | null; readonly to?: string | null };
  /** Names of the touched fields whose values are secret: shown as `changed (secret)`. */
  readonly secret: readonly string[];
  /** Where the values of secret fields are kept, by wire name; `after` has no word of them. */
  readonly sealed?: Readonly<Record<string, Sealed>>;
}

/** A secret value in the vault: a reference, and a keyed digest by which it is told from another without being shown. */
export interface Sealed {
  readonly ref: string;
  readonly mac: string;
  /** The digest of what was there before, where it could be read: by it an untouched secret is known. */
  readonly was?: string;
}

/** One literal request, and the change it belongs to. */
export interface Step {
  readonly change: number;
  readonly call: WriteCall;
}

/** Rows the plan was made from, for one menu: re-read and compared before the first write. */
export interface BaseSection {
  readonly capability: string;
  readonly menu: string;
  /** Watched rows by id: canonical writable content, or null where there was none. */
  readonly rows: readonly {
    readonly id: string;
    readonly content: Row | null;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  /** Watched keys (of rows to be added): ids that had them. */
  readonly keys: readonly { readonly key: string; readonly ids: readonly string[] }[];
  /** Not touched by the plan: what our way to the router hangs on. A difference makes the plan stale; undo does not answer for it. */
  readonly critical?: true;
}

/** What cannot be undone, and why; shown to the approver. */
export interface Lost {
  readonly change: number;
  readonly why: string;
}

export type Trigger = 'job' | 'scheduler' | 'startup';

/** Undo armed on the router itself, so that it returns to its base when nobody confirms the change. */
export type Guard =
  | {
      readonly kind: 'armed';
      /** Ten hex digits: the objects on the router are named `mk-cc-<token>`. */
      readonly token: string;
      readonly triggers: readonly Trigger[];
      /** How long the router waits for the confirmation. */
      readonly seconds: number;
      /** What it does not survive, in words for the approver: `not reboot-safe`. */
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'none'; readonly why: string };

/** Will our next new connection pass when the change is made? */
export interface Reach {
  readonly transport: 'rest' | 'ssh';
  readonly verdict: 'yes' | 'no' | 'unknown';
  /** One sentence of ours. */
  readonly why: string;
  /** The row that decides, as a person calls it: router text, data. */
  readonly rule?: string;
}

/** In which order and how far a plan of several routers goes before it stops. */
export interface Rollout {
  /** Device ids, wave by wave; every target once. */
  readonly waves: readonly (readonly string[])[];
  /** Routers of one wave that are changed side by side. */
  readonly parallel: number;
  /** Between two waves. */
  readonly pauseSeconds: number;
  /** Failed and unknown targets that are borne; one more stops the rollout. */
  readonly budget: number;
  /** What becomes of the targets that went well when it stops. */
  readonly onStop: 'keep' | 'roll-back-wave' | 'roll-back-all';
}

export interface Target {
  readonly deviceId: string;
  readonly deviceName: string;
  readonly environment: Environment;
  readonly hardwareId: string;
  readonly version: string;
  readonly base: { readonly sections: readonly BaseSection[]; readonly fingerprint: string };
  readonly changes: readonly Change[];
  readonly steps: readonly Step[];
  /** The inverse of each change, in the order of `changes`; executed backwards. */
  readonly undo: readonly (readonly WriteCall[])[];
  readonly lost: readonly Lost[];
  /** What undoes it when we cannot: probed on the router when the plan was made. */
  readonly guard: Guard;
  /** Lock-out prediction, for each way we have to this router. */
  readonly reach: readonly Reach[];
  /** What the touched capabilities ask to be checked on this router, besides what the plan asks of all. */
  readonly checks: readonly string[];
}

export interface Plan {
  readonly format: 1;
  readonly id: string;
  /** The actor who asked, and the person behind an agent. */
  readonly author: { readonly id: string; readonly onBehalfOf?: string; readonly origin: string };
  readonly recipe?: string;
  readonly summary: string;
  readonly risk: Risk;
  readonly reasons: readonly string[];
  readonly blastRadius: { readonly devices: number; readonly changes: number; readonly menus: readonly string[] };
  readonly targets: readonly Target[];
  /** What must hold afterwards besides the plan itself: `ping 8.8.8.8 from the router`. */
  readonly checks: readonly string[];
  /** How long (seconds) a changed router is watched before the change is confirmed. */
  readonly soakSeconds: number;
  /** For plans of several routers. */
  readonly rollout?: Rollout;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Forward writes stop this long (ms) after the apply began; undo never expires. */
  readonly executeWithin: number;
  /** SHA-256 over canonical JSON of everything above: the plan's name. */
  readonly hash: string;
}

export const STATES = [
  'draft',
  'review',
  'approved',
  'executing',
  'paused',
  'rolling-back',
  'completed',
  'partial',
  'failed',
  'rolled-back',
  'stuck',
  'rejected',
  'cancelled',
  'expired',
  'stale',
] as const;
/** `partial` exists for plans of several routers only: it is derived, never a target's own state. */
export type PlanState = (typeof STATES)[number];
export type TargetState = Exclude<PlanState, 'partial'>;

/** Why a target is where it is: for faces and for the ledger. */
export interface Outcome {
  readonly state: TargetState;
  /** One sentence of ours. */
  readonly summary: string;
  readonly code?: ErrorCode;
  readonly hint?: string;
  /** The router's own words, cleaned and capped: data. */
  readonly routerText?: string;
  readonly checks: readonly CheckResult[];
  /** For `stuck`: the changes that are still on the router. */
  readonly left: readonly Change[];
  /** For `stale`: what was planned from, what is there now. */
  readonly drift: readonly Drift[];
  /** For `stuck`: a person has looked at the router and said that it may stay as it is. */
  readonly resolved?: { readonly by: string; readonly at: number; readonly reason: string };
  /** For `stale`: what the router's history says of others since. */
  readonly history?: readonly HistoryNote[];
  readonly at: number;
}

export interface CheckResult {
  readonly check: string;
  /** Inconclusive means stop, not pass. */
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  readonly before?: string;
  readonly after?: string;
  readonly why?: string;
}

export interface Drift {
  readonly capability: string;
  readonly row: string;
  readonly planned: Row | null;
  readonly now: Row | null;
  /** What the plan wants of this row, where it is one that the plan changes. */
  readonly wanted?: Row | null;
}

/** One action of the router's own history: who did what since the plan was made. Router text: data. */
export interface HistoryNote {
  readonly by: string;
  readonly action: string;
  readonly time: string;
}

export type JournalStage = 'intent' | 'sent' | 'ack' | 'err' | 'unknown' | 'verified';

/** One line of the write-ahead journal: durable before the packet leaves, and again after the answer. */
export interface JournalRecord {
  readonly runId: string;
  readonly planId: string;
  readonly deviceId: string;
  readonly phase: 'apply' | 'undo' | 'guard';
  /** Index into `steps` (apply), or a running number (undo, guard). */
  readonly step: number;
  readonly stage: JournalStage;
  readonly call: WriteCall;
  /** The id RouterOS gave to an added row. */
  readonly rowId?: string;
  /** What a process that takes over must know: ids that were there before, health before. Never a secret. */
  readonly note?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: ErrorCode; readonly routerText?: string };
  readonly at: number;
}
