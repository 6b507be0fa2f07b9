import { afterEach, beforeEach } from 'vitest';
import type { Store } from '../../src/lib/store/store.ts';
import type { Engine } from './samples.ts';

/** A store of its own for each test of a file. */
export function storeOfEach(engine: Engine): () => Store {
  let store: Store | undefined;
  beforeEach(async () => {
    store = await engine.open();
  });
  afterEach(async () => {
    await store?.close();
    engine.cleanUp();
  });
  return () => {
    if (!store) throw new Error('a store is there while a test runs');
    return store;
  };
}
