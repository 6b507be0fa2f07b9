import { describe, expect, test } from 'vitest';
import { openLedger } from '../../src/lib/audit/ledger.ts';
import { verifyLedger } from '../../src/lib/audit/verify.ts';
import { StoreError } from '../../src/lib/core/errors.ts';
import { openMemoryStore } from '../../src/lib/store/memory.ts';
import type { Store, StoreWrite } from '../../src/lib/store/store.ts';
import { aLedgerRecord, NOW, refusal, stillClock } from '../store/samples.ts';
import { anEntry } from './samples.ts';

/** What a person reads, and who acts next. */
const words = async (promise: Promise<unknown>): Promise<string> => {
  const { code, message, hint } = await refusal(promise);
  return `${code}: ${message} ${hint}`;
};
const CHANGED = 'LEDGER_FAILED: The chain of this process was changed by somebody else. Verify the ledger.';
const NOT_WRITTEN = 'LEDGER_FAILED: The ledger could not be written, so nothing else was done.';
const take = (deviceId: string): StoreWrite => ({ kind: 'lease-take', deviceId, holder: 'me', at: NOW, until: NOW + 10 });

interface Trial {
  readonly real: Store;
  /** The real store, whose next commit fails: before it took effect, or after. */
  readonly store: Store;
  readonly failNext: (when: 'before' | 'after', thrown?: unknown) => void;
}
async function trial(): Promise<Trial> {
  const real = await openMemoryStore({ clock: stillClock });
  let next: { readonly when: 'before' | 'after'; readonly thrown: unknown } | undefined;
  const commit: Store['commit'] = async (writes) => {
    const fails = next;
    next = undefined;
    if (fails?.when === 'before') throw fails.thrown;
    await real.commit(writes);
    if (fails) throw fails.thrown;
  };
  const failNext: Trial['failNext'] = (when, thrown = new StoreError('The disk is full.')) => {
    next = { when, thrown };
  };
  return { real, store: { ...real, commit }, failNext };
}

describe('after a commit of which nobody knows whether it took effect', () => {
  test('the chain is closed; where it turns out not to have begun, it is opened first', async () => {
    for (const [when, operations] of [
      ['after', ['chain.open', 'device.update', 'chain.close']],
      ['before', ['chain.open', 'chain.close']],
    ] as const) {
      const { real, store, failNext } = await trial();
      const ledger = openLedger({ store, chain: 'a' });
      failNext(when);
      await refusal(ledger.commit([], [anEntry()]));
      await ledger.close();
      expect((await real.ledger({ ascending: true })).map(({ operation }) => operation)).toEqual(operations);
      expect(await verifyLedger(real)).toMatchObject({ ok: true });
    }
  });

  test('what another process wrote to its own chain meanwhile is no concern', async () => {
    const { real, store, failNext } = await trial();
    const ledger = openLedger({ store, chain: 'a' });
    const other = openLedger({ store: real, chain: 'b' });
    await ledger.commit([], [anEntry()]);
    failNext('before');
    await refusal(ledger.commit([], [anEntry()]));
    await other.commit([], [anEntry()]);
    await ledger.commit([], [anEntry()]);
    expect(await verifyLedger(real)).toMatchObject({ ok: true, records: 5, chains: 2 });
  });

  test.each([
    ['a record in the place of ours', 1],
    ['one more than ours', 2],
  ])('%s is told as somebody else’s doing, every time', async (_, count) => {
    const { real, store, failNext } = await trial();
    const ledger = openLedger({ store, chain: 'a' });
    await ledger.commit([], [anEntry()]);
    const [last] = await real.ledger({ chain: 'a', limit: 1 });
    failNext('before');
    await refusal(ledger.commit([], [anEntry()]));
    const first = aLedgerRecord('a', 3, { previous: last?.hash ?? '' });
    // The second goes under the hash of our own last record: only its number tells that it is another one.
    const second = aLedgerRecord('a', 4, { previous: first.hash, hash: last?.hash ?? '' });
    for (const record of [first, second].slice(0, count)) await real.commit([{ kind: 'ledger', record }]);
    for (let attempt = 0; attempt < 2; attempt += 1) expect(await words(ledger.commit([take('d1')], [anEntry()]))).toBe(CHANGED);
    expect(await real.lease('d1')).toBeUndefined();
  });

  test('our numbers under other hashes are not ours, even where the chain had not begun', async () => {
    const { real, store, failNext } = await trial();
    const ledger = openLedger({ store, chain: 'a' });
    failNext('before');
    await refusal(ledger.commit([], [anEntry()]));
    for (const seq of [1, 2]) await real.commit([{ kind: 'ledger', record: aLedgerRecord('a', seq) }]);
    expect(await words(ledger.commit([], [anEntry()]))).toBe(CHANGED);
  });
});

describe('who is refused is told why, and who acts next', () => {
  test('a closed ledger', async () => {
    const { store } = await trial();
    const ledger = openLedger({ store });
    await ledger.close();
    expect(await words(ledger.commit([], [anEntry()]))).toBe('LEDGER_FAILED: The ledger of this process is closed. Open it again.');
  });

  test('two writers of one chain', async () => {
    const { store } = await trial();
    const twin = openLedger({ store, chain: 'a' });
    await openLedger({ store, chain: 'a' }).commit([], [anEntry()]);
    expect(await words(twin.commit([take('d1')], [anEntry()]))).toBe(
      `${NOT_WRITTEN} Another process writes to this chain: verify the ledger.`,
    );
  });

  test.each([
    ['with a hint', new StoreError('The disk is full.', { hint: 'Make room.' }), 'The disk is full. Make room.'],
    ['without one', new StoreError('The disk is full.'), 'The disk is full.'],
    // Only a conflict says which write of the caller did not hold.
    ['with a number of its own', new StoreError('The disk is full.', { details: { write: 0 } }), 'The disk is full.'],
    [
      'that is a conflict of nobody knows what',
      new StoreError('It was changed.', { code: 'STORE_CONFLICT', details: { write: null } }),
      'Another process writes to this chain: verify the ledger.',
    ],
  ])('a store error %s', async (_, thrown, hint) => {
    const { store, failNext } = await trial();
    const ledger = openLedger({ store });
    failNext('before', thrown);
    expect(await words(ledger.commit([take('d1')], [anEntry()]))).toBe(`${NOT_WRITTEN} ${hint}`);
  });

  test('whether the same may go well later is as the store says', async () => {
    for (const retryable of [true, false]) {
      const { store, failNext } = await trial();
      failNext('before', new StoreError('The database is busy.', { code: 'STORE_BUSY', retryable }));
      expect(await refusal(openLedger({ store }).commit([], [anEntry()]))).toMatchObject({ retryable, details: { code: 'STORE_BUSY' } });
    }
  });
});

test('what a chain says of itself is said by nobody but the system', async () => {
  const { store, real } = await trial();
  const ledger = openLedger({ store, chain: 'a' });
  await ledger.commit([], [anEntry()]);
  await ledger.close();
  const records = await real.ledger({ ascending: true });
  expect(records.map(({ actor, origin }) => `${actor} ${origin}`)).toEqual(['system system', 'user:ann cli', 'system system']);
});
