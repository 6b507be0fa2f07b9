import { createHash } from 'node:crypto';

/** What one look at one router came to, whoever looked. */
export interface Look {
  readonly name: string;
  readonly version: string;
  readonly memoryTotal: number;
}

/** Whom a round leaves out, and whom it asks without waiting for an answer. */
export interface Round {
  readonly absent: readonly string[];
  readonly silent: readonly string[];
}

export const EVERYBODY: Round = Object.freeze({ absent: [], silent: [] });

/** A stretch of looking, measured where it happened. */
export interface Measured {
  /** Milliseconds from the first request to the last answer understood. */
  readonly wall: number;
  /** Microseconds of processor time of this process, system calls and collector included. */
  readonly cpu: number;
  readonly looks: number;
  /** A name for all that was seen, however often: two that saw the same have the same. */
  readonly digest: string;
}

/** Runs it, and says what it took. The digest is made after the clock has stopped. */
export async function measured(work: () => Promise<readonly Look[]>): Promise<Measured> {
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  const looks = await work();
  const wall = performance.now() - before;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { wall, cpu: user + system, looks: looks.length, digest: digestOf(looks) };
}

function digestOf(looks: readonly Look[]): string {
  const lines = new Set(looks.map(({ name, version, memoryTotal }) => `${name} ${version} ${memoryTotal}`));
  return createHash('sha256')
    .update([...lines].toSorted().join('\n'))
    .digest('hex');
}
