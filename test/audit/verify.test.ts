import { copyFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLedger } from '../../src/lib/audit/ledger.ts';
import { recordHash } from '../../src/lib/audit/seal.ts';
import { type LedgerReport, verifyLedger } from '../../src/lib/audit/verify.ts';
import { openMemoryStore } from '../../src/lib/store/memory.ts';
import { openSqliteStore } from '../../src/lib/store/sqlite.ts';
import type { LedgerRecord, Store } from '../../src/lib/store/store.ts';
import { aLedgerRecord, scratch, stillClock } from '../store/samples.ts';
import { anEntry } from './samples.ts';

const place = scratch();
const original = place.file('original.db');
let whole: readonly LedgerRecord[];

const openAt = (file: string) => openSqliteStore({ file, clock: stillClock });

/** Chain a is closed; b saw it and is left open; c saw b. */
beforeAll(async () => {
  const store = await openAt(original);
  const entries = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      anEntry({ device: 'd1', environment: 'lab', plan: 'pln_1', onBehalfOf: 'user:bob', details: { index } }),
    );
  const a = openLedger({ store, chain: 'a' });
  await a.commit([], entries(5));
  await a.close();
  await openLedger({ store, chain: 'b' }).commit([], entries(3));
  await openLedger({ store, chain: 'c' }).commit([], entries(2));
  whole = await store.ledger({ ascending: true });
  expect(await verifyLedger(store)).toEqual({ ok: true, records: 14, chains: 3, problems: [] });
  await store.close();
});
afterAll(() => place.remove());

type Statement = readonly [sql: string, ...parameters: (string | number | null)[]];

/** The report on a copy of the ledger that somebody with access to the file has changed. */
async function tampered(...statements: readonly Statement[]): Promise<LedgerReport> {
  const file = place.file('copy.db');
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  copyFileSync(original, file);
  const raw = new DatabaseSync(file);
  raw.exec('drop trigger ledger_no_update; drop trigger ledger_no_delete');
  for (const [sql, ...parameters] of statements) expect(raw.prepare(sql).run(...parameters).changes).toBeGreaterThanOrEqual(0);
  raw.close();
  const store = await openAt(file);
  try {
    return await verifyLedger(store);
  } finally {
    await store.close();
  }
}
const at = (chain: string, seq: number) =>
  whole.find((record) => record.chain === chain && record.seq === seq) ?? expect.fail('no such record');
/** Without it a copy could hold two records of one number, or a number that is none. */
const LOOSE: readonly Statement[] = [
  ['create table loose as select * from ledger'],
  ['drop table ledger'],
  ['alter table loose rename to ledger'],
];

describe('a change of any column of any record is found', () => {
  const columns = [
    'format',
    'at',
    'actor',
    'on_behalf_of',
    'origin',
    'device',
    'environment',
    'operation',
    'plan',
    'result',
    'request_id',
    'details',
    'previous',
    'hash',
  ];
  test.each([...columns, 'chain', 'seq'])('%s', async (column) => {
    for (const { chain, seq } of whole) {
      const value = ['format', 'seq', 'at'].includes(column)
        ? 77
        : ['previous', 'hash'].includes(column)
          ? 'f'.repeat(64)
          : column === 'details'
            ? '{"index":9}'
            : 'x';
      const report = await tampered([`update ledger set ${column} = ? where chain = ? and seq = ?`, value, chain, seq]);
      expect([chain, seq, report.ok]).toEqual([chain, seq, false]);
    }
  });

  test('to any other value', async () => {
    const change = fc.oneof(
      fc.tuple(
        fc.constantFrom('actor', 'origin', 'operation', 'result', 'request_id', 'details', 'device', 'plan', 'on_behalf_of', 'environment'),
        fc.oneof(fc.string(), fc.json()),
      ),
      fc.tuple(fc.constantFrom('device', 'plan', 'on_behalf_of', 'environment'), fc.constant(null)),
      fc.tuple(fc.constantFrom('at', 'format'), fc.integer()),
      fc.tuple(fc.constantFrom('hash', 'previous'), fc.stringMatching(/^[0-9a-f]{64}$/)),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(13), change, async (index, [column, value]) => {
        const { chain, seq } = whole[index] ?? expect.fail('no such record');
        const raw = new DatabaseSync(original, { readOnly: true });
        const same =
          raw.prepare(`select 1 from ledger where chain = ? and seq = ? and ${column} is ?`).get(chain, seq, value) !== undefined;
        raw.close();
        fc.pre(!same);
        expect((await tampered([`update ledger set ${column} = ? where chain = ? and seq = ?`, value, chain, seq])).ok).toBe(false);
      }),
      { numRuns: 80 },
    );
  });

  test('also one that spells the same value in another way, or spoils it', async () => {
    for (const details of ['{"index": 0}', '{"index":0,"index":0}', '{"index":0.0}', 'null', '', '[', '"x"', '{"unreadable":true}']) {
      const report = await tampered(["update ledger set details = ? where chain = 'a' and seq = 2", details]);
      expect(report.problems).toEqual([{ chain: 'a', seq: 2, problem: 'changed: its hash does not match its content' }]);
    }
  });
});

