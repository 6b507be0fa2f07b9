import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import initSqlJs from 'sql.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLedger } from '../../src/lib/audit/ledger.ts';
import { storeOn } from '../../src/lib/store/engine.ts';
import { memoryDriver } from '../../src/lib/store/memory.ts';
import { migrate } from '../../src/lib/store/migrate.ts';
import { openSqliteStore, sqliteDriver } from '../../src/lib/store/sqlite.ts';
import type { Store } from '../../src/lib/store/store.ts';
import { child } from './children.ts';
import { aDevice, aLedgerRecord, refusal, scratch, stillClock } from './samples.ts';

const NOBODY = 65534;
const ROOT = process.getuid?.() === 0;
const POSIX = process.platform !== 'win32';

let place: ReturnType<typeof scratch>;
let file: string;
beforeEach(() => {
  place = scratch();
  file = place.file('fleet.db');
});
afterEach(() => {
  chmodSync(place.directory, 0o700);
  place.remove();
});
const open = () => openSqliteStore({ file, clock: stillClock });
const rights = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** Opens the file as a user whom the rights of files bind. */
async function asUser(size = 'small') {
  if (ROOT) for (const name of ['', ...readdirSync(place.directory)]) chownSync(place.file(name), NOBODY, NOBODY);
  const { lines, errors } = await child('store/children/open.ts', [file, 'b', size], ROOT ? { uid: NOBODY } : {});
  expect(errors).toBe('');
  return lines;
}
const parsed = (line: string | undefined): unknown => JSON.parse(line ?? 'null');

