import type { LedgerHead, LedgerRecord, Store } from '../store/store.ts';

export const CHAIN_OPEN = 'chain.open';
export const CHAIN_CLOSE = 'chain.close';

/**
 * The heads that the first record of a new chain carries: of every other chain, unless a chain that is still there
 * carries exactly that head already. The hashes of the chains then cover each other without each of them listing all:
 * whoever cuts one must rewrite every chain that came after it.
 */
export async function checkpoint(store: Store): Promise<readonly LedgerHead[]> {
  const covered = new Set<string>();
  for (const record of await store.ledger({ operation: CHAIN_OPEN })) for (const head of carriedHeads(record)) covered.add(name(head));
  return (await store.ledgerHeads()).filter((head) => !covered.has(name(head)));
}

/** The heads a record carries: those of a `chain.open`, as far as they can be read. */
export function carriedHeads(record: LedgerRecord): readonly LedgerHead[] {
  const heads: unknown = record.operation === CHAIN_OPEN ? record.details['heads'] : undefined;
  return Array.isArray(heads) ? heads.filter(isHead) : [];
}

const name = ({ chain, seq, hash }: LedgerHead): string => `${chain} ${seq} ${hash}`;

const isHead = (value: unknown): value is LedgerHead =>
  typeof value === 'object' &&
  value !== null &&
  'chain' in value &&
  typeof value.chain === 'string' &&
  'seq' in value &&
  typeof value.seq === 'number' &&
  'hash' in value &&
  typeof value.hash === 'string';