describe('a record that is gone is found', () => {
  test('wherever it was, unless it was the newest and no other chain saw it', async () => {
    for (const { chain, seq } of whole) {
      const report = await tampered(['delete from ledger where chain = ? and seq = ?', chain, seq]);
      expect([chain, seq, report.ok]).toEqual([chain, seq, chain === 'c' && seq === 3]);
    }
  });

  test('in the middle of a chain', async () => {
    expect((await tampered(["delete from ledger where chain = 'a' and seq in (3, 4)"])).problems).toEqual([
      { chain: 'a', seq: 5, problem: 'missing before it: records 3 to 4' },
    ]);
  });

  test('at the end of a closed chain, by the chain that saw its head', async () => {
    expect((await tampered(["delete from ledger where chain = 'a' and seq > 4"])).problems).toEqual([
      { chain: 'a', seq: 7, problem: 'missing: chain b saw it' },
    ]);
  });

  test('with its whole chain', async () => {
    for (const chain of ['a', 'b']) expect((await tampered(['delete from ledger where chain = ?', chain])).problems).toHaveLength(1);
  });
});

describe('a forger who knows how hashes are made', () => {
  /** The statements that write a chain anew from one record on, each hash correct again. */
  function forged(chain: string, seq: number, changes: Partial<LedgerRecord>): readonly Statement[] {
    const statements: Statement[] = [];
    let previous = seq === 1 ? '0'.repeat(64) : at(chain, seq - 1).hash;
    for (const record of whole.filter((one) => one.chain === chain && one.seq >= seq)) {
      const changed = { ...record, ...(record.seq === seq ? changes : {}), previous };
      const hash = recordHash(changed);
      statements.push([
        'update ledger set actor = ?, format = ?, previous = ?, hash = ? where chain = ? and seq = ?',
        changed.actor,
        changed.format,
        previous,
        hash,
        chain,
        record.seq,
      ]);
      previous = hash;
    }
    return statements;
  }

  test('is betrayed by the next record', async () => {
    const [first] = forged('a', 3, { actor: 'user:eve' });
    expect(await tampered(first ?? [''])).toMatchObject({
      problems: [{ chain: 'a', seq: 4, problem: 'does not follow the record before it' }],
    });
  });

  test('is betrayed by the chain that saw this one, however far the forgery goes', async () => {
    const report = await tampered(...forged('a', 3, { actor: 'user:eve' }));
    expect(report.problems).toEqual([{ chain: 'a', seq: 7, problem: 'another record than the one that chain b saw' }]);
  });

  test('cannot hide behind a format that nobody knows', async () => {
    const [first] = forged('c', 3, { format: 2 as unknown as 1 });
    expect((await tampered(first ?? [''])).problems).toEqual([{ chain: 'c', seq: 3, problem: 'unknown format 2' }]);
  });
});

test('two records that changed places are found', async () => {
  const report = await tampered(
    ["update ledger set seq = 99 where chain = 'a' and seq = 3"],
    ["update ledger set seq = 3 where chain = 'a' and seq = 4"],
    ["update ledger set seq = 4 where chain = 'a' and seq = 99"],
  );
  expect(report.ok).toBe(false);
  expect(report.problems.map(({ seq }) => seq)).toEqual(expect.arrayContaining([3, 4]));
});

