import { randomUUID } from 'node:crypto';
import { DeniedError, StoreError } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import type { StoreWrite } from '../store/store.ts';
import type { Context } from './context.ts';
import { holderName, isDead } from './holder.ts';
import { isConflict } from './plans.ts';

/** How long a lease holds without renewal, how often it is renewed, and when we stop writing by ourselves (ms). */
const LIFE = 180_000;
const RENEW = 10_000;
const SAFE = 60_000;

/** The sole right to write to one router, kept alive while work is done. */
export interface HeldLease {
  /**
   * A lease whose last renewal is too long ago is renewed, or nothing is written any more.
   * @throws StoreError somebody else has taken over, or the store takes no word
   */
  check(): Promise<void>;
  /** Travels with every record of a write: without the lease nothing is recorded, and without a record nothing is sent. */
  readonly hold: StoreWrite;
  release(): Promise<void>;
}

/** Is somebody at work, as far as anybody can tell? */
export async function isHeld({ store }: Context, name: Pick<Device, 'id'>): Promise<boolean> {
  const lease = await store.lease(name.id);
  return lease !== undefined && lease.until > store.now() && !isDead(lease.holder);
}

/** @throws DeniedError when another writer is at work on this router */
export async function takeLease(context: Context, device: Pick<Device, 'id'>): Promise<HeldLease> {
  const lease = await tryLease(context, device);
  if (lease) return lease;
  throw new DeniedError('Another change is being made to this router right now.', {
    hint: 'Wait until it has ended, then try again.',
    retryable: true,
  });
}

/** Undefined when another writer is at work on this router. */
export async function tryLease(context: Context, device: Pick<Device, 'id'>): Promise<HeldLease | undefined> {
  const { store, clock } = context;
  // A name of its own: two runs of one process are two writers.
  const holder = holderName(`${context.instance}/${randomUUID()}`);
  const there = await store.lease(device.id);
  const dead = there && isDead(there.holder) ? { dead: there.holder } : {};
  try {
    await store.commit([{ kind: 'lease-take', deviceId: device.id, holder, at: store.now(), until: store.now() + LIFE, ...dead }]);
  } catch (thrown) {
    if (!isConflict(thrown)) throw thrown;
    return undefined;
  }
  const fence = (await store.lease(device.id))?.fence ?? 0;
  const renewal = renewing(context, device.id, holder);
  return {
    check: async () => {
      // Wall or monotonic: a laptop that slept has an old wall age, a clock that was set back an old monotonic one.
      const { wall, monotonic } = renewal.last();
      if (Math.abs(store.now() - wall) < SAFE && clock.monotonic() - monotonic < SAFE) return;
      await renewal.now().catch(lost);
    },
    hold: { kind: 'lease-hold', deviceId: device.id, holder, fence },
    release: async () => {
      await renewal.stop();
      // One that cannot be given back runs out by itself; what was done under it stands all the same.
      await store.commit([{ kind: 'lease-release', deviceId: device.id, holder }]).catch(() => undefined);
    },
  };
}

function lost(thrown: unknown): never {
  throw new StoreError('The right to write to this router could not be renewed in time, so writing stopped.', {
    code: 'STORE_BUSY',
    cause: thrown,
  });
}

function renewing({ store, clock }: Context, deviceId: string, holder: string) {
  let last = { wall: store.now(), monotonic: clock.monotonic() };
  const stop = new AbortController();
  const now = async (): Promise<void> => {
    await store.commit([{ kind: 'lease-renew', deviceId, holder, until: store.now() + LIFE }]);
    last = { wall: store.now(), monotonic: clock.monotonic() };
  };
  const loop = (async () => {
    for (;;) {
      await clock.sleep(RENEW, stop.signal);
      try {
        await now();
      } catch (thrown) {
        // A store that is busy is asked again; a lease that somebody else has is lost, and `check` will say so.
        if (isConflict(thrown)) return;
      }
    }
  })().catch(() => undefined);
  return {
    last: () => last,
    now,
    stop: async () => {
      stop.abort();
      await loop;
    },
  };
}
