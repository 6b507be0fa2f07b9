import type { JournalRecord, Target, TargetState } from '../../lib/index.ts';
import { recordsOf } from './journal.ts';

/** Where the guard of one router stands, as the journal tells it. */
export type GuardStand =
  /** The plan has none for this router, or it is not put there yet. */
  | { readonly kind: 'none' | 'waits' | 'arming' | 'confirmed' | 'fired' | 'removed' }
  /** `until`: when (ms) the router goes back by itself unless somebody confirms. */
  | { readonly kind: 'armed'; readonly until: number };

const SCRIPTS = '/system/script';

/** The job that needs no clock is the last trigger that is put: from its answer on the time runs. */
const isJob = ({ call, stage }: JournalRecord): boolean => call.verb === 'command' && call.command === 'execute' && stage === 'ack';
const isRun = ({ call, stage }: JournalRecord): boolean =>
  call.verb === 'command' && call.menu === SCRIPTS && call.command === 'run' && stage !== 'intent' && stage !== 'err';
const isRemoval = ({ call, stage }: JournalRecord): boolean => call.verb === 'remove' && call.menu === SCRIPTS && stage === 'ack';

/** Reads where the guard of a router stands; `state` is that of the router in its plan. */
export function guardOf({ deviceId, guard }: Target, journal: readonly JournalRecord[], state: TargetState): GuardStand {
  if (guard.kind === 'none') return { kind: 'none' };
  const all = recordsOf(journal, deviceId);
  const records = all.filter(({ phase }) => phase === 'guard');
  const job = records.find(isJob);
  if (state === 'completed') return { kind: records.length === 0 ? 'none' : 'confirmed' };
  if (records.length === 0) return { kind: 'waits' };
  if (records.some(isRun)) return { kind: 'fired' };
  if (records.slice(job ? records.indexOf(job) : 0).some(isRemoval)) {
    // Nothing was undone from here, and yet it is undone: the router did it.
    if (state === 'rolled-back' && !all.some(({ phase }) => phase === 'undo')) return { kind: 'fired' };
    return { kind: job && state === 'executing' ? 'confirmed' : 'removed' };
  }
  return job ? { kind: 'armed', until: job.at + guard.seconds * 1000 } : { kind: 'arming' };
}
