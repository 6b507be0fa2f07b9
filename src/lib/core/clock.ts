/** Time is a parameter: nothing in the library reads a clock of its own. */
export interface Clock {
  /** Wall time in milliseconds since 1970; for expiries and records. */
  now(): number;
  /** Milliseconds that never jump; for time-outs and ages. */
  monotonic(): number;
  /** Resolves after `ms` milliseconds; rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = Object.freeze({
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', abort, { once: true });
    }),
});

/** Milliseconds since 1970 as ISO 8601 in UTC. */
export const iso = (ms: number): string => new Date(ms).toISOString();
