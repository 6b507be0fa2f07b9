import { readDuration } from '../../capability/duration.ts';
import type { Reader, Row } from '../../client/types.ts';
import { RouterError } from '../../core/errors.ts';
import { type Armed, bootNameOf, isGuardName, JOBS, LOCK, type LockNote, nameOf, readLockNote, SCHEDULER, SCRIPTS } from './names.ts';

/** Where a guard stands: `fired` is under way, or was cut short; `done` has put everything back that it could. */
export type GuardState = 'absent' | 'armed' | 'fired' | 'done';

/** What there is of one guard on a router, and of others. */
export interface Found {
  readonly script: Row | undefined;
  /** The lock, whosesoever it is. */
  readonly lock: Row | undefined;
  readonly note: LockNote | undefined;
  readonly schedulers: readonly Row[];
  /** Somebody else holds the lock, or has a guard that is armed or fires. */
  readonly foreign: boolean;
}

const WATCHED = ['name', 'comment'] as const;

/** Reads what stands for guards. A router that may have no scheduler has no entries either. */
export async function findGuard(reader: Reader, token: string): Promise<Found> {
  const scripts = await reader.read({ verb: 'read', menu: SCRIPTS, fields: WATCHED }, { priority: 'person' });
  const entries = await reader.read({ verb: 'read', menu: SCHEDULER, fields: ['name'] }, { priority: 'person' });
  const lock = scripts.find((row) => row['name'] === LOCK);
  const note = lock && readLockNote(lock['comment'] ?? '');
  const others = scripts.filter((row) => isGuardName(row['name'] ?? '') && row['name'] !== nameOf(token) && row['comment'] !== 'done');
  return {
    script: scripts.find((row) => row['name'] === nameOf(token)),
    lock,
    note,
    schedulers: entries.filter((row) => row['name'] === nameOf(token) || row['name'] === bootNameOf(token)),
    foreign: (lock !== undefined && note?.token !== token) || others.length > 0,
  };
}

/** Where this guard stands on the router. */
export async function stateOfGuard(reader: Reader, guard: Armed): Promise<GuardState> {
  const rows = await reader.read(
    { verb: 'read', menu: SCRIPTS, fields: ['name', 'comment'], where: { name: nameOf(guard.token) } },
    { priority: 'person' },
  );
  return stateOf(rows.find((row) => row['name'] === nameOf(guard.token)));
}

export function stateOf(script: Row | undefined): GuardState {
  if (!script) return 'absent';
  const comment = script['comment'] ?? '';
  // A comment in nobody's words: whoever wrote it, the script no longer runs.
  return comment === 'armed' || comment === 'fired' ? comment : 'done';
}

/** Ids of the jobs that are under way. */
export async function jobsOn(reader: Reader): Promise<readonly Row[]> {
  return reader.read({ verb: 'read', menu: JOBS }, { priority: 'person' });
}

/** Seconds since the router started: the one clock on it that never jumps. */
export async function uptimeOf(reader: Reader): Promise<number> {
  const [row] = await reader.read({ verb: 'read', menu: '/system/resource', fields: ['uptime'] }, { priority: 'person' });
  const seconds = readDuration(row?.['uptime'] ?? '');
  if (seconds === undefined)
    throw new RouterError('The router does not say how long it has been up.', { hint: 'Read it again.', retryable: true });
  return Math.floor(seconds);
}
