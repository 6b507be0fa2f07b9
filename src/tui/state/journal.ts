import type { JournalRecord } from '../../lib/index.ts';

type ByDevice = ReadonlyMap<string, readonly JournalRecord[]>;

/** A journal is asked for each router with each frame, and may be long: it is taken apart once. */
const APART = new WeakMap<readonly JournalRecord[], ByDevice>();

function takenApart(journal: readonly JournalRecord[]): ByDevice {
  const known = APART.get(journal);
  if (known) return known;
  const parts = new Map<string, JournalRecord[]>();
  for (const record of journal) {
    const part = parts.get(record.deviceId);
    if (part) part.push(record);
    else parts.set(record.deviceId, [record]);
  }
  const newest = new Map(
    [...parts].map(([deviceId, records]) => {
      const run = records.at(-1)?.runId;
      return [deviceId, records.filter(({ runId }) => runId === run)] as const;
    }),
  );
  APART.set(journal, newest);
  return newest;
}

/** What the newest run of a plan wrote down about one router. */
export const recordsOf = (journal: readonly JournalRecord[], deviceId: string): readonly JournalRecord[] =>
  takenApart(journal).get(deviceId) ?? [];
