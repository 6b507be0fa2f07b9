import { expect, test } from 'vitest';
import { StoreError } from '../../src/lib/index.ts';
import { openMemoryStore } from '../../src/lib/store/memory.ts';
import type { Store } from '../../src/lib/store/store.ts';
import { furnishedWorld } from '../simulation/world.ts';

test('a router that is enrolled as the list cannot be read is minded all the same, a moment later', async () => {
  const world = await furnishedWorld('poll', ['chr_7.24']);
  const store = await openMemoryStore({ clock: world.clock });
  let isBusy = false;
  const busyOnce: Store = {
    ...store,
    devices: async () => {
      if (!isBusy) return store.devices();
      isBusy = false;
      throw new StoreError('The database is busy.');
    },
  };
  // Its processes have this store, and not the one of the world.
  Object.assign(world.disk, { open: async () => busyOnce });
  await world.clock.run(
    (async () => {
      const { operator } = await world.start('C1');
      const seen = new Set<string>();
      const stop = new AbortController();
      const watching = (async () => {
        for await (const event of operator.fleet.watch({ signal: stop.signal, pollEvery: 10_000 }))
          if (event.type === 'sample') seen.add(event.sample.deviceId);
      })();
      await world.clock.sleep(2_000);
      expect(seen.size).toBe(0);
      await store.commit(world.furnished);
      isBusy = true;
      await world.clock.sleep(5_000);
      expect(isBusy).toBe(false);
      expect(seen.size).toBe(1);
      stop.abort();
      await watching;
    })(),
  );
  world.close();
});
