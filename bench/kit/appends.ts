import type { JournalRecord } from '../../src/lib/index.ts';

/** Records written one after the other, each durable before the next. */
export interface Appended {
  /** Milliseconds for all of them. */
  readonly wall: number;
  /** How many are there, read back. */
  readonly kept: number;
}

/** A record as an apply writes it, the same for both sides. */
export const recordOf = (step: number): JournalRecord => ({
  runId: 'run_bench',
  planId: 'pln_bench',
  deviceId: 'dev_bench',
  phase: 'apply',
  step,
  stage: 'sent',
  call: { verb: 'set', menu: '/ip/dns', values: { servers: '192.0.2.53,192.0.2.54' } },
  at: 1_800_000_000_000 + step,
});
