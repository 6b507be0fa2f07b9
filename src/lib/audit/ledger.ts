import { randomUUID } from 'node:crypto';
import { asFleetError, BugError, StoreError } from '../core/errors.ts';
import { newRequestId } from '../core/ids.ts';
import type { LedgerHead, LedgerRecord, Store, StoreWrite } from '../store/store.ts';
import { CHAIN_CLOSE, CHAIN_OPEN, checkpoint } from './checkpoint.ts';
import { type LedgerEntry, NOTHING_BEFORE, plainEntry, sealed } from './seal.ts';

/** One process instance's chain in the ledger. */
export interface Ledger {
  readonly chain: string;
  /**
   * Stores the writes and their entries in one commit: all of it or nothing.
   *
   * @throws StoreError `STORE_CONFLICT` one of `writes` did not hold; `details.write` is its index
   * @throws StoreError `LEDGER_FAILED` the entries could not be stored: what they announce must not happen
   * @throws BugError an entry holds a secret, or more than plain data
   */
  commit(writes: readonly StoreWrite[], entries: readonly LedgerEntry[]): Promise<void>;
  /** Ends the chain with a last record, if it was ever begun. After it, nothing more is taken. */
  close(): Promise<void>;
}

type Head = Omit<LedgerHead, 'chain'>;

const START: Head = Object.freeze({ seq: 0, hash: NOTHING_BEFORE });

/**
 * Opens this process instance's chain. Nothing is stored before the first entry, which `chain.open` precedes.
 *
 * @param options.store where the records go
 * @param options.chain the chain's name; random where it is not given
 * @example
 * const ledger = openLedger({ store });
 * await ledger.commit([], [{ actor: 'user:ann', origin: 'cli', operation: 'device.remove', result: 'started', requestId, details: {} }]);
 */
export function openLedger({ store, chain = randomUUID() }: { readonly store: Store; readonly chain?: string }): Ledger {
  let head = START;
  /** Records of a commit that failed, perhaps after it took effect. */
  let doubtful: readonly LedgerRecord[] = [];
  let closed = false;
  let tail: Promise<unknown> = Promise.resolve();

  async function append(writes: readonly StoreWrite[], entries: readonly LedgerEntry[]): Promise<void> {
    if (doubtful.length > 0) head = await settled(store, chain, head, doubtful);
    doubtful = [];
    const first = head.seq === 0 ? [own(CHAIN_OPEN, { heads: await checkpoint(store) })] : [];
    const records = linked(store.now(), chain, head, [...first, ...entries]);
    try {
      await store.commit([...writes, ...records.map((record): StoreWrite => ({ kind: 'ledger', record }))]);
    } catch (thrown) {
      if (!isConflict(thrown)) doubtful = records;
      throw thrown;
    }
    head = records.at(-1) ?? head;
  }

  /** One after the other: `previous` of a record is known only when the one before it is stored. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const next = tail.then(work);
    tail = next.catch(() => undefined);
    return next;
  };

  return Object.freeze<Ledger>({
    chain,
    async commit(writes, entries) {
      // Copied now: what the caller changes later is not what is recorded.
      const plain = entries.map(plainEntry);
      const list = [...writes];
      return inTurn(async () => {
        if (closed) throw new StoreError('The ledger of this process is closed.', { code: 'LEDGER_FAILED', hint: 'Open it again.' });
        await (plain.length === 0 ? store.commit(list) : append(list, plain).catch(refusal(list.length)));
      });
    },
    close: () =>
      inTurn(async () => {
        if (closed) return;
        closed = true;
        if (head.seq > 0 || doubtful.length > 0) await append([], [own(CHAIN_CLOSE, {})]).catch(refusal(0));
      }),
  });
}

/** A record of the chain about itself. */
const own = (operation: string, details: LedgerRecord['details']): LedgerEntry => ({
  actor: 'system',
  origin: 'system',
  operation,
  result: 'ok',
  requestId: newRequestId(),
  details,
});

function linked(now: number, chain: string, head: Head, entries: readonly LedgerEntry[]): readonly LedgerRecord[] {
  const records: LedgerRecord[] = [];
  for (const entry of entries) {
    const before = records.at(-1) ?? head;
    records.push(sealed(entry, { chain, seq: before.seq + 1, at: entry.at ?? now, previous: before.hash }));
  }
  return records;
}

/** Where our chain ends in the store after a commit that may or may not have taken effect. Any other end is not our doing. */
async function settled(store: Store, chain: string, head: Head, doubtful: readonly LedgerRecord[]): Promise<Head> {
  const [newest = START] = await store.ledger({ chain, limit: 1 });
  for (const known of [head, doubtful.at(-1) ?? head]) if (newest.seq === known.seq && newest.hash === known.hash) return known;
  throw new StoreError('The chain of this process was changed by somebody else.', { code: 'LEDGER_FAILED', hint: 'Verify the ledger.' });
}

const isConflict = (thrown: unknown): boolean => thrown instanceof StoreError && thrown.code === 'STORE_CONFLICT';

/** The caller's own conflicts and our own mistakes as they are; everything else means that the record could not be made. */
const refusal =
  (writes: number) =>
  (thrown: unknown): never => {
    const error = asFleetError(thrown);
    const index = error.details['write'];
    if (error instanceof BugError || error.code === 'LEDGER_FAILED' || (isConflict(error) && typeof index === 'number' && index < writes))
      throw error;
    throw new StoreError('The ledger could not be written, so nothing else was done.', {
      code: 'LEDGER_FAILED',
      hint: isConflict(error) ? 'Another process writes to this chain: verify the ledger.' : `${error.message} ${error.hint}`.trim(),
      retryable: error.retryable,
      details: { code: error.code },
      cause: error,
    });
  };
