import type { Clock } from '../../../src/lib/index.ts';

/** Where the wall clocks of controller and router begin: some afternoon. */
const START = Date.UTC(2026, 5, 15, 12);
/** Turns of the event loop in which nothing was under way: then whoever sleeps is all there is. */
const QUIET = 25;

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** One time for controllers and routers, which passes when nobody has anything to do: minutes of waiting cost nothing. */
export interface SharedTime extends Clock {
  /** Time does not pass while this is under way: something real, which takes as long as it takes. */
  busy<Result>(work: Promise<Result>): Promise<Result>;
  /** So many milliseconds go by. */
  pass(ms: number): Promise<void>;
  close(): void;
}

export function sharedTime(): SharedTime {
  const sleepers = new Set<Sleeper>();
  let elapsed = 0;
  let under = 0;
  let quiet = 0;
  let closed = false;

  const first = (): Sleeper | undefined => [...sleepers].sort((a, b) => a.at - b.at)[0];
  const turn = (): void => {
    if (closed) return;
    quiet = under === 0 ? quiet + 1 : 0;
    const next = quiet >= QUIET ? first() : undefined;
    if (next) {
      quiet = 0;
      elapsed = Math.max(elapsed, next.at);
      sleepers.delete(next);
      next.wake();
    }
    // Real waiting in between, now and then: sockets are served.
    if (sleepers.size > 0 && under === 0) setImmediate(turn);
    else setTimeout(turn, 1);
  };
  setImmediate(turn);

  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const sleeper: Sleeper = {
        at: elapsed + Math.max(0, ms),
        wake: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      const abort = (): void => {
        sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', abort, { once: true });
      sleepers.add(sleeper);
    });

  return {
    now: () => START + Math.floor(elapsed),
    monotonic: () => elapsed,
    sleep,
    pass: (ms) => sleep(ms),
    busy: async (work) => {
      under += 1;
      try {
        return await work;
      } finally {
        under -= 1;
        quiet = 0;
        // Nothing is free: no two requests at one moment.
        elapsed += 5;
      }
    },
    close: () => {
      closed = true;
    },
  };
}
