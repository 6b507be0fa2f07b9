import type { Row } from './row.ts';

/** What it takes to undo one entry of the history, and to do it again. The row itself is kept: it may have another id by then. */
export interface Change {
  /** The entry in `/system/history`. */
  readonly id: string;
  readonly verb: 'add' | 'set' | 'remove' | 'move';
  readonly menu: string;
  readonly row: Row;
  readonly before: Readonly<Row>;
  readonly after: Readonly<Row>;
  /** The row it stood before, where order counts. */
  readonly next: string | undefined;
}

/** Who has safe mode. Sessions are those of consoles: a request over REST has none that lasts. */
export interface SafeMode {
  readonly user: string;
  readonly session: string;
}

export interface ChangeMemory {
  /** Newest first, as many as there are in the history at most. */
  readonly done: Change[];
  /** What was undone, the latest last. */
  readonly undone: Change[];
  safeMode: SafeMode | undefined;
}

export const noChanges = (): ChangeMemory => ({ done: [], undone: [], safeMode: undefined });
