import { sameDigest } from '../core/canonical.ts';
import type { LedgerHead, LedgerRecord, Store } from '../store/store.ts';
import { CHAIN_CLOSE, CHAIN_OPEN, carriedHeads } from './checkpoint.ts';
import { NOTHING_BEFORE, recordHash } from './seal.ts';

export interface LedgerProblem {
  readonly chain: string;
  readonly seq: number;
  readonly problem: string;
}

export interface LedgerReport {
  readonly ok: boolean;
  readonly records: number;
  readonly chains: number;
  readonly problems: readonly LedgerProblem[];
}

/** Records that are held in memory at a time. */
const PAGE = 500;
/** More would not help anybody; the report then says that there are more. */
const MOST_PROBLEMS = 1000;

/** A head that some record carries, and where that record is. */
interface Reference extends LedgerHead {
  readonly by: string;
}

interface Walk {
  readonly chain: string;
  last: LedgerRecord | undefined;
  records: number;
}

/**
 * Checks the whole ledger, page by page: every record's hash, every link, gaps, duplicates, the first and last record of each
 * chain, and that every head a checkpoint carries is still there. What this cannot find: the newest records of a chain cut off
 * before any other chain saw them; only a copy kept elsewhere shows that.
 *
 * @throws StoreError the store cannot be read
 * @example
 * const { ok, problems } = await verifyLedger(store);
 */
export async function verifyLedger(store: Store): Promise<LedgerReport> {
  const problems: LedgerProblem[] = [];
  const tell = (chain: string, seq: number, problem: string): void => {
    if (problems.length > MOST_PROBLEMS) return;
    const isLast = problems.length === MOST_PROBLEMS;
    problems.push(Object.freeze({ chain, seq, problem: isLast ? 'from here on there are more problems than are told' : problem }));
  };
  // What is written while we read is the next verification's business.
  const heads = await store.ledgerHeads();
  const references: Reference[] = [];
  let records = 0;
  for (const head of heads) {
    const walk: Walk = { chain: head.chain, last: undefined, records: 0 };
    for await (const record of chainRecords(store, head, tell)) {
      checkRecord(walk, record, tell);
      for (const carried of carriedHeads(record)) references.push({ ...carried, by: record.chain });
    }
    records += walk.records;
  }
  for (const reference of references) await checkReference(store, reference, tell);
  return Object.freeze({ ok: problems.length === 0, records, chains: heads.length, problems: Object.freeze(problems) });
}

type Tell = (chain: string, seq: number, problem: string) => void;

/** Each page begins with the number the page before ended with, so that a second record of that number is seen. */
async function* chainRecords(store: Store, head: LedgerHead, tell: Tell): AsyncGenerator<LedgerRecord> {
  for (let from = 0, seen = 0; ; ) {
    const page = await store.ledger({ chain: head.chain, afterSeq: from - 1, ascending: true, limit: PAGE });
    yield* page.slice(seen).filter(({ seq }) => seq <= head.seq);
    const last = page.at(-1);
    if (!last || page.length < PAGE || last.seq > head.seq) return;
    if (last.seq === from) return tell(head.chain, from, 'more records with this number than can be looked at');
    from = last.seq;
    seen = page.filter(({ seq }) => seq === from).length;
  }
}

function checkRecord(walk: Walk, record: LedgerRecord, tell: Tell): void {
  const { last } = walk;
  walk.last = record;
  walk.records += 1;
  const say = (problem: string): void => tell(walk.chain, record.seq, problem);
  const expected = (last?.seq ?? 0) + 1;
  if (record.format !== 1) {
    // It may be hashed in another way: nothing more can be said about it.
    say(`unknown format ${String(record.format)}`);
    return;
  }
  if (!sameDigest(recordHash(record), record.hash)) say('changed: its hash does not match its content');
  if (record.seq < expected) say('there is another record with this number');
  else if (record.seq > expected)
    say(`missing before it: ${expected === record.seq - 1 ? `record ${expected}` : `records ${expected} to ${record.seq - 1}`}`);
  else if (record.previous !== (last?.hash ?? NOTHING_BEFORE)) say('does not follow the record before it');
  if ((record.operation === CHAIN_OPEN) !== (record.seq === 1))
    say(record.seq === 1 ? 'the chain does not begin with its opening' : 'the chain is opened twice');
  if (last?.operation === CHAIN_CLOSE) say('written after the chain was closed');
}

async function checkReference(store: Store, { chain, seq, hash, by }: Reference, tell: Tell): Promise<void> {
  const [found] = await store.ledger({ chain, afterSeq: seq - 1, ascending: true, limit: 1 });
  if (found?.seq !== seq) tell(chain, seq, `missing: chain ${by} saw it`);
  else if (!sameDigest(found.hash, hash)) tell(chain, seq, `another record than the one that chain ${by} saw`);
}
