import { expect, test } from 'vitest';
import { carriedHeads, checkpoint } from '../../src/lib/audit/checkpoint.ts';
import { openLedger } from '../../src/lib/audit/ledger.ts';
import { recordHash, sealed } from '../../src/lib/audit/seal.ts';
import { verifyLedger } from '../../src/lib/audit/verify.ts';
import { openMemoryStore } from '../../src/lib/store/memory.ts';
import type { LedgerHead, LedgerRecord, Store } from '../../src/lib/store/store.ts';
import { aLedgerRecord, NOW, stillClock, ZEROS } from '../store/samples.ts';
import { anEntry } from './samples.ts';

const HEAD: LedgerHead = { chain: 'b', seq: 3, hash: 'f'.repeat(64) };
const opening = (heads: unknown): LedgerRecord => aLedgerRecord('a', 1, { operation: 'chain.open', details: { heads } });
const open = (): Promise<Store> => openMemoryStore({ clock: stillClock });

/** A chain of one record, put into the store by its own hash. */
async function put(store: Store, chain: string, operation: string, heads: unknown): Promise<void> {
  const link = { chain, seq: 1, at: NOW, previous: ZEROS };
  await store.commit([{ kind: 'ledger', record: sealed(anEntry({ operation, details: { heads } }), link) }]);
}

test('the heads of an opening are read, and those of no other record', () => {
  expect(carriedHeads(opening([HEAD]))).toEqual([HEAD]);
  expect(carriedHeads({ ...opening([HEAD]), operation: 'device.update' })).toEqual([]);
  expect(carriedHeads(aLedgerRecord('a', 1, { operation: 'chain.open' }))).toEqual([]);
});

test.each([
  ['no list', HEAD],
  ['nothing', null],
  ['a text', 'b 3'],
])('heads that are %s are none', (_, heads) => expect(carriedHeads(opening(heads))).toEqual([]));

test.each([
  ['nothing', null],
  ['left out', undefined],
  ['a text', 'b'],
  ['a number', 3],
  ['a list', ['b', 3, HEAD.hash]],
  ['something that can be called', Object.assign(() => undefined, HEAD)],
  ['without a chain', { seq: 3, hash: HEAD.hash }],
  ['of a chain that is no name', { ...HEAD, chain: 7 }],
  ['without a number', { chain: 'b', hash: HEAD.hash }],
  ['of a number that is a text', { ...HEAD, seq: '3' }],
  ['without a hash', { chain: 'b', seq: 3 }],
  ['of a hash that is no text', { ...HEAD, hash: null }],
])('a head that is %s is passed over, and the one beside it is read', (_, spoilt) => {
  expect(carriedHeads(opening([spoilt, HEAD]))).toEqual([HEAD]);
});

test('heads that nobody can read do not keep the rest of the ledger from being verified', async () => {
  const store = await open();
  await put(store, 'a', 'chain.open', [null, 'x', { chain: 'gone' }]);
  expect(await verifyLedger(store)).toEqual({ ok: true, records: 1, chains: 1, problems: [] });
  await put(store, 'b', 'chain.open', [null, HEAD]);
  expect((await verifyLedger(store)).problems).toEqual([{ chain: 'b', seq: 3, problem: 'missing: chain b saw it' }]);
});

test('a chain counts as carried by an opening only, and only by the head that it has now', async () => {
  const store = await open();
  await openLedger({ store, chain: 'a' }).commit([], [anEntry()]);
  const heads = await store.ledgerHeads();
  expect(heads).toHaveLength(1);
  // Somebody's entry that looks like a checkpoint covers nothing.
  await put(store, 'x', 'device.update', heads);
  const now = await checkpoint(store);
  expect(now.map(({ chain }) => chain).sort()).toEqual(['a', 'x']);
  await put(
    store,
    'y',
    'chain.open',
    heads.map((head) => ({ ...head, seq: head.seq - 1 })),
  );
  expect((await checkpoint(store)).map(({ chain }) => chain).sort()).toEqual(['a', 'x', 'y']);
  await put(store, 'z', 'chain.open', now);
  expect((await checkpoint(store)).map(({ chain }) => chain).sort()).toEqual(['y', 'z']);
});

test('a record is named by all that it holds, and by its own name not', () => {
  const record = opening([HEAD]);
  expect(recordHash({ ...record, details: { heads: [{ ...HEAD, seq: 4 }] } })).not.toBe(recordHash(record));
});
