import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NOTHING_BEFORE, plainEntry, recordHash, sealed } from '../../src/lib/audit/seal.ts';
import { BugError } from '../../src/lib/core/errors.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import { aLedgerRecord, NOW } from '../store/samples.ts';
import { anEntry } from './samples.ts';

const said = (details: Readonly<Record<string, unknown>>): string => {
  try {
    plainEntry(anEntry({ details }));
    return 'taken';
  } catch (thrown) {
    if (!(thrown instanceof BugError)) throw thrown;
    return thrown.message;
  }
};
const itself: Record<string, unknown> = {};
itself['again'] = [itself];

test('an entry that cannot be recorded as it is says where, and never what', () => {
  expect({
    secret: said({ login: [{ password: new Secret('hunter2') }] }),
    bigint: said({ a: 1n }),
    call: said({ a: { b: () => 'hunter2' } }),
    symbol: said({ a: Symbol('hunter2') }),
    nan: said({ a: [0, Number.NaN] }),
    endless: said({ a: Number.NEGATIVE_INFINITY }),
    itself: said(itself),
    date: said({ a: new Date(0) }),
    map: said({ a: new Map([['hunter2', 1]]) }),
  }).toMatchInlineSnapshot(`
    {
      "bigint": "A ledger entry holds what JSON cannot carry (entry.details.a).",
      "call": "A ledger entry holds what JSON cannot carry (entry.details.a.b).",
      "date": "A ledger entry holds more than plain data (entry.details.a).",
      "endless": "A ledger entry holds what JSON cannot carry (entry.details.a).",
      "itself": "A ledger entry contains itself (entry.details.again.0).",
      "map": "A ledger entry holds more than plain data (entry.details.a).",
      "nan": "A ledger entry holds what JSON cannot carry (entry.details.a.1).",
      "secret": "A ledger entry holds a secret (entry.details.login.0.password).",
      "symbol": "A ledger entry holds what JSON cannot carry (entry.details.a).",
    }
  `);
});

test('what is plain is taken: nothing, yes and no, numbers, texts, lists, objects with and without a prototype', () => {
  const bare: Record<string, unknown> = Object.assign(Object.create(null), { b: 1 });
  const details = { a: null, c: true, d: -0.5, e: '', f: [[], {}], bare };
  expect(plainEntry(anEntry({ details })).details).toEqual({ ...details, bare: { b: 1 } });
});

test('one thing in two places is no circle', () => {
  const twice = { name: 'x' };
  expect(said({ a: twice, b: [twice, twice] })).toBe('taken');
});

test('what a column cannot hold is marked as lost, not left out: two names do not become one', () => {
  const { actor, device } = plainEntry(anEntry({ actor: 'user:a\0nn', device: 'r\ud8001' }));
  expect(actor).toBe('user:a\ufffdnn');
  expect(device).toBe('r\ufffd1');
  expect(plainEntry(anEntry({ details: { name: 'a\0b' } })).details['name']).toBe('a\0b');
});

test('when it happened stays a number', () => expect(plainEntry(anEntry({ at: 7 })).at).toBe(7));

test('a sealed record is frozen, has its place, and carries its own name', () => {
  const link = { chain: 'a', seq: 1, at: NOW, previous: NOTHING_BEFORE };
  const record = sealed(anEntry(), link);
  expect(record).toMatchObject({ ...anEntry(), ...link, format: 1 });
  expect(record.hash).toBe(recordHash(record));
  expect(Object.isFrozen(record)).toBe(true);
});

test('every column is in the name of a record', () => {
  const whole = aLedgerRecord('a', 1, { onBehalfOf: 'user:bob', device: 'd1', environment: 'lab', plan: 'pln_1' });
  const columns = Object.keys(whole).filter((name) => name !== 'hash');
  fc.assert(
    fc.property(fc.constantFrom(...columns), fc.string(), (column, value) => {
      fc.pre(!Object.is(Reflect.get(whole, column), value));
      expect(recordHash({ ...whole, [column]: value })).not.toBe(recordHash(whole));
    }),
  );
});
