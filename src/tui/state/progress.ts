import type { JournalRecord, JournalStage, Target, WriteCall } from '../../lib/index.ts';
import { recordsOf } from './journal.ts';

/** How far one call of a plan has come. */
export interface StepProgress {
  readonly call: WriteCall;
  /** Index into the plan's changes; undo calls of the journal do not name theirs. */
  readonly change: number | null;
  /** Null: not begun. */
  readonly stage: JournalStage | null;
  readonly error?: JournalRecord['error'];
}

export interface Progress {
  readonly apply: readonly StepProgress[];
  readonly undo: readonly StepProgress[];
  /** Calls of `apply` that were read back and found in place. */
  readonly done: number;
}

/** Where one router stands in the newest run of a plan, from the journal. */
export function progressOf(target: Target, journal: readonly JournalRecord[]): Progress {
  const records = recordsOf(journal, target.deviceId);
  const newest = (phase: 'apply' | 'undo', step: number): JournalRecord | undefined =>
    records.findLast((record) => record.phase === phase && record.step === step);
  const apply = target.steps.map(({ call, change }, step) => stepOf(call, change, newest('apply', step)));
  const undone = [...new Set(records.filter(({ phase }) => phase === 'undo').map(({ step }) => step))].sort((a, b) => a - b);
  const undo = undone.flatMap((step) => {
    const record = newest('undo', step);
    return record ? [stepOf(record.call, null, record)] : [];
  });
  return { apply, undo, done: apply.filter(({ stage }) => stage === 'verified').length };
}

function stepOf(call: WriteCall, change: number | null, record: JournalRecord | undefined): StepProgress {
  return { call, change, stage: record?.stage ?? null, ...(record?.error ? { error: record.error } : {}) };
}
