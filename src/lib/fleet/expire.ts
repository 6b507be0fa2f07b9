import type { Context } from './context.ts';
import { closeExpired } from './plans.ts';

/** How often (ms) it is worth looking, by the clock of expiry. */
const EVERY = 60_000;
/** As many as are closed in one go; the rest a minute later. */
const MOST = 200;

const looked = new WeakMap<object, number>();

/**
 * Closes plans whose time is over and that nobody looked at since, as this program itself. Only these are read.
 * It looks once a minute at most, and sooner only when the clock went back.
 */
export async function sweepExpired(context: Context): Promise<void> {
  const now = context.store.now();
  const last = looked.get(context.store);
  if (last !== undefined && Math.abs(now - last) < EVERY) return;
  looked.set(context.store, now);
  for (const state of ['review', 'approved'] as const) {
    for (const stored of await context.store.plans({ state, expiredBy: now, limit: MOST })) await closeExpired(context, stored);
  }
}
