import type { CompiledQuery } from 'kysely';

/**
 * All that an embedded engine must do. It is synchronous, so a transaction cannot be interleaved with anything
 * else this process does: its callback never awaits.
 */
export interface Driver {
  /** What messages call it: a file's path, or `(in memory)`. */
  readonly name: string;
  /** The rows of a query. @throws DriverFault */
  all<Output>(query: CompiledQuery<Output>): Output[];
  /** Runs a statement; returns how many rows it changed. @throws DriverFault */
  run(query: CompiledQuery): number;
  /** All of `work` or nothing. A `write` transaction takes the lock before it reads. @throws DriverFault */
  transaction<Result>(mode: 'read' | 'write', work: () => Result): Result;
  close(): void;
}

export const FAULTS = [
  'constraint',
  'busy',
  'full',
  'io',
  'readonly',
  'cannot-open',
  'not-a-database',
  'corrupt',
  'closed',
  'other',
] as const;
export type Fault = (typeof FAULTS)[number];

/** What went wrong in an engine, in words that are the same for all engines. */
export class DriverFault extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, cause?: unknown) {
    super(`the database engine reports: ${fault}`, { cause });
    this.name = 'DriverFault';
    this.fault = fault;
  }
}

/** SQLite's primary result codes (the low byte of an extended one), as far as somebody can act on them. */
const BY_CODE: Readonly<Record<number, Fault>> = Object.freeze({
  5: 'busy',
  6: 'busy',
  8: 'readonly',
  10: 'io',
  11: 'corrupt',
  13: 'full',
  14: 'cannot-open',
  19: 'constraint',
  26: 'not-a-database',
});

/** The same, for an engine that gives no codes but SQLite's own English text. */
const BY_TEXT: readonly (readonly [RegExp, Fault])[] = Object.freeze([
  [/constraint failed|^plans are immutable$|^records are append-only$/, 'constraint'],
  [/is locked$/, 'busy'],
  [/^database or disk is full$/, 'full'],
  [/^attempt to write a readonly database$/, 'readonly'],
  [/^disk I\/O error$/, 'io'],
  [/^database disk image is malformed$/, 'corrupt'],
  [/^file is not a database$/, 'not-a-database'],
  [/^unable to open database file$/, 'cannot-open'],
]);

/** An engine's own error as a DriverFault. */
export function asFault(thrown: unknown): DriverFault {
  if (thrown instanceof DriverFault) return thrown;
  if (!(thrown instanceof Error)) return new DriverFault('other', thrown);
  if ('errcode' in thrown && typeof thrown.errcode === 'number') return new DriverFault(BY_CODE[thrown.errcode & 0xff] ?? 'other', thrown);
  return new DriverFault(BY_TEXT.find(([pattern]) => pattern.test(thrown.message))?.[1] ?? 'other', thrown);
}

/** Runs `begin`, the work and `commit`; after any failure `rollback`, whose own failure hides nothing. */
export function inTransaction<Result>(execute: (command: string) => void, mode: 'read' | 'write', work: () => Result): Result {
  execute(mode === 'write' ? 'begin immediate' : 'begin');
  try {
    const result = work();
    execute('commit');
    return result;
  } catch (thrown) {
    try {
      execute('rollback');
    } catch {
      // The engine has rolled back by itself: the first failure is the one to report.
    }
    throw thrown;
  }
}

/** Keeps what was used last: at most `limit` prepared statements, by their SQL text. */
export function statementCache<Statement>(
  prepare: (text: string) => Statement,
  drop: (statement: Statement) => void,
  limit = 200,
): (text: string) => Statement {
  const known = new Map<string, Statement>();
  return (text) => {
    const found = known.get(text) ?? prepare(text);
    known.delete(text);
    known.set(text, found);
    const oldest = known.size > limit ? known.entries().next().value : undefined;
    if (oldest) {
      known.delete(oldest[0]);
      drop(oldest[1]);
    }
    return found;
  };
}
