import type { Actor } from '../core/actor.ts';
import type { Device } from '../device/device.ts';
import type { ApproverKey } from '../plan/approver-key.ts';
import type { Approval, JournalRecord, Outcome, Plan, PlanState, TargetState } from '../plan/types.ts';

/**
 * The contract of every store. Reads are plain queries; every change goes through `commit`, which takes a list of
 * writes and does all of them or none. What is recorded and the record of it (journal, ledger) travel in one list.
 */
/** How many plans are in one of these states: of this person, or of all programs that ask for the same one. */
export interface PlanCountFilter {
  readonly author: Pick<Actor, 'id' | 'onBehalfOf'>;
  readonly states: readonly TargetState[];
}

export interface Store {
  /** The one clock for every expiry, in milliseconds since 1970. */
  now(): number;
  commit(writes: readonly StoreWrite[]): Promise<void>;

  devices(): Promise<readonly Device[]>;
  /** By id, or by name without regard to case. */
  device(idOrName: string): Promise<Device | undefined>;
  credential(deviceId: string): Promise<SealedCredential | undefined>;

  /** Newest first. */
  plans(filter?: PlanFilter): Promise<readonly StoredPlan[]>;
  plan(id: string): Promise<StoredPlan | undefined>;
  approval(planId: string): Promise<Approval | undefined>;
  /** Every key that was ever enrolled, in that order, revoked ones too. */
  approverKeys(): Promise<readonly ApproverKey[]>;
  planCount(filter: PlanCountFilter): Promise<number>;
  /** In the order they were written. */
  journal(planId: string, deviceId?: string): Promise<readonly JournalRecord[]>;
  runs(planId: string): Promise<readonly Run[]>;
  /** A secret value that a plan has yet to send. */
  planSecret(ref: string): Promise<SealedPlanSecret | undefined>;
  /** Ids of the plans that still have any. */
  planSecrets(): Promise<readonly string[]>;
  run(runId: string): Promise<Run | undefined>;
  /** Newest first. */
  recentRuns(filter: { readonly open?: true; readonly limit: number }): Promise<readonly Run[]>;
  /** States of a plan's targets, without its document: cheap for plans of thousands of routers. */
  targetStates(planId: string): Promise<ReadonlyMap<string, TargetState>>;
  /** The plan that writes to this router, or did until its process died: there is never more than one. */
  livePlan(deviceId: string): Promise<string | undefined>;

  /** Newest first, unless `ascending`. */
  ledger(filter?: LedgerFilter): Promise<readonly LedgerRecord[]>;
  /** Last record of each chain. */
  ledgerHeads(): Promise<readonly LedgerHead[]>;
  lease(deviceId: string): Promise<Lease | undefined>;

  /** A number that moves whenever any process commits; cheap enough to ask four times a second. */
  version(): Promise<number>;
  close(): Promise<void>;
}

export interface PlanFilter {
  readonly state?: PlanState;
  readonly deviceId?: string;
  /** Only plans whose life ended at this moment or before. */
  readonly expiredBy?: number;
  readonly limit?: number;
}

export interface StoredPlan {
  readonly plan: Plan;
  /** One entry per target, in the plan's order. */
  readonly targets: readonly { readonly deviceId: string; readonly state: TargetState; readonly outcome?: Outcome }[];
  /** Who rejected it, when and why. */
  readonly decision?: { readonly by: string; readonly at: number; readonly reason: string };
}

/** An execution of a plan: the handle that faces show and ask about. */
export interface Run {
  readonly id: string;
  readonly planId: string;
  readonly by: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** What a person asked of it last: to go on, to start no more routers, to stop and take back what is under way. */
  readonly wanted: 'go' | 'pause' | 'cancel';
}

/** `v1|key id|nonce|ciphertext|tag`, sealed for exactly this device. */
export interface SealedCredential {
  readonly deviceId: string;
  readonly sealed: string;
}

/** `v1|key id|nonce|ciphertext|tag`, sealed for exactly this place in this plan. */
export interface SealedPlanSecret {
  readonly ref: string;
  readonly planId: string;
  readonly deviceId: string;
  readonly sealed: string;
}

