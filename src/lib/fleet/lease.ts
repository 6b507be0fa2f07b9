import { randomUUID } from 'node:crypto';
import { DeniedError, StoreError } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import type { Context } from './context.ts';
import { isConflict } from './plans.ts';

/** How long a lease holds without renewal, how often it is renewed, and when we stop writing by ourselves (ms). */
const LIFE = 180_000;
const RENEW = 10_000;
const SAFE = 60_000;

/** The sole right to write to one router, kept alive while work is done. */
export interface HeldLease {
  /** @throws StoreError when the last renewal is too long ago: somebody else may have taken over */
  check(): void;
  release(): Promise<void>;
}

/** @throws DeniedError when another writer is at work on this router */
export async function takeLease(context: Context, device: Device): Promise<HeldLease> {
  const { store, clock } = context;
  // A name of its own: two runs of one process are two writers.
  const holder = `${context.instance}/${randomUUID()}`;
  const take = (): Promise<void> =>
    store.commit([{ kind: 'lease-take', deviceId: device.id, holder, at: store.now(), until: store.now() + LIFE }]);
  try {
    await take();
  } catch (thrown) {
    if (!isConflict(thrown)) throw thrown;
    throw new DeniedError('Another change is being made to this router right now.', {
      hint: 'Wait until it has ended, then try again.',
      retryable: true,
    });
  }
  let renewed = { wall: store.now(), monotonic: clock.monotonic() };
  const stop = new AbortController();
  const renewing = (async () => {
    for (;;) {
      await clock.sleep(RENEW, stop.signal);
      try {
        await store.commit([{ kind: 'lease-renew', deviceId: device.id, holder, until: store.now() + LIFE }]);
        renewed = { wall: store.now(), monotonic: clock.monotonic() };
      } catch (thrown) {
        // A store that is busy is asked again; a lease that somebody else has is lost, and `check` will say so.
        if (isConflict(thrown)) return;
      }
    }
  })().catch(() => undefined);
  return {
    check: () => {
      // Wall or monotonic: a laptop that slept has an old wall age, a clock that was set back an old monotonic one.
      if (store.now() - renewed.wall < SAFE && clock.monotonic() - renewed.monotonic < SAFE) return;
      throw new StoreError('The right to write to this router could not be renewed in time, so writing stopped.', { code: 'STORE_BUSY' });
    },
    release: async () => {
      stop.abort();
      await renewing;
      // One that cannot be given back runs out by itself; what was done under it stands all the same.
      await store.commit([{ kind: 'lease-release', deviceId: device.id, holder }]).catch(() => undefined);
    },
  };
}
