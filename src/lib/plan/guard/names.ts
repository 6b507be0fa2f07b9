import { randomBytes } from 'node:crypto';
import type { Guard } from '../types.ts';

/** A guard that stands on a router, or is to. */
export type Armed = Extract<Guard, { kind: 'armed' }>;

export const LOCK = 'mk-cc-lock';
export const SCRIPTS = '/system/script';
export const SCHEDULER = '/system/scheduler';
export const JOBS = '/system/script/job';

/** Ten hex digits that no other guard has. */
export const newToken = (): string => randomBytes(5).toString('hex');

/** The name of a guard's script, and the beginning of the names of its schedulers. */
export const nameOf = (token: string): string => `mk-cc-${token}`;
export const bootNameOf = (token: string): string => `mk-cc-${token}-boot`;

/** The name of somebody's guard: script or scheduler. */
export const isGuardName = (name: string): boolean => /^mk-cc-[0-9a-f]{10}(?:-boot)?$/.test(name);

/** What every trigger says: run it while it is there and nobody has. The script is the token: no script, no rollback. */
export const fireLine = (name: string): string =>
  `:if ([:len [/system/script/find where name="${name}" and comment="armed"]] = 1) do={ /system/script/run ${name} }`;

/** What the router does by itself after so many seconds, whatever its clock says. */
export const jobSource = (name: string, seconds: number): string => `:delay ${seconds}s; ${fireLine(name)}`;

/** After a restart there is time to confirm or to look, but no more than three minutes. */
export const bootDelay = (seconds: number): number => Math.min(seconds, 180);

/**
 * After a restart. A restart may have cut the script short: each of its steps looks before it acts, so that it can start again.
 */
export const bootSource = (name: string, seconds: number): string =>
  [
    `:delay ${bootDelay(seconds)}s`,
    `/system/script/set [/system/script/find where name="${name}" and comment="fired"] comment="armed"`,
    fireLine(name),
  ].join('; ');

/** How much later (seconds) than the job the scheduler fires: whoever comes second finds the script claimed. */
export const SCHEDULER_LATER = 20;

/** What the lock says: whose it is, the job that waits, and the router's uptime (seconds) at which that began. */
export interface LockNote {
  readonly token: string;
  readonly job?: string;
  readonly since?: number;
}

export const lockNote = ({ token, job, since }: LockNote): string =>
  job === undefined || since === undefined ? token : `${token} job ${job} since ${since}`;

/** What a lock says, or undefined where it is not in our words. */
export function readLockNote(text: string): LockNote | undefined {
  const [, token, job, since] = /^([0-9a-f]{10})(?: job (\*[0-9A-F]+) since (\d+))?$/.exec(text) ?? [];
  if (token === undefined) return undefined;
  return { token, ...(job !== undefined && { job, since: Number(since) }) };
}
