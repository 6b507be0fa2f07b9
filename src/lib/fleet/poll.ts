import type { Device } from '../device/device.ts';
import type { Context } from './context.ts';
import { sample } from './sample.ts';
import type { FleetEvent } from './types.ts';

/** How often (ms) the store is asked whether the list of routers is another one. */
const LIST_EVERY = 1_000;

/**
 * Polls every watched router at its own pace until the signal aborts: one that does not answer delays nobody else, and is never asked twice at
 * once. Routers that are added, changed or removed meanwhile are minded within a second.
 * @param every milliseconds between the end of one look and the start of the next
 */
export async function poll(
  context: Context,
  signal: AbortSignal,
  every: number,
  push: (event: FleetEvent) => void,
  isWatched: (device: Device) => boolean,
): Promise<void> {
  const loops = new Map<string, Promise<void>>();
  let seen: number | undefined;
  let known: ReadonlyMap<string, Device> = new Map();
  const loop = async (id: string): Promise<void> => {
    // One signal for each router: on a shared one each listener is looked for among those of all routers.
    const own = AbortSignal.any([signal]);
    for (let device = known.get(id); device && !own.aborted; device = known.get(id)) {
      const taken = await sample(context, device, own).catch(() => undefined);
      if (taken) push({ type: 'sample', sample: taken });
      await context.clock.sleep(every, own).catch(() => undefined);
    }
    loops.delete(id);
  };
  while (!signal.aborted) {
    // A store that is busy for a moment is asked again a moment later.
    const now = await context.store.version().catch(() => seen);
    const devices = now === undefined || now === seen ? undefined : await context.store.devices().catch(() => undefined);
    if (devices) {
      known = new Map(devices.filter(isWatched).map((device) => [device.id, device]));
      for (const id of known.keys()) if (!loops.has(id)) loops.set(id, loop(id));
      seen = now;
    }
    await context.clock.sleep(Math.min(every, LIST_EVERY), signal).catch(() => undefined);
  }
  await Promise.allSettled(loops.values());
}
