import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Ledger, openLedger } from '../../src/lib/audit/ledger.ts';
import { recordHash } from '../../src/lib/audit/seal.ts';
import { verifyLedger } from '../../src/lib/audit/verify.ts';
import { StoreError } from '../../src/lib/core/errors.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import type { Store, StoreWrite } from '../../src/lib/store/store.ts';
import { aLedgerRecord, engines, NOW, refusal, ZEROS } from '../store/samples.ts';
import { anEntry } from './samples.ts';

const take = (holder: string): StoreWrite => ({ kind: 'lease-take', deviceId: 'd1', holder, at: NOW, until: NOW + 10 });
const IMPOSSIBLE: StoreWrite = { kind: 'lease-renew', deviceId: 'd9', holder: 'x', until: NOW };

test('the hash of a record is what format 1 says, for ever', () => {
  const record = aLedgerRecord('a', 1, {
    onBehalfOf: 'user:bob',
    device: 'd1',
    environment: 'lab',
    plan: 'pln_1',
    details: { b: [1, null], a: 'ü' },
  });
  expect(recordHash(record)).toBe('5b50ad7d98b82dec7b875e48751a5aee39f3ef527eb03efcf6ea61a4055d327a');
  expect(recordHash({ ...record, hash: 'anything' })).toBe(recordHash(record));
});

