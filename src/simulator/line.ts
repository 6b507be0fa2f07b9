import type { Clock } from '../lib/core/clock.ts';

/** One at a time per key (account and source address), in order of arrival: how RouterOS serves REST. */
export interface Line {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function servingLine(): Line {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run: (key, work) => {
      const before = tails.get(key) ?? Promise.resolve();
      const turn = before.then(work, work);
      const tail = turn.catch(() => undefined);
      tails.set(key, tail);
      void tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      return turn;
    },
  };
}

/** Waits on the given clock; no wait at all for nothing. */
export const wait = (clock: Clock, ms: number): Promise<void> => (ms > 0 ? clock.sleep(ms) : Promise.resolve());
