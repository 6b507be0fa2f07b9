import type { Clock } from '../core/clock.ts';
import { FleetError } from '../core/errors.ts';
import { bindable, typedRows } from './codec.ts';
import { asFault, type Driver, DriverFault, inTransaction, statementCache } from './driver.ts';
import { storeOn } from './engine.ts';
import { migrate } from './migrate.ts';
import type { Store } from './store.ts';

/**
 * A store that lives in this process and is gone with it: SQLite as WebAssembly, nothing on disk.
 *
 * @param options.clock the clock of every expiry
 * @throws StoreError `STORE_FAILED` when there is no memory for it
 * @example
 * const store = await openMemoryStore({ clock: systemClock });
 */
export async function openMemoryStore({ clock }: { readonly clock: Clock }): Promise<Store> {
  const { default: initialise } = await import('sql.js');
  const driver = memoryDriver(new (await initialise()).Database());
  migrate(driver);
  return storeOn(driver, clock);
}

type Engine = InstanceType<Awaited<ReturnType<typeof import('sql.js')>>['Database']>;

/** The synchronous driver over one sql.js database. */
export function memoryDriver(engine: Engine): Driver {
  let open = true;
  const guarded = <Result>(work: () => Result): Result => {
    if (!open) throw new DriverFault('closed');
    try {
      return work();
    } catch (thrown) {
      throw thrown instanceof FleetError ? thrown : asFault(thrown);
    }
  };
  const statement = statementCache(
    (text) => engine.prepare(text),
    (dropped) => dropped.free(),
  );
  engine.run('pragma foreign_keys = on');
  return Object.freeze<Driver>({
    name: '(in memory)',
    all: (query) =>
      guarded(() => {
        const prepared = statement(query.sql);
        const rows: unknown[] = [];
        try {
          prepared.bind(bindable(query.parameters));
          while (prepared.step()) rows.push(prepared.getAsObject());
        } finally {
          prepared.reset();
        }
        return typedRows(rows);
      }),
    run: (query) =>
      guarded(() => {
        const prepared = statement(query.sql);
        try {
          prepared.bind(bindable(query.parameters));
          prepared.step();
        } finally {
          prepared.reset();
        }
        return engine.getRowsModified();
      }),
    transaction: (mode, work) => {
      const execute = (command: string): void => {
        guarded(() => engine.run(command));
      };
      return inTransaction(execute, mode, work);
    },
    close: () => {
      if (open) engine.close();
      open = false;
    },
  });
}