test('two records of one number are found', async () => {
  const report = await tampered(...LOOSE, ["insert into ledger select * from ledger where chain = 'a' and seq = 3"]);
  expect(report).toMatchObject({
    ok: false,
    records: 15,
    problems: [{ chain: 'a', seq: 3, problem: 'there is another record with this number' }],
  });
});

test('numbers below one are found', async () => {
  for (const seq of [0, -5])
    expect((await tampered(...LOOSE, ["update ledger set seq = ? where chain = 'c' and seq = 1", seq])).ok).toBe(false);
});

describe('long chains', () => {
  const LENGTH = 1203;
  /** Records as a chain has them, put in by the store itself. */
  async function long(change: (records: LedgerRecord[]) => void = () => undefined): Promise<Store> {
    const store = await openMemoryStore({ clock: stillClock });
    const records: LedgerRecord[] = [];
    for (let seq = 1; seq <= LENGTH; seq += 1) {
      const record = aLedgerRecord('a', seq, {
        operation: seq === 1 ? 'chain.open' : 'x',
        previous: records.at(-1)?.hash ?? '0'.repeat(64),
      });
      records.push({ ...record, hash: recordHash(record) });
    }
    change(records);
    return {
      ...store,
      ledgerHeads: async () => records.slice(-1).map(({ chain, seq, hash }) => ({ chain, seq, hash })),
      ledger: async ({ afterSeq = -1, limit = Number.POSITIVE_INFINITY } = {}) => {
        expect(limit).toBeLessThanOrEqual(500);
        return records.filter(({ seq }) => seq > afterSeq).slice(0, limit);
      },
    };
  }

  test('are read in pages, each record once', async () => {
    expect(await verifyLedger(await long())).toEqual({ ok: true, records: LENGTH, chains: 1, problems: [] });
  });

  test.each([499, 500, 501, 998, 999, 1000, LENGTH])('hold no second record %i at the seam of two pages', async (seq) => {
    const store = await long((records) => records.splice(seq, 0, records[seq - 1] ?? expect.fail('none')));
    const report = await verifyLedger(store);
    expect(report).toMatchObject({
      ok: false,
      records: LENGTH + 1,
      problems: [{ seq, problem: 'there is another record with this number' }],
    });
  });

  test.each([500, 501, 999, 1000])('lack no record %i at the seam of two pages', async (seq) => {
    const report = await verifyLedger(await long((records) => records.splice(seq - 1, 1)));
    expect(report.problems).toEqual([{ chain: 'a', seq: seq + 1, problem: `missing before it: record ${seq}` }]);
  });

  test('of nothing but copies come to an end', async () => {
    const store = await long((records) =>
      records.splice(5, LENGTH, ...Array.from({ length: LENGTH }, () => records[4] ?? expect.fail('none'))),
    );
    const report = await verifyLedger(store);
    expect(report.ok).toBe(false);
    expect(report.problems.length).toBeLessThanOrEqual(1000);
    expect(report.problems.at(-1)).toEqual({ chain: 'a', seq: 5, problem: 'more records with this number than can be looked at' });
  });
});

describe('the order of a chain', () => {
  async function chainOf(operations: readonly string[]): Promise<LedgerReport> {
    const store = await openMemoryStore({ clock: stillClock });
    let previous = '0'.repeat(64);
    for (const [index, operation] of operations.entries()) {
      const record = aLedgerRecord('a', index + 1, { operation, previous });
      previous = recordHash(record);
      await store.commit([{ kind: 'ledger', record: { ...record, hash: previous } }]);
    }
    return verifyLedger(store);
  }

  test.each([
    [['x'], 'the chain does not begin with its opening'],
    [['chain.open', 'x', 'chain.open'], 'the chain is opened twice'],
    [['chain.open', 'chain.close', 'x'], 'written after the chain was closed'],
  ])('%j: %s', async (operations, problem) => {
    expect((await chainOf(operations)).problems).toMatchObject([{ problem }]);
  });

  test('an empty ledger is in order', async () => {
    expect(await chainOf([])).toEqual({ ok: true, records: 0, chains: 0, problems: [] });
  });
});
