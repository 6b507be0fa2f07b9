import type { Device } from '../device/device.ts';
import type { Context } from './context.ts';
import { sweepExpired } from './expire.ts';
import { poll } from './poll.ts';
import type { FleetEvent, WatchOptions } from './types.ts';

/** How often (ms) the store is asked whether another process committed. */
const STORE_EVERY = 250;
/** A slow listener gets the newest events: what is shown is read again anyway. */
const MOST_WAITING = 10_000;

/** Everything that happens, as it happens: here, in other processes through the store, and on the watched routers if polling is asked for. */
export async function* watch(
  context: Context,
  { signal, pollEvery }: WatchOptions,
  isWatched: (device: Device) => boolean = () => true,
): AsyncGenerator<FleetEvent> {
  const waiting: FleetEvent[] = [];
  let wake = (): void => undefined;
  const push = (event: FleetEvent): void => {
    if (waiting.length >= MOST_WAITING) waiting.shift();
    waiting.push(event);
    wake();
  };
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const deaf = context.events.listen(push);
  const onAbort = (): void => wake();
  both.addEventListener('abort', onAbort);
  const helpers = [watchStore(context, both, push), ...(pollEvery === undefined ? [] : [poll(context, both, pollEvery, push, isWatched)])];
  try {
    while (!both.aborted) {
      const next = waiting.shift();
      if (next) yield next;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (both.aborted || waiting.length > 0) resolve();
        });
    }
  } finally {
    stop.abort();
    deaf();
    await Promise.allSettled(helpers);
  }
}

async function watchStore(context: Context, signal: AbortSignal, push: (event: FleetEvent) => void): Promise<void> {
  let seen = await context.store.version().catch(() => -1);
  while (!signal.aborted) {
    await context.clock.sleep(STORE_EVERY, signal).catch(() => undefined);
    if (signal.aborted) return;
    // A store that is busy for a moment is asked again a moment later.
    const now = await context.store.version().catch(() => seen);
    if (now !== seen) push({ type: 'store-changed' });
    // Plans that nobody looks at end, too; a store that is busy is asked again a minute later.
    await sweepExpired(context).catch(() => undefined);
    seen = now;
  }
}
