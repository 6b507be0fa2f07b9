import { expect, test } from 'vitest';
import { openLedger } from '../../src/lib/audit/ledger.ts';
import { recordHash } from '../../src/lib/audit/seal.ts';
import { verifyLedger } from '../../src/lib/audit/verify.ts';
import { openMemoryStore } from '../../src/lib/store/memory.ts';
import type { LedgerRecord, Store } from '../../src/lib/store/store.ts';
import { aLedgerRecord, stillClock, ZEROS } from '../store/samples.ts';
import { anEntry } from './samples.ts';

const open = (): Promise<Store> => openMemoryStore({ clock: stillClock });

test('what is written while the ledger is verified is left to the next time', async () => {
  const store = await open();
  const ledger = openLedger({ store, chain: 'a' });
  await ledger.commit([], [anEntry(), anEntry()]);
  const whileRead: Store = {
    ...store,
    ledgerHeads: async () => {
      const heads = await store.ledgerHeads();
      await ledger.commit([], [anEntry()]);
      await openLedger({ store, chain: 'b' }).commit([], [anEntry()]);
      return heads;
    },
  };
  expect(await verifyLedger(whileRead)).toEqual({ ok: true, records: 3, chains: 1, problems: [] });
  expect(await verifyLedger(store)).toEqual({ ok: true, records: 6, chains: 2, problems: [] });
});

test('a chain that went on after another one saw it is in order', async () => {
  const store = await open();
  const ledger = openLedger({ store, chain: 'a' });
  await ledger.commit([], [anEntry()]);
  await openLedger({ store, chain: 'b' }).commit([], [anEntry()]);
  await ledger.commit([], [anEntry(), anEntry()]);
  expect(await verifyLedger(store)).toEqual({ ok: true, records: 6, chains: 2, problems: [] });
});

test('a chain that grew past its page is read to its end of then, and no further', async () => {
  const asked: number[] = [];
  const records: LedgerRecord[] = [];
  for (let seq = 1; seq <= 1_200; seq += 1) {
    const record = aLedgerRecord('a', seq, { operation: seq === 1 ? 'chain.open' : 'x', previous: records.at(-1)?.hash ?? ZEROS });
    records.push({ ...record, hash: recordHash(record) });
  }
  const { chain, seq, hash } = records[9] ?? expect.fail('no such record');
  const store: Store = {
    ...(await open()),
    ledgerHeads: async () => [{ chain, seq, hash }],
    ledger: async ({ afterSeq = -1, limit = Number.POSITIVE_INFINITY } = {}) => {
      asked.push(afterSeq);
      return records.filter((one) => one.seq > afterSeq).slice(0, limit);
    },
  };
  expect(await verifyLedger(store)).toEqual({ ok: true, records: 10, chains: 1, problems: [] });
  // A chain that is written to all the time would otherwise never come to an end.
  expect(asked).toHaveLength(1);
});

test.each([
  [999, 999],
  [1_000, 1_000],
  [1_001, 1_001],
  [1_100, 1_001],
])('of %i problems %i are told; the last of them says when there are more', async (length, told) => {
  const records = Array.from({ length }, (_, index) => aLedgerRecord('a', index + 1, { operation: index === 0 ? 'chain.open' : 'x' }));
  const store: Store = {
    ...(await open()),
    ledgerHeads: async () => records.slice(-1),
    ledger: async ({ afterSeq = -1, limit = 0 } = {}) => records.filter((one) => one.seq > afterSeq).slice(0, limit),
  };
  const report = await verifyLedger(store);
  expect(report).toMatchObject({ ok: false, records: length, problems: { length: told } });
  const CHANGED = 'changed: its hash does not match its content';
  expect(report.problems.slice(0, 1_000).every(({ seq, problem }, index) => seq === index + 1 && problem === CHANGED)).toBe(true);
  expect(report.problems.at(1_000)?.problem).toBe(length > 1_000 ? 'from here on there are more problems than are told' : undefined);
});
