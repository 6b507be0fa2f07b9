import { BugError, type ErrorOptions, StoreError } from '../core/errors.ts';
import type { DriverFault, Fault } from './driver.ts';

/** What a person is told, and who acts. Neither SQL nor values are ever part of it. */
const SENTENCES: Readonly<Record<Exclude<Fault, 'constraint' | 'busy' | 'other'>, (name: string) => readonly [string, string]>> =
  Object.freeze({
    full: (name) => [`There is no room left to write to the database ${name}.`, 'Free space on its disk, then try again.'],
    io: (name) => [`The disk failed while using the database ${name}.`, 'Look at the disk and the system log; then try again.'],
    readonly: (name) => [
      `The database ${name} cannot be written.`,
      'Give this user write access to the file and its directory, or name another data directory.',
    ],
    'cannot-open': (name) => [
      `The database ${name} cannot be opened.`,
      'Give this user read and write access to the file and its directory, or name another data directory.',
    ],
    'not-a-database': (name) => [`The file ${name} is not a database.`, 'Move it away, or name another data directory.'],
    corrupt: (name) => [`The database ${name} is damaged.`, 'Stop every routeros-mcp that uses it and restore a backup.'],
    closed: (name) => [`The database ${name} is closed.`, 'Open it again.'],
  });

/** The first write of a list that did not hold. */
export interface Refused {
  readonly write: number;
  readonly kind: string;
}

export const conflict = (refused: Refused, cause?: unknown): StoreError =>
  new StoreError(`The store refused a change (${refused.kind}): what it builds on is no longer so.`, {
    code: 'STORE_CONFLICT',
    hint: 'Read the present state, then decide again. Nothing of this change was stored.',
    details: { ...refused },
    cause,
  });

/** A fault of the engine as the error that callers of the store receive. */
export function storeError(fault: DriverFault, name: string, refused?: Refused): StoreError | BugError {
  const options: ErrorOptions = { cause: fault.cause ?? fault, details: { store: name } };
  if (fault.fault === 'constraint')
    return refused ? conflict(refused, options.cause) : new BugError('A change broke a rule of the database.', options);
  if (fault.fault === 'busy') {
    return new StoreError(`The database ${name} stayed locked by another process.`, {
      ...options,
      code: 'STORE_BUSY',
      retryable: true,
      hint: 'Try again; if it stays so, look for a stopped routeros-mcp or a backup that holds the file.',
    });
  }
  if (fault.fault === 'other') return new BugError('The database engine refused a statement of ours.', options);
  const [message, hint] = SENTENCES[fault.fault](name);
  return new StoreError(message, { ...options, hint });
}
