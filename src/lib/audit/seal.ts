import { canonical, fingerprint } from '../core/canonical.ts';
import { BugError } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';
import type { LedgerRecord } from '../store/store.ts';

/** What a caller records: the chain gives it its number, its place and its hash. */
export type LedgerEntry = Omit<LedgerRecord, 'format' | 'chain' | 'seq' | 'at' | 'previous' | 'hash'> & {
  /** When it happened, in milliseconds since 1970; the store's clock where it is not given. */
  readonly at?: number;
};

/** Stands before the first record of every chain. */
export const NOTHING_BEFORE = '0'.repeat(64);

/** A record's name: SHA-256 over canonical JSON of everything but the name itself. */
export function recordHash({ hash: _, ...rest }: LedgerRecord): string {
  return fingerprint(rest);
}

/** A record that follows `previous`, for good. */
export function sealed(
  entry: LedgerEntry,
  link: { readonly chain: string; readonly seq: number; readonly at: number; readonly previous: string },
): LedgerRecord {
  const record: LedgerRecord = { ...entry, ...link, format: 1, hash: '' };
  return Object.freeze({ ...record, hash: recordHash(record) });
}

/**
 * A copy of an entry as it will come back from any store, down to the last character: names given by strangers may hold
 * what a text column cannot.
 *
 * @throws BugError it holds a secret, or something that is not plain data
 */
export function plainEntry(entry: LedgerEntry): LedgerEntry {
  refuseSecrets(entry, 'entry', []);
  // Inside `details` JSON escapes such characters; the columns cannot.
  const columns = Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [name, typeof value === 'string' ? storable(value) : value]),
  );
  const copy: LedgerEntry = JSON.parse(canonical(columns));
  return copy;
}

const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd');

function refuseSecrets(value: unknown, path: string, above: readonly object[]): void {
  if (
    typeof value === 'bigint' ||
    typeof value === 'function' ||
    typeof value === 'symbol' ||
    (typeof value === 'number' && !Number.isFinite(value))
  ) {
    throw new BugError(`A ledger entry holds what JSON cannot carry (${path}).`);
  }
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Secret) throw new BugError(`A ledger entry holds a secret (${path}).`);
  if (above.includes(value)) throw new BugError(`A ledger entry contains itself (${path}).`);
  const kind: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && kind !== Object.prototype && kind !== null)
    throw new BugError(`A ledger entry holds more than plain data (${path}).`);
  for (const [name, member] of Object.entries(value)) refuseSecrets(member, `${path}.${name}`, [...above, value]);
}
