import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Clock } from '../core/clock.ts';
import { FleetError } from '../core/errors.ts';
import { bindable, typedRows } from './codec.ts';
import { asFault, type Driver, DriverFault, inTransaction, statementCache } from './driver.ts';
import { patiently, storeOn } from './engine.ts';
import { migrate, schemaVersion } from './migrate.ts';
import { privateFile } from './private-file.ts';
import type { Store } from './store.ts';

/** How long (ms) one try may hold up this process while another one holds the lock. */
const BUSY_TIMEOUT = 20;

/** A commit is on the disk before it is reported: it survives the process and the power. */
const PRAGMAS = ['synchronous = full', 'fullfsync = on', 'foreign_keys = on', 'trusted_schema = off'];

/**
 * A store in a file that any number of processes on this host may share. Directory and file are created for their
 * owner only; one that is open to others is refused.
 *
 * @param options.file where the database is, or will be
 * @param options.clock the clock of every expiry
 * @throws ConfigError the file is open to other users, belongs to another program or to a newer version of this one
 * @throws StoreError `STORE_FAILED` the file cannot be opened, is not a database, or is damaged; `STORE_BUSY` it stayed locked
 * @example
 * const store = await openSqliteStore({ file: '/home/ann/.local/share/routeros-mcp/fleet.db', clock: systemClock });
 */
export async function openSqliteStore({ file, clock }: { readonly file: string; readonly clock: Clock }): Promise<Store> {
  const { DatabaseSync: Engine } = await import('node:sqlite');
  const driver = await patiently({ name: file }, clock, () => {
    onDisk(() => privateFile(file));
    const engine = new Engine(file, { timeout: BUSY_TIMEOUT });
    try {
      const opened = sqliteDriver(file, engine);
      // Before the first change: a database of another program stays as it is.
      schemaVersion(opened);
      engine.exec('pragma journal_mode = wal');
      migrate(opened);
      return opened;
    } catch (thrown) {
      engine.close();
      throw thrown;
    }
  });
  return storeOn(driver, clock);
}

/** The synchronous driver over one open file. */
export function sqliteDriver(file: string, engine: DatabaseSync): Driver {
  const guarded = <Result>(work: () => Result): Result => {
    if (!engine.isOpen) throw new DriverFault('closed');
    try {
      return work();
    } catch (thrown) {
      throw thrown instanceof FleetError ? thrown : asFault(thrown);
    }
  };
  const statement = statementCache<StatementSync>(
    (text) => engine.prepare(text),
    () => undefined,
  );
  for (const pragma of PRAGMAS) guarded(() => engine.exec(`pragma ${pragma}`));
  return Object.freeze<Driver>({
    name: file,
    all: (query) => guarded(() => typedRows(statement(query.sql).all(...bindable(query.parameters)))),
    run: (query) => guarded(() => Number(statement(query.sql).run(...bindable(query.parameters)).changes)),
    transaction: (mode, work) => {
      const execute = (command: string): void => guarded(() => engine.exec(command));
      return inTransaction(execute, mode, work);
    },
    close: () => {
      if (engine.isOpen) engine.close();
    },
  });
}

/** The file system's refusals in the words of the engine, so that they are told in the same way. */
function onDisk(work: () => void): void {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof FleetError || !(thrown instanceof Error)) throw thrown;
    const code = 'code' in thrown ? thrown.code : undefined;
    throw new DriverFault(
      code === 'ENOSPC' || code === 'EDQUOT' ? 'full' : code === 'EIO' ? 'io' : code === 'EROFS' ? 'readonly' : 'cannot-open',
      thrown,
    );
  }
}