for (const engine of engines()) {
  describe(`the ledger: ${engine.name}`, () => {
    let store: Store;
    let ledger: Ledger;
    beforeEach(async () => {
      store = await engine.open();
      ledger = openLedger({ store, chain: 'a' });
    });
    afterEach(async () => {
      await store.close();
      engine.cleanUp();
    });
    const records = () => store.ledger({ ascending: true });

    test('stores nothing before the first entry, not even on closing', async () => {
      await ledger.commit([take('me')], []);
      await ledger.close();
      expect(await records()).toEqual([]);
      expect(await store.lease('d1')).toBeDefined();
    });

    test('opens its chain with the first entry, links each record, and closes it', async () => {
      await ledger.commit([], [anEntry(), anEntry({ at: 5, result: 'denied', device: 'd1', details: { why: 'scope' } })]);
      await ledger.close();
      const stored = await records();
      expect(stored.map(({ seq, at, operation, result }) => [seq, at, operation, result])).toEqual([
        [1, NOW, 'chain.open', 'ok'],
        [2, NOW, 'device.update', 'ok'],
        [3, 5, 'device.update', 'denied'],
        [4, NOW, 'chain.close', 'ok'],
      ]);
      expect(stored.map(({ previous }) => previous)).toEqual([ZEROS, ...stored.slice(0, -1).map(({ hash }) => hash)]);
      expect(stored.every((record) => record.hash === recordHash(record) && record.format === 1 && record.chain === 'a')).toBe(true);
      expect(await verifyLedger(store)).toEqual({ ok: true, records: 4, chains: 1, problems: [] });
    });

    test('takes nothing after it was closed', async () => {
      await ledger.commit([], [anEntry()]);
      await ledger.close();
      await ledger.close();
      for (const entries of [[anEntry()], []]) expect((await refusal(ledger.commit([take('me')], entries))).code).toBe('LEDGER_FAILED');
      expect((await records()).map(({ operation }) => operation)).toEqual(['chain.open', 'device.update', 'chain.close']);
      expect(await store.lease('d1')).toBeUndefined();
    });

    test('names its chain at random', () => {
      expect(openLedger({ store }).chain).not.toBe(openLedger({ store }).chain);
    });

    test('stores the writes and their entries together; a write that does not hold takes the entries along', async () => {
      await ledger.commit([take('me')], [anEntry()]);
      const error = await refusal(ledger.commit([take('me'), IMPOSSIBLE], [anEntry()]));
      expect(error.toJSON()).toMatchObject({ code: 'STORE_CONFLICT', details: { write: 1, kind: 'lease-renew' } });
      expect(await records()).toHaveLength(2);
      await ledger.commit([], [anEntry()]);
      expect(await verifyLedger(store)).toMatchObject({ ok: true, records: 3 });
    });

    test('a first commit that fails leaves no opening behind', async () => {
      await refusal(ledger.commit([IMPOSSIBLE], [anEntry()]));
      expect(await records()).toEqual([]);
      await ledger.close();
      expect(await records()).toEqual([]);
    });

    test('any mixture of commits at once, some of which fail, is one whole chain', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), fc.nat(3)), { maxLength: 20 }), async (attempts) => {
          const own = await engine.open();
          const chain = openLedger({ store: own });
          const results = await Promise.allSettled(
            attempts.map(([fails, count]) =>
              chain.commit(
                fails ? [IMPOSSIBLE] : [take('me')],
                Array.from({ length: count }, () => anEntry()),
              ),
            ),
          );
          expect(results.map(({ status }) => status === 'rejected')).toEqual(attempts.map(([fails]) => fails));
          const kept = attempts.reduce((sum, [fails, count]) => sum + (fails ? 0 : count), 0);
          expect(await verifyLedger(own)).toEqual({
            ok: true,
            records: kept === 0 ? 0 : kept + 1,
            chains: kept === 0 ? 0 : 1,
            problems: [],
          });
          await own.close();
        }),
        { numRuns: engine.name === 'memory' ? 60 : 15 },
      );
    });

    test('whatever strangers call themselves, the record verifies', async () => {
      const text = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom('\0', '\ud800', '\udfff', 'a', '"', '\u2028') }),
      );
      const entries = fc.record(
        {
          actor: text,
          onBehalfOf: text,
          origin: text,
          device: text,
          environment: text,
          operation: text.map((operation) => `x${operation}`),
          plan: text,
          requestId: text,
          result: fc.constantFrom('started', 'ok', 'failed', 'denied', 'unknown'),
          details: fc.dictionary(text, fc.jsonValue(), { noNullPrototype: true }),
          at: fc.nat(),
        } as const,
        { requiredKeys: ['actor', 'origin', 'operation', 'requestId', 'result', 'details'] },
      );
      await fc.assert(
        fc.asyncProperty(entries, async (entry) => {
          await ledger.commit([], [entry]);
          const [newest] = await store.ledger({ limit: 1 });
          expect(newest && recordHash(newest)).toBe(newest?.hash);
        }),
        { numRuns: 150 },
      );
      expect(await verifyLedger(store)).toMatchObject({ ok: true });
    });

    test('a secret anywhere in an entry is our mistake; it is neither stored nor told', async () => {
      const secret = new Secret('hunter2');
      const entries = [
        { password: secret },
        { deep: [{ er: secret }] },
        { deep: Object.assign(Object.create(null), { secret }) },
        Object.assign([], { 0: secret }),
      ].map((details) => anEntry({ details: { ...details } }));
      for (const entry of entries) {
        const error = await refusal(ledger.commit([take('me')], [anEntry(), entry]));
        expect(error).toMatchObject({ code: 'BUG', message: expect.stringMatching(/^A ledger entry holds a secret \(entry\.details\./) });
        expect(inspect(error) + JSON.stringify(error)).not.toContain('hunter2');
      }
      expect(await records()).toEqual([]);
      expect(await store.lease('d1')).toBeUndefined();
    });

    test('what would not come back as it was is our mistake', async () => {
      const cycle: Record<string, unknown> = {};
      cycle['self'] = { cycle };
      for (const value of [
        new Map([['a', 1]]),
        new Set(),
        new Date(0),
        Buffer.from('x'),
        1n,
        Number.NaN,
        () => 1,
        Symbol('x'),
        new Error('x'),
        cycle,
      ]) {
        expect((await refusal(ledger.commit([], [anEntry({ details: { value } })]))).code).toBe('BUG');
      }
      await ledger.commit([], [anEntry({ details: { shared: [NOW, NOW], missing: undefined } })]);
      expect((await verifyLedger(store)).ok).toBe(true);
    });

    test('what the caller changes afterwards is not what is recorded', async () => {
      const details = { verdict: 'yes' };
      const writes = [take('me')];
      const entries = [anEntry({ details })];
      const committing = ledger.commit(writes, entries);
      details.verdict = 'no';
      writes.push(IMPOSSIBLE);
      entries.push(anEntry());
      await committing;
      expect((await records()).map((record) => record.details['verdict'])).toEqual([undefined, 'yes']);
    });

    test('two writers of one chain: the second is refused for good', async () => {
      const twin = openLedger({ store, chain: 'a' });
      await ledger.commit([], [anEntry()]);
      for (let attempt = 0; attempt < 2; attempt += 1) {
        expect((await refusal(twin.commit([take('me')], [anEntry()]))).toJSON()).toMatchObject({
          code: 'LEDGER_FAILED',
          details: { code: 'STORE_CONFLICT' },
        });
      }
      expect(await store.lease('d1')).toBeUndefined();
      await ledger.commit([], [anEntry()]);
    });

    test('a mistake in a write is told as what it is', async () => {
      const broken: StoreWrite = { kind: 'lease-take', deviceId: 'd1', holder: 'me', at: NOW, until: Number.NaN };
      expect((await refusal(ledger.commit([broken], [anEntry()]))).code).toBe('BUG');
    });

    test('each new chain carries the heads that no chain carries yet', async () => {
      const carried = async (chain: string) => (await store.ledger({ chain, ascending: true, limit: 1 }))[0]?.details['heads'];
      const head = async (chain: string) => (await store.ledgerHeads()).find((one) => one.chain === chain);
      await ledger.commit([], [anEntry()]);
      await ledger.close();
      await openLedger({ store, chain: 'b' }).commit([], [anEntry()]);
      const [a, b] = [await head('a'), await head('b')];
      await openLedger({ store, chain: 'c' }).commit([], [anEntry()]);
      expect(await carried('a')).toEqual([]);
      expect(await carried('b')).toEqual([a]);
      expect(await carried('c')).toEqual([b]);
    });
  });
}

