import type { Clock } from '../../src/lib/index.ts';

/** Where wall clocks begin: some afternoon. */
export const START = Date.UTC(2026, 5, 15, 12);
/** Turns of the event loop without a sleeper and without an end: then nobody will ever wake up. */
const PATIENCE = 2_000;

interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Time that passes when nobody has anything left to do. */
export interface VirtualClock extends Clock {
  /** Milliseconds since the beginning that no jump touches: what all clocks of the world are made from. */
  elapsed(): number;
  /** Somebody sets the wall clock of the host: all controllers on it share one. */
  jumpWall(ms: number): void;
  /** Wakes one sleeper after another until `work` has ended. @throws Error when nobody sleeps and nothing moves any more */
  run<Result>(work: Promise<Result>): Promise<Result>;
  /** How many are asleep. */
  readonly sleeping: number;
}

const macrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** First by time, then by who went to sleep first. */
function sleepers() {
  const heap: Sleeper[] = [];
  const before = (a: Sleeper, b: Sleeper): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
  const get = (at: number): Sleeper => heap[at] as Sleeper;
  const swap = (a: number, b: number): void => {
    const kept = get(a);
    heap[a] = get(b);
    heap[b] = kept;
  };
  const push = (sleeper: Sleeper): void => {
    heap.push(sleeper);
    for (let at = heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!before(get(at), get(parent))) return;
      swap(at, parent);
      at = parent;
    }
  };
  const pop = (): Sleeper | undefined => {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < heap.length && before(get(left), get(least))) least = left;
      if (right < heap.length && before(get(right), get(least))) least = right;
      if (least === at) return first;
      swap(at, least);
      at = least;
    }
  };
  return { push, pop, size: () => heap.length };
}

export function virtualClock(): VirtualClock {
  const queue = sleepers();
  const given = new Set<number>();
  let elapsed = 0;
  let order = 0;

  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      order += 1;
      const mine = order;
      const abort = (): void => {
        given.add(mine);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', abort, { once: true });
      queue.push({
        at: elapsed + Math.max(0, ms),
        order: mine,
        wake: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      });
    });

  /** The next one that still wants to be woken. */
  const next = (): Sleeper | undefined => {
    for (;;) {
      const sleeper = queue.pop();
      if (!sleeper || !given.delete(sleeper.order)) return sleeper;
    }
  };

  const run = async <Result>(work: Promise<Result>): Promise<Result> => {
    let over = false;
    const ended = (): void => {
      over = true;
    };
    work.then(ended, ended);
    for (let idle = 0; ; ) {
      // All microtasks are done when this returns: whoever could go on has gone on.
      await macrotask();
      if (over) return work;
      const sleeper = next();
      idle = sleeper ? 0 : idle + 1;
      if (idle > PATIENCE) throw new Error(`nothing moves any more, ${elapsed} ms after the start`);
      if (!sleeper) continue;
      elapsed = Math.max(elapsed, sleeper.at);
      sleeper.wake();
    }
  };

  let wall = START;
  return {
    // Wall clocks show whole milliseconds.
    now: () => wall + Math.floor(elapsed),
    monotonic: () => elapsed,
    elapsed: () => elapsed,
    sleep,
    run,
    jumpWall: (ms) => {
      wall += ms;
    },
    get sleeping() {
      return queue.size() - given.size;
    },
  };
}
