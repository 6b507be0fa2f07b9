import { idKey } from '../plan/classify.ts';
import type { JournalRecord, Target } from '../plan/types.ts';

/** Ids the router gave to rows of a plan, and to rows that were put back. */
export function idsFrom(target: Target, journal: readonly JournalRecord[]): Map<string, string> {
  const ids = new Map<string, string>();
  for (const { phase, step, rowId, note } of journal) {
    if (phase === 'guard' || rowId === undefined) continue;
    const index = phase === 'apply' ? target.steps[step]?.change : note?.['change'];
    const change = typeof index === 'number' ? target.changes[index] : undefined;
    if (change?.verb === (phase === 'apply' ? 'add' : 'remove')) ids.set(idKey(change.menu, change.row), rowId);
  }
  return ids;
}
