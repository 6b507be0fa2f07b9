import { DatabaseSync } from 'node:sqlite';
import { type Clock, StoreError } from '../../src/lib/index.ts';
import { storeOn } from '../../src/lib/store/engine.ts';
import { migrate } from '../../src/lib/store/migrate.ts';
import { sqliteDriver } from '../../src/lib/store/sqlite.ts';
import type { Store, StoreWrite } from '../../src/lib/store/store.ts';
import type { Controller } from './life.ts';
import { never } from './life.ts';
import type { Trace } from './trace.ts';

/** What becomes of one commit. */
export type CommitFate = 'well' | 'full' | 'doubtful' | 'die-before' | 'die-after';

export interface DiskParts {
  readonly trace: Trace;
  /** Asked before each commit. */
  fate(writes: readonly StoreWrite[], controller: Controller): CommitFate;
  /** Told of each commit that took place. */
  stored(writes: readonly StoreWrite[]): void;
}

/** The one thing that outlives a controller. Commits are synchronous in the engine, so a death never finds half of one. */
export interface Disk {
  open(controller: Controller): Promise<Store>;
  /** Puts something there that no controller wrote: what was before the run began. */
  furnish(writes: readonly StoreWrite[], clock: Clock): Promise<void>;
  /** Every value of every table that is text or bytes. */
  contents(): readonly string[];
  close(): void;
}

const noRoom = (): StoreError =>
  new StoreError('There is no room left to write to the database.', { hint: 'Free space on its disk, then try again.' });

export function openDisk(parts: DiskParts): Disk {
  const engine = new DatabaseSync(':memory:');
  const driver = sqliteDriver('fleet.db', engine);
  migrate(driver);
  return {
    open: async (controller) => storeFor(storeOn(driver, controller.clock), controller, parts),
    furnish: async (writes, clock) => {
      await storeOn(driver, clock).commit(writes);
      parts.stored(writes);
    },
    contents: () => contentsOf(engine),
    close: () => engine.close(),
  };
}

/** The store as one controller has it: gone when the controller is, and as unreliable as the run wants it. */
function storeFor(store: Store, controller: Controller, { trace, fate, stored }: DiskParts): Store {
  const alive = <Arguments extends readonly unknown[], Result>(verb: (...given: Arguments) => Promise<Result>) => {
    return async (...given: Arguments): Promise<Result> => {
      if (controller.dead) return never();
      const result = await verb(...given);
      return controller.dead ? never() : result;
    };
  };
  const commit = async (writes: readonly StoreWrite[]): Promise<void> => {
    if (writes.length === 0) return store.commit(writes);
    const what = fate(writes, controller);
    const about = { kind: 'commit', controller: controller.name, writes } as const;
    if (what === 'die-before') controller.die();
    if (controller.dead) return never();
    if (what === 'full') {
      trace.add({ ...about, fate: 'failed' });
      throw noRoom();
    }
    try {
      await store.commit(writes);
    } catch (thrown) {
      trace.add({ ...about, fate: 'refused' });
      throw thrown;
    }
    trace.add({ ...about, fate: what === 'doubtful' ? 'doubtful' : 'stored' });
    stored(writes);
    if (what === 'die-after') controller.die();
    if (what === 'doubtful') throw noRoom();
  };
  // Whatever verbs the store has: all of them end with the controller.
  const verbs = Object.entries(store).map(([name, verb]) => [name, name === 'now' ? verb : alive(verb)] as const);
  return { ...(Object.fromEntries(verbs) as unknown as Store), commit: alive(commit), close: async () => undefined };
}

function contentsOf(engine: DatabaseSync): readonly string[] {
  const tables = engine.prepare("select name from sqlite_schema where type = 'table'").all();
  return tables.flatMap(({ name }) =>
    engine
      .prepare(`select * from "${String(name)}"`)
      .all()
      .flatMap((row) =>
        Object.values(row).map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value))),
      ),
  );
}
