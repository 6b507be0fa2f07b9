import { type Clock, systemClock } from '../../src/lib/index.ts';

/** A clock whose time can be moved, and whose waits are a hundredth of what they should be. */
export interface TestClock extends Clock {
  /** Moves the wall clock by so many milliseconds. */
  advance(ms: number): void;
}

/** @param speed how much faster ages grow than on the wall; patience then ends sooner */
export function testClock(speed = 1): TestClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    monotonic: () => performance.now() * speed,
    sleep: (ms, signal) => systemClock.sleep(ms / 100, signal),
    advance: (ms) => {
      offset += ms;
    },
  };
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
