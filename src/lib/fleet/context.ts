import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { type Ledger, openLedger } from '../audit/ledger.ts';
import * as entries from '../capability/catalog/index.ts';
import { type Catalog, catalogOf } from '../capability/lookup.ts';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { type Clock, systemClock } from '../core/clock.ts';
import { ConfigError } from '../core/errors.ts';
import type { Store } from '../store/store.ts';
import { loadKeyFile } from '../vault/key-file.ts';
import { loadKey } from '../vault/load-key.ts';
import { openVault, type Vault } from '../vault/vault.ts';
import { type Events, openEvents } from './events.ts';
import { requireSoundRules } from './fence.ts';
import type { FleetOptions } from './options.ts';
import { openRates, type Rates } from './rate.ts';
import { openRouters, type Routers } from './routers.ts';

/** Everything a verb works with. Both doors of one process share one. */
export interface Context {
  readonly config: Config;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly catalog: Catalog;
  readonly routers: Routers;
  readonly events: Events;
  /** Names this process instance as holder of leases. */
  readonly instance: string;
  /**
   * The key of approvals, used for nothing else. Only Door 2 makes it.
   * @throws ConfigError `KEY_MISSING` when it is not there and may not be made
   */
  approvalKey(create: boolean): Uint8Array;
  /** Work that goes on after its caller stopped waiting; closing waits for it. */
  readonly background: Set<Promise<unknown>>;
  /** Routers that are being asked for their facts on the side; closing does not wait for their answers. */
  readonly refreshing: Map<string, Promise<void>>;
  readonly closing: AbortSignal;
  readonly rates: Rates;
  close(): Promise<void>;
}

export async function openContext(options: FleetOptions = {}): Promise<Context> {
  const config = options.config ?? loadConfig({ env: process.env }).config;
  const clock = options.clock ?? systemClock;
  const inMemory = options.store === 'memory';
  const catalog = catalogOf(entries);
  requireSoundRules(config.policy, catalog);
  const store = await openStore(config, clock, options.store);
  const vault = await orClose(store, () =>
    openVault({
      key: inMemory
        ? randomBytes(32)
        : loadKey({ file: path.join(config.dataDir, 'encryption.key'), given: config.encryptionKey, givenFile: config.encryptionKeyFile }),
    }),
  );
  const ledger = openLedger({ store });
  const routers = openRouters({ config, store, vault, clock, agent: process.env['SSH_AUTH_SOCK'], connect: options.connect });
  const background = new Set<Promise<unknown>>();
  const refreshing = new Map<string, Promise<void>>();
  const closing = new AbortController();
  return {
    config,
    store,
    ledger,
    vault,
    clock,
    catalog,
    routers,
    events: openEvents(),
    instance: randomUUID(),
    approvalKey: inMemory ? memoryKey() : (create) => loadKeyFile({ file: path.join(config.dataDir, 'approval.key'), create }),
    background,
    refreshing,
    closing: closing.signal,
    rates: openRates(() => clock.monotonic()),
    close: async () => {
      // First: a rollout that is paused, or waits between two waves, would wait for ever. It is taken up by whoever comes next.
      closing.abort();
      // What is begun while we wait is waited for, too: a write is not left without its answer.
      while (background.size > 0) await Promise.allSettled(background);
      await Promise.allSettled(refreshing.values());
      await routers.close();
      await ledger.close();
      await store.close();
    },
  };
}

/** What cannot be opened leaves nothing open behind it. */
async function orClose<Opened>(store: Store, open: () => Opened): Promise<Opened> {
  try {
    return open();
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
}

/** The engines are loaded when they are needed: each costs start-up time. */
async function openStore(config: Config, clock: Clock, store: FleetOptions['store']): Promise<Store> {
  if (typeof store === 'function') return store(clock);
  if (store === 'memory') return (await import('../store/memory.ts')).openMemoryStore({ clock });
  return (await import('../store/sqlite.ts')).openSqliteStore({ file: path.join(config.dataDir, 'fleet.db'), clock });
}

function memoryKey(): (create: boolean) => Uint8Array {
  let key: Uint8Array | undefined;
  return (create) => {
    if (!key && create) key = randomBytes(32);
    if (key) return key;
    throw new ConfigError('Nothing was ever approved here.', { code: 'KEY_MISSING', hint: 'A person approves first.' });
  };
}