describe.runIf(POSIX)('rights', () => {
  test('directory and file are made for their owner only, whatever the umask; so are the files beside it', async () => {
    file = place.file('some/where/fleet.db');
    const before = process.umask(0);
    try {
      const store = await open();
      await store.commit([{ kind: 'device-put', device: aDevice('edge-1') }]);
      expect(['some', 'some/where'].map((name) => rights(place.file(name)))).toEqual(['700', '700']);
      expect(readdirSync(place.file('some/where')).map((name) => [name, rights(place.file(`some/where/${name}`))])).toEqual([
        ['fleet.db', '600'],
        ['fleet.db-shm', '600'],
        ['fleet.db-wal', '600'],
      ]);
      await store.close();
    } finally {
      process.umask(before);
    }
  });

  test.each(['701', '710', '750', '755', '777'])('a directory with rights %s is refused, with the command that cures it', async (wide) => {
    chmodSync(place.directory, wide);
    const error = await refusal(open());
    expect(error).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID', hint: `Run: chmod 700 '${place.directory}'` });
    expect(existsSync(file)).toBe(false);
  });

  test.each(['601', '604', '640', '660', '644'])('a file with rights %s is refused, with the command that cures it', async (wide) => {
    await (await open()).close();
    chmodSync(file, wide);
    const error = await refusal(open());
    expect(error).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID', hint: `Run: chmod 600 '${file}'` });
    expect(rights(file)).toBe(wide);
    chmodSync(file, 0o600);
    await (await open()).close();
  });

  test('a directory in which nothing may be made is a failure of the store, and stays empty', async () => {
    chmodSync(place.directory, 0o500);
    const [line] = await asUser();
    expect(parsed(line)).toMatchObject({ name: 'StoreError', code: 'STORE_FAILED', message: `The database ${file} cannot be opened.` });
    expect(readdirSync(place.directory)).toEqual([]);
  });

  test('a store in a directory that became read-only is not half written', async () => {
    const store = await open();
    await store.commit([{ kind: 'ledger', record: aLedgerRecord('a', 1) }]);
    await store.close();
    const before = readFileSync(file);
    chmodSync(place.directory, 0o500);
    const lines = await asUser();
    expect(parsed(lines.at(-1))).toMatchObject({
      name: expect.stringMatching(/StoreError/),
      code: expect.stringMatching(/^(STORE|LEDGER)_FAILED$/),
    });
    expect(lines).not.toContain('stored');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('a file that may only be read refuses the write, not the reading of it', async () => {
    await (await open()).close();
    const before = readFileSync(file);
    chmodSync(file, 0o400);
    const lines = await asUser();
    expect(parsed(lines.at(-1))).toMatchObject({ name: 'StoreError', code: expect.stringMatching(/^(STORE|LEDGER)_FAILED$/) });
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('a file that is not ours', () => {
  const put = (content: string | Uint8Array) => writeFileSync(file, content, { mode: 0o600 });

  test('is not a database', async () => {
    put('This is a shopping list, and a long one: '.repeat(50));
    const before = readFileSync(file);
    const error = await refusal(open());
    expect(error.toJSON()).toMatchObject({ code: 'STORE_FAILED', message: `The file ${file} is not a database.` });
    expect(error.hint).toMatch(/data directory/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('is a directory', async () => {
    mkdirSync(file, { mode: 0o700 });
    expect((await refusal(open())).toJSON()).toMatchObject({ code: 'STORE_FAILED', message: `The database ${file} cannot be opened.` });
  });

  test.each([
    ['with tables', 'create table recipes(id integer)'],
    ['with a schema version', 'pragma user_version = 7'],
    ['with the mark of its program', 'pragma application_id = 42'],
  ])('is the database of another program, %s', async (_, sql) => {
    put('');
    const other = new DatabaseSync(file);
    other.exec(sql);
    other.close();
    const before = readFileSync(file);
    const error = await refusal(open());
    expect(error).toMatchObject({
      name: 'ConfigError',
      code: 'CONFIG_INVALID',
      message: `The database ${file} belongs to another program.`,
    });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('is the database of a newer program', async () => {
    const store = await open();
    await store.commit([{ kind: 'device-put', device: aDevice('edge-1') }]);
    await store.close();
    const newer = new DatabaseSync(file);
    newer.exec('pragma user_version = 999');
    newer.close();
    const error = await refusal(open());
    expect(error).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID', details: { found: 999 } });
    expect(error.hint).toMatch(/^Update routeros-mcp/);
  });

  test('is damaged', async () => {
    const store = await open();
    for (let index = 0; index < 50; index += 1) await store.commit([{ kind: 'device-put', device: aDevice(`router-${index}`) }]);
    await store.close();
    const bytes = readFileSync(file);
    // The first page stays whole.
    put(bytes.fill(0xff, 4096));
    const error = await refusal(open().then((damaged) => damaged.devices()));
    expect(error.toJSON()).toMatchObject({ code: 'STORE_FAILED', message: `The database ${file} is damaged.` });
    expect(error.hint).toMatch(/restore a backup/);
  });
});

describe('a lock that another program holds', () => {
  test('is waited for; reads go on meanwhile', async () => {
    const store = await open();
    await store.commit([{ kind: 'ledger', record: aLedgerRecord('a', 1) }]);
    const other = new DatabaseSync(file);
    other.exec('begin immediate');
    const committing = store.commit([{ kind: 'ledger', record: aLedgerRecord('a', 2) }]);
    expect(await store.ledgerHeads()).toMatchObject([{ seq: 1 }]);
    other.exec('rollback');
    await committing;
    expect(await store.ledgerHeads()).toMatchObject([{ seq: 2 }]);
    other.close();
    await store.close();
  });

  test('is given up on after a while, and nothing was stored; the ledger refuses the write', async () => {
    const store = await open();
    const other = new DatabaseSync(file);
    other.exec('begin immediate');
    const error = await refusal(store.commit([{ kind: 'ledger', record: aLedgerRecord('a', 1) }]));
    expect(error.toJSON()).toMatchObject({ code: 'STORE_BUSY', retryable: true });
    const refused = await refusal(
      openLedger({ store }).commit(
        [],
        [{ actor: 'user:ann', origin: 'cli', operation: 'test', result: 'ok', requestId: 'req_1', details: {} }],
      ),
    );
    expect(refused.toJSON()).toMatchObject({ code: 'LEDGER_FAILED', retryable: true, details: { code: 'STORE_BUSY' } });
    other.exec('rollback');
    other.close();
    expect(await store.ledger()).toEqual([]);
    await store.commit([{ kind: 'ledger', record: aLedgerRecord('a', 1) }]);
    await store.close();
  });
});

describe('a full disk', () => {
  const small = 120;
  const engines: readonly [string, () => Promise<Store>][] = [
    [
      'sqlite',
      async () => {
        await (await open()).close();
        const engine = new DatabaseSync(file);
        const driver = sqliteDriver(file, engine);
        engine.exec(`pragma max_page_count = ${small}`);
        return storeOn(driver, stillClock);
      },
    ],
    [
      'memory',
      async () => {
        const engine = new (await initSqlJs()).Database();
        const driver = memoryDriver(engine);
        migrate(driver);
        engine.run(`pragma max_page_count = ${small}`);
        return storeOn(driver, stillClock);
      },
    ],
  ];
  test.each(engines)('%s: refuses the whole commit, keeps what it has, and goes on when there is room', async (_, make) => {
    const store = await make();
    let stored = 0;
    const put = (seq: number) =>
      store.commit([
        { kind: 'device-put', device: aDevice(`router-${seq}`) },
        { kind: 'ledger', record: aLedgerRecord('a', seq, { details: { text: 'x'.repeat(5000) } }) },
      ]);
    const error = await refusal(
      (async () => {
        for (; stored < 1000; stored += 1) await put(stored + 1);
      })(),
    );
    expect(stored).toBeGreaterThan(3);
    expect(error.toJSON()).toMatchObject({ code: 'STORE_FAILED', hint: 'Free space on its disk, then try again.' });
    expect(error.message).toMatch(/^There is no room left/);
    expect((await refusal(put(stored + 1))).code).toBe('STORE_FAILED');
    expect(await store.devices()).toHaveLength(stored);
    expect(await store.ledgerHeads()).toMatchObject([{ seq: stored }]);
    // A small write may still find room: the store is not stuck.
    await store.commit([{ kind: 'device-remove', deviceId: (await store.devices())[0]?.id ?? '' }]);
    expect(await store.devices()).toHaveLength(stored - 1);
    await store.close();
  });
});

test.runIf(process.platform === 'linux')(
  'a disk that fails while writing leaves the commits before it, and no part of the one it failed',
  async () => {
    const store = await open();
    await store.commit([{ kind: 'ledger', record: aLedgerRecord('a', 1) }]);
    await store.close();
    // Files may not grow beyond 1 MiB: the write in the middle of the commit fails.
    const { lines, errors } = await child('store/children/open.ts', [file, 'b', 'big'], { shell: "trap '' XFSZ; ulimit -f 2048;" });
    expect(errors).toBe('');
    expect(lines[0]).toBe('opened');
    expect(parsed(lines[1])).toMatchObject({ name: 'StoreError', code: 'LEDGER_FAILED', details: { code: 'STORE_FAILED' } });
    const again = await open();
    expect(await again.ledgerHeads()).toMatchObject([{ chain: 'a', seq: 1 }]);
    await again.commit([{ kind: 'ledger', record: aLedgerRecord('a', 2) }]);
    await again.close();
  },
);

test.runIf(process.platform === 'linux')('a place where no directory can be made is told, not tried for ever', async () => {
  file = '/proc/routeros-mcp/deep/fleet.db';
  expect((await refusal(open())).toJSON()).toMatchObject({ code: 'STORE_FAILED', message: `The database ${file} cannot be opened.` });
});

test('plans, journal, ledger and decisions cannot be rewritten, even by hand', async () => {
  const store = await open();
  await store.commit([{ kind: 'ledger', record: aLedgerRecord('a', 1) }]);
  await store.close();
  const raw = new DatabaseSync(file);
  expect(() => raw.exec("update ledger set actor = 'user:eve'")).toThrow(/append-only/);
  expect(() => raw.exec('delete from ledger')).toThrow(/append-only/);
  const triggers = raw.prepare("select name from sqlite_schema where type = 'trigger' order by name").all();
  expect(triggers.map(({ name }) => name)).toEqual(
    ['approvers', 'decisions', 'journal', 'ledger', 'plans'].flatMap((table) => [`${table}_no_delete`, `${table}_no_update`]),
  );
  raw.close();
});
