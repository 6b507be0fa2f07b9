import type { Capability } from '../capability/define.ts';
import type { Link, Reader, Row, WriteCall, Writer } from '../client/types.ts';
import type { Clock } from '../core/clock.ts';
import type { SecretJudge } from './sealed.ts';
import type { Change, CheckResult, HistoryNote, JournalRecord, Target } from './types.ts';

export type JournalDraft = Omit<JournalRecord, 'runId' | 'planId' | 'deviceId' | 'at'>;

/** What the executor is given: it knows no transport, no store and no topic. */
export interface ApplyPorts {
  readonly clock: Clock;
  readonly reader: Reader;
  readonly writer: Writer;
  capability(id: string): Capability;
  /** A new connection: what validates a change must not be what made it. */
  fresh(): Promise<Link>;
  /**
   * Consumes the approval where that is still to be done, moves the target to `executing` and journals the first intent, in one
   * transaction.
   */
  begin(first: JournalDraft): Promise<void>;
  /** Durable when it returns; the ledger entry of a write travels with its `intent`. */
  journal(record: JournalDraft): Promise<void>;
  /** The target goes to `rolling-back`. */
  rollingBack(): Promise<void>;
  /** @throws StoreError when the lease on the router is no longer safely ours */
  holdsLease(): Promise<void>;
  /**
   * May another forward write go out? Undo is never asked.
   * @throws DeniedError the time of the plan is over, or a person stopped it
   */
  mayGoOn(): Promise<void>;
  readonly guard: GuardWork;
  readonly checks: HealthChecks;
  /** Tells secrets that were read back apart; without it they are not compared. */
  readonly judgeSecret?: SecretJudge;
  /** Is this the box that the plan was made for? Asked before anything is undone: what one router had is not another one's base. */
  sameBox(reader: Link): Promise<boolean>;
  /** What others did on this router lately, for whoever must understand a stale plan. Empty where it cannot be read. */
  history(): Promise<readonly HistoryNote[]>;
}

/** Sends one journaled write of the guard. */
export type GuardSend = (call: WriteCall) => Promise<{ readonly id?: string; readonly rows: readonly Row[] }>;

/** Undo on the router itself, for one target; a target without one has `NO_GUARD_WORK`. */
export interface GuardWork {
  readonly armed: boolean;
  arm(send: GuardSend): Promise<void>;
  /** @throws FleetError it is no longer armed, or will fire too soon: nothing more may be written */
  keep(): Promise<void>;
  /** After an add: the row is known by its id now. */
  know(send: GuardSend, change: Change, id: string): Promise<void>;
  /** Confirms the change. `already-fired` means that the router has gone back by itself. */
  disarm(send: GuardSend): Promise<'disarmed' | 'already-fired'>;
  /** Runs the revert now, and waits until it is over. */
  fire(send: GuardSend): Promise<void>;
  /** For a router that cannot be reached: until its time is over and it answers again, or patience ends. */
  await(): Promise<void>;
  /** Takes away whatever is left of it. */
  sweep(send: GuardSend): Promise<void>;
  /** What of it is on the router. */
  state(): Promise<'absent' | 'armed' | 'fired' | 'done'>;
}

/** Health before and after, compared; a measurement that is missing is inconclusive. */
export interface HealthChecks {
  /** Measures before the first write. */
  before(reader: Link): Promise<void>;
  /** May be asked again and again: a changed router is watched for a while. */
  after(reader: Link, target: Target): Promise<readonly CheckResult[]>;
  /** What was measured before, as plain data, so that another process can go on. */
  snapshot(): unknown;
  restore(snapshot: unknown): void;
}
