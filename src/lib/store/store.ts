import type { Device } from '../device/device.ts';
import type { Approval, JournalRecord, Outcome, Plan, PlanState, TargetState } from '../plan/types.ts';

/**
 * The contract of every store. Reads are plain queries; every change goes through `commit`, which takes a list of
 * writes and does all of them or none. What is recorded and the record of it (journal, ledger) travel in one list.
 */
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
  /** In the order they were written. */
  journal(planId: string): Promise<readonly JournalRecord[]>;
  runs(planId: string): Promise<readonly Run[]>;

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
}

/** `v1|key id|nonce|ciphertext|tag`, sealed for exactly this device. */
export interface SealedCredential {
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
  /** Refused unless the target is in `from` now. */
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
  | { readonly kind: 'run-start'; readonly run: Run }
  | { readonly kind: 'run-end'; readonly runId: string; readonly at: number }
  | { readonly kind: 'journal'; readonly record: JournalRecord }
  /** `seq` must follow the chain's last record. */
  | { readonly kind: 'ledger'; readonly record: LedgerRecord }
  /** Taken when free, expired at `at`, or already ours; the fence grows by one with each new holder. */
  | { readonly kind: 'lease-take'; readonly deviceId: string; readonly holder: string; readonly at: number; readonly until: number }
  /** Refused unless ours. */
  | { readonly kind: 'lease-renew'; readonly deviceId: string; readonly holder: string; readonly until: number }
  | { readonly kind: 'lease-release'; readonly deviceId: string; readonly holder: string };