describe('a store that fails', () => {
  const [memory] = engines();
  if (!memory) throw new Error('no engine');
  const disk = () => new StoreError('The disk failed while using the database x.', { hint: 'Look at the disk.' });
  /** The real store, whose commits fail on demand: before they take effect, or after. */
  async function failing(): Promise<{ store: Store; real: Store; next: { fails: 'before' | 'after' | undefined } }> {
    const real = await memory?.open();
    if (!real) throw new Error('no engine');
    const next: { fails: 'before' | 'after' | undefined } = { fails: undefined };
    const commit: Store['commit'] = async (writes) => {
      const { fails } = next;
      next.fails = undefined;
      if (fails === 'before') throw disk();
      await real.commit(writes);
      if (fails === 'after') throw disk();
    };
    return { real, next, store: { ...real, commit } };
  }

  test.each(['before', 'after'] as const)('%s a commit took effect: the write is refused, the chain stays whole', async (fails) => {
    for (const at of [0, 1, 3]) {
      const { store, next } = await failing();
      const ledger = openLedger({ store });
      for (let index = 0; index < 5; index += 1) {
        if (index === at) next.fails = fails;
        const committing = ledger.commit([], [anEntry({ details: { index } })]);
        if (index === at) {
          expect((await refusal(committing)).toJSON()).toMatchObject({
            code: 'LEDGER_FAILED',
            hint: 'The disk failed while using the database x. Look at the disk.',
            details: { code: 'STORE_FAILED' },
          });
        } else await committing;
      }
      await ledger.close();
      expect(await verifyLedger(store)).toEqual({ ok: true, records: fails === 'after' ? 7 : 6, chains: 1, problems: [] });
    }
  });

  test('and whose chain goes on without us: nothing more is written to it', async () => {
    const { store, real, next } = await failing();
    const ledger = openLedger({ store, chain: 'a' });
    await ledger.commit([], [anEntry()]);
    const [last] = await real.ledger({ limit: 1 });
    next.fails = 'before';
    await refusal(ledger.commit([], [anEntry()]));
    await real.commit([{ kind: 'ledger', record: aLedgerRecord('a', 3, { previous: last?.hash ?? '' }) }]);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect((await refusal(ledger.commit([take('me')], [anEntry()]))).code).toBe('LEDGER_FAILED');
    }
    expect(await real.lease('d1')).toBeUndefined();
  });

  test('while heads are read: the write is refused', async () => {
    const { store } = await failing();
    const ledger = openLedger({ store: { ...store, ledgerHeads: () => Promise.reject(disk()) } });
    expect((await refusal(ledger.commit([take('me')], [anEntry()]))).code).toBe('LEDGER_FAILED');
    expect(await store.lease('d1')).toBeUndefined();
  });
});
