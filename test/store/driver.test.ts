import { sql } from 'kysely';
import initSqlJs from 'sql.js';
import { describe, expect, test } from 'vitest';
import { BugError, StoreError } from '../../src/lib/core/errors.ts';
import { asFault, type Driver, DriverFault, FAULTS, statementCache } from '../../src/lib/store/driver.ts';
import { storeOn } from '../../src/lib/store/engine.ts';
import { storeError } from '../../src/lib/store/faults.ts';
import { memoryDriver } from '../../src/lib/store/memory.ts';
import { migrate, schemaVersion } from '../../src/lib/store/migrate.ts';
import { MIGRATIONS } from '../../src/lib/store/migrations/index.ts';
import { build } from '../../src/lib/store/schema.ts';
import { aLedgerRecord, refusal, stillClock } from './samples.ts';

describe('what engines throw', () => {
  test.each([
    [2067, 'constraint'],
    [1811, 'constraint'],
    [5, 'busy'],
    [517, 'busy'],
    [261, 'busy'],
    [6, 'busy'],
    [13, 'full'],
    [778, 'io'],
    [1032, 'readonly'],
    [1544, 'readonly'],
    [14, 'cannot-open'],
    [26, 'not-a-database'],
    [267, 'corrupt'],
    [1, 'other'],
  ])('SQLite code %i means %s', (errcode, fault) => {
    expect(asFault(Object.assign(new Error('text'), { errcode })).fault).toBe(fault);
  });

  test.each([
    ['UNIQUE constraint failed: devices.id', 'constraint'],
    ['FOREIGN KEY constraint failed', 'constraint'],
    ['plans are immutable', 'constraint'],
    ['records are append-only', 'constraint'],
    ['database is locked', 'busy'],
    ['database table is locked', 'busy'],
    ['database or disk is full', 'full'],
    ['attempt to write a readonly database', 'readonly'],
    ['disk I/O error', 'io'],
    ['database disk image is malformed', 'corrupt'],
    ['file is not a database', 'not-a-database'],
    ['unable to open database file', 'cannot-open'],
    ['no such table: x', 'other'],
  ])('the text %j means %s', (message, fault) => {
    expect(asFault(new Error(message)).fault).toBe(fault);
  });

  test('what is no error at all is told as well', () => {
    expect(asFault('boom').fault).toBe('other');
    const fault = new DriverFault('io');
    expect(asFault(fault)).toBe(fault);
  });

  test.each(FAULTS)('%s becomes an error that names who acts', (fault) => {
    const error = storeError(new DriverFault(fault, new Error('select secret from x')), '/data/fleet.db', { write: 3, kind: 'journal' });
    expect(error).toBeInstanceOf(fault === 'other' ? BugError : StoreError);
    expect(error.code).toBe({ constraint: 'STORE_CONFLICT', busy: 'STORE_BUSY', other: 'BUG' }[String(fault)] ?? 'STORE_FAILED');
    expect(error.hint).not.toBe('');
    expect(error.message).not.toMatch(/select/);
  });
});

/** An engine whose answers are written down: for what a real one cannot be made to do on demand. */
function scripted(faults: (DriverFault | undefined)[]): { driver: Driver; calls: () => number } {
  let calls = 0;
  const next = (): void => {
    calls += 1;
    const fault = faults.shift();
    if (fault) throw fault;
  };
  return {
    calls: () => calls,
    driver: {
      name: 'scripted',
      all: () => [],
      run: () => 1,
      close: () => undefined,
      transaction: (_, work) => {
        next();
        return work();
      },
    },
  };
}

describe('waiting for a lock', () => {
  const write = { kind: 'ledger', record: aLedgerRecord('a', 1) } as const;

  test('a busy engine is asked again, with growing pauses, and the commit happens once', async () => {
    const pauses: number[] = [];
    const clock = { ...stillClock, sleep: async (ms: number) => void pauses.push(ms) };
    const { driver, calls } = scripted(Array.from({ length: 30 }, () => new DriverFault('busy')));
    await storeOn(driver, clock).commit([write]);
    expect(calls()).toBe(31);
    expect(pauses).toHaveLength(30);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(100);
  });

  test('an engine that stays busy is given up on', async () => {
    const clock = { ...stillClock, sleep: async () => undefined };
    const { driver, calls } = scripted(Array.from({ length: 1000 }, () => new DriverFault('busy')));
    expect((await refusal(storeOn(driver, clock).commit([write]))).code).toBe('STORE_BUSY');
    expect(calls()).toBeLessThan(1000);
  });

  test('any other fault is final', async () => {
    const { driver, calls } = scripted([new DriverFault('io')]);
    expect((await refusal(storeOn(driver, stillClock).commit([write]))).code).toBe('STORE_FAILED');
    expect(calls()).toBe(1);
  });

  test('a commit that waits is not overtaken by one that was asked for later', async () => {
    const { driver } = scripted([new DriverFault('busy')]);
    const store = storeOn(driver, stillClock);
    const done: string[] = [];
    await Promise.all(['first', 'second'].map((name) => store.commit([write]).then(() => done.push(name))));
    expect(done).toEqual(['first', 'second']);
  });

  test('a commit that failed does not hold up the next', async () => {
    const { driver } = scripted([new DriverFault('full')]);
    const store = storeOn(driver, stillClock);
    const [first, second] = await Promise.allSettled([store.commit([write]), store.commit([write])]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  });
});

test('of two processes that make the schema at once, the second finds it made', async () => {
  const inner = memoryDriver(new (await initSqlJs()).Database());
  let overtaken = false;
  const driver: Driver = {
    ...inner,
    transaction: (mode, work) => {
      if (!overtaken) {
        overtaken = true;
        migrate(inner);
      }
      return inner.transaction(mode, work);
    },
  };
  migrate(driver);
  expect(overtaken).toBe(true);
  expect(schemaVersion(driver)).toBe(MIGRATIONS.at(-1)?.to);
});

test('prepared statements are kept by their text, the oldest unused goes first', () => {
  const prepared: string[] = [];
  const dropped: string[] = [];
  const cache = statementCache(
    (text) => {
      prepared.push(text);
      return text;
    },
    (statement) => dropped.push(statement),
    2,
  );
  for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) expect(cache(text)).toBe(text);
  expect(prepared).toEqual(['a', 'b', 'c', 'b']);
  expect(dropped).toEqual(['b', 'c']);
});

test('queries are compiled, never run, by the builder', async () => {
  expect(await sql`select 1`.execute(build)).toEqual({ rows: [] });
});