export interface LedgerRecord {
  readonly format: 1;
  /** One chain per process instance. */
  readonly chain: string;
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly onBehalfOf?: string;
  readonly origin: string;
  readonly device?: string;
  readonly environment?: string;
  readonly operation: string;
  readonly plan?: string;
  readonly result: 'started' | 'ok' | 'failed' | 'denied' | 'unknown';
  readonly requestId: string;
  /** Facts of the operation: never a secret, never more than a page. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Hash of the record before it in its chain; 64 zeros for the first. */
  readonly previous: string;
  /** SHA-256 over canonical JSON of everything above. */
  readonly hash: string;
}

export interface LedgerHead {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
}

export interface LedgerFilter {
  readonly deviceId?: string;
  readonly planId?: string;
  readonly chain?: string;
  readonly operation?: string;
  /** Records after this one, for following and for paging through a chain. */
  readonly afterSeq?: number;
  readonly ascending?: boolean;
  readonly limit?: number;
}

/** The right to write to one router, for a while. `fence` only grows. */
export interface Lease {
  readonly deviceId: string;
  readonly holder: string;
  readonly fence: number;
  readonly until: number;
}

/**
 * A precondition that does not hold refuses the whole list with StoreError `STORE_CONFLICT`, whose details name the write
 * (`{ write: index, kind }`); a full disk or an unreadable file is `STORE_FAILED`; a lock that does not clear is `STORE_BUSY`.
 */
export type StoreWrite =
  /** Name (case-insensitive) and hardware id must not belong to another device; revision n takes the place of n - 1, and 0 is new. */
  | { readonly kind: 'device-put'; readonly device: Device }
  | { readonly kind: 'device-remove'; readonly deviceId: string }
  | { readonly kind: 'credential-put'; readonly credential: SealedCredential }
  /** New plan with every target in the given state; an id is never used twice. */
  | { readonly kind: 'plan-insert'; readonly plan: Plan; readonly state: TargetState }
  /** Behind the `plan-insert` of its plan; a ref is never used twice. */
  | { readonly kind: 'plan-secret-put'; readonly secret: SealedPlanSecret }
  /** Of one target, or of all; there need not be any. */
  | { readonly kind: 'plan-secret-drop'; readonly planId: string; readonly deviceId?: string }
  /** Refused unless the target is in `from` now. Where the new state ends it, `stuck` among them, its secrets go in the same step. */
  | {
      readonly kind: 'target-move';
      readonly planId: string;
      readonly deviceId: string;
      readonly from: TargetState;
      readonly to: TargetState;
      readonly outcome?: Outcome;
    }
  | { readonly kind: 'plan-decide'; readonly planId: string; readonly by: string; readonly at: number; readonly reason: string }
  /** Replaces an approval of the same plan that was not consumed; refused when one was. */
  | { readonly kind: 'approval-put'; readonly approval: Approval }
  /** Succeeds once: not consumed, same hash, not expired at `at`. */
  | {
      readonly kind: 'approval-consume';
      readonly planId: string;
      readonly planHash: string;
      readonly nonceHash: string;
      readonly at: number;
    }
  /** A key id is never used twice. */
  | { readonly kind: 'approver-put'; readonly key: ApproverKey }
  /** Refused when it is revoked already, or not there. */
  | { readonly kind: 'approver-revoke'; readonly keyId: string; readonly by: string; readonly at: number }
  | { readonly kind: 'run-start'; readonly run: Run }
  /** What a person asks of a run; refused when it has ended. */
  | { readonly kind: 'run-control'; readonly runId: string; readonly wanted: Run['wanted'] }
  | { readonly kind: 'run-end'; readonly runId: string; readonly at: number }
  | { readonly kind: 'journal'; readonly record: JournalRecord }
  /** `seq` must follow the chain's last record. */
  | { readonly kind: 'ledger'; readonly record: LedgerRecord }
  /** Taken when free, expired at `at`, already ours, or in the hands of `dead`; the fence grows by one with each new holder. */
  | {
      readonly kind: 'lease-take';
      readonly deviceId: string;
      readonly holder: string;
      readonly at: number;
      readonly until: number;
      /** A holder that was seen to be dead. */
      readonly dead?: string;
    }
  /** Refused unless this holder has it under this fence. */
  | { readonly kind: 'lease-hold'; readonly deviceId: string; readonly holder: string; readonly fence: number }
  /** Refused unless ours. */
  | { readonly kind: 'lease-renew'; readonly deviceId: string; readonly holder: string; readonly until: number }
  | { readonly kind: 'lease-release'; readonly deviceId: string; readonly holder: string };
