import type { Clock } from '../../lib/core/clock.ts';
import { errorAnswer } from '../errors.ts';
import { noise } from '../noise.ts';
import type { Outcome } from '../outcome.ts';

/** What a client that hangs up too early leaves behind, for the next ones to stumble over. */
export interface Trouble {
  readonly now: boolean;
  begin(): void;
  /** The answer nobody waited for. */
  leave(outcome: Outcome): void;
  /** What the next one gets: half of them nothing, the others what was meant for somebody else. */
  instead(number: number, now: number): Outcome;
}

export function troubleAfterAborts(clock: Clock, seed: () => number): Trouble {
  let until = Number.NEGATIVE_INFINITY;
  let aborts = 0;
  let stray: Outcome | undefined;
  return {
    get now() {
      return clock.monotonic() < until;
    },
    begin: () => {
      aborts += 1;
      stray = undefined;
      until = clock.monotonic() + 1_300 + noise(seed(), 'trouble', aborts) * 1_100;
    },
    leave: (outcome) => {
      if (outcome.fate === 'answer') stray = outcome;
    },
    instead: (number, now) => {
      if (noise(seed(), 'abort', number) < 0.5) return { fate: 'reset' };
      return stray ?? { fate: 'answer', now, ...errorAnswer(401) };
    },
  };
}
