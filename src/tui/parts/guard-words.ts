import type { GuardStand } from '../state/guards.ts';
import { type Span, span } from './line.ts';

/** `4:12`: what is left of a time, to the second; never below nothing. */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Where a guard stands, in a word and a tone; undefined where there is nothing to say yet. */
export function guardSpan(stand: GuardStand, now: number): Span | undefined {
  switch (stand.kind) {
    case 'waits':
      return undefined;
    case 'none':
      return span('no guard', 'warn');
    case 'arming':
      return span('guard arming', 'info');
    case 'armed':
      return stand.until <= now
        ? span('guard due: the router goes back', 'bad')
        : span(`guard armed ${countdown(stand.until - now)}`, 'warn');
    case 'confirmed':
      return span('guard confirmed', 'good');
    case 'fired':
      return span('guard fired', 'warn');
    case 'removed':
      return span('guard taken off', 'dim');
  }
}
