import type { Capability } from '../capability/define.ts';
import type { Link, Reader, Writer } from '../client/types.ts';
import type { Clock } from '../core/clock.ts';
import type { CheckResult, JournalRecord, Target } from './types.ts';

export type JournalDraft = Omit<JournalRecord, 'runId' | 'planId' | 'deviceId' | 'at'>;

/** What the executor is given: it knows no transport, no store and no topic. */
export interface ApplyPorts {
  readonly clock: Clock;
  readonly reader: Reader;
  readonly writer: Writer;
  capability(id: string): Capability;
  /** A new connection: what validates a change must not be what made it. */
  fresh(): Promise<Link>;
  /** Consumes the approval, moves the target to `executing` and journals the first intent, in one transaction. */
  begin(first: JournalDraft): Promise<void>;
  /** Durable when it returns; the ledger entry of a write travels with its `intent`. */
  journal(record: JournalDraft): Promise<void>;
  /** The target goes from `executing` to `rolling-back`. */
  rollingBack(): Promise<void>;
  /** @throws StoreError when the lease on the router is no longer safely ours */
  holdsLease(): void;
  readonly checks: HealthChecks;
}

/** Health before and after, compared; a measurement that is missing is inconclusive. */
export interface HealthChecks {
  /** Measures before the first write. */
  before(reader: Reader): Promise<void>;
  after(reader: Reader, target: Target): Promise<readonly CheckResult[]>;
}
