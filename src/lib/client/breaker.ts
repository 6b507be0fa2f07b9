import { type Clock, iso } from '../core/clock.ts';
import { FleetError, UnreachableError } from '../core/errors.ts';
import { type Backoff, backoff } from './backoff.ts';
import type { Channel } from './connect.ts';

type UnreachableCode = UnreachableError['code'];

/** What is known of a router that may be down. */
export type BreakerState =
  | { readonly kind: 'closed'; readonly failures: number }
  /** Nobody asks before `until` (ms of the monotonic clock), unless it is a person. */
  | { readonly kind: 'open'; readonly failures: number; readonly until: number; readonly code: UnreachableCode }
  /** One request is out to see whether it is back. */
  | { readonly kind: 'half-open'; readonly failures: number; readonly code: UnreachableCode };

export interface BreakerPolicy extends Backoff {
  /** Failures in a row after which polls stop. */
  readonly after: number;
}

export const BREAKER_POLICY: BreakerPolicy = Object.freeze({ after: 3, first: 5_000, most: 300_000 });

export const CLOSED: BreakerState = Object.freeze({ kind: 'closed', failures: 0 });

/**
 * May this request go? | state | a poll | a person |
 * closed: yes, yes · open: when the time has come, yes · half-open: no, yes.
 */
export function admits(state: BreakerState, priority: 'person' | 'poll', now: number): boolean {
  if (priority === 'person' || state.kind === 'closed') return true;
  return state.kind === 'open' && now >= state.until;
}

/** The state once an admitted request is out. */
export const asked = (state: BreakerState): BreakerState =>
  state.kind === 'open' ? { kind: 'half-open', failures: state.failures, code: state.code } : state;

/** The state after a request that was answered, whatever the answer said. */
export const answered = (): BreakerState => CLOSED;

/** The state after a request that was given up or sent away before it was sent: it says nothing of the router. */
export const unasked = (state: BreakerState, now: number): BreakerState =>
  state.kind === 'half-open' ? { kind: 'open', failures: state.failures, code: state.code, until: now } : state;

/**
 * The state after one more request that got no answer.
 * @param random from 0 to 1
 */
export function unanswered(state: BreakerState, code: UnreachableCode, policy: BreakerPolicy, now: number, random: number): BreakerState {
  const failures = state.failures + 1;
  if (failures < policy.after) return { kind: 'closed', failures };
  return { kind: 'open', failures, code, until: now + backoff(policy, failures - policy.after + 1, random) };
}

/** What a failure says about the router: it is not to be had, it answered, or it was never asked. */
export function verdictOf(thrown: unknown): 'unanswered' | 'answered' | 'unasked' {
  // Somebody stopped waiting: a signal may be aborted with anything.
  if (!(thrown instanceof FleetError)) return 'unasked';
  if (!(thrown instanceof UnreachableError)) return 'answered';
  if (thrown.code === 'BUSY') return 'unasked';
  // It was there and said so: it only stopped a command that took too long.
  return thrown.details['status'] === 400 ? 'answered' : 'unanswered';
}

/** Keeps polls off a router that does not answer; a person may always try, and one success lets everyone back. */
export interface Breaker {
  readonly state: BreakerState;
  /**
   * @throws UnreachableError with the code of the last failure, without asking: `details.nextTryAt` says when it will be tried again (ISO 8601, UTC)
   */
  run<Result>(priority: 'person' | 'poll', work: () => Promise<Result>): Promise<Result>;
}

export function openBreaker(clock: Clock, policy: BreakerPolicy = BREAKER_POLICY, random: () => number = Math.random): Breaker {
  let state = CLOSED;
  return {
    get state() {
      return state;
    },
    run: async (priority, work) => {
      if (!admits(state, priority, clock.monotonic())) throw resting(state, clock);
      state = asked(state);
      try {
        const result = await work();
        state = answered();
        return result;
      } catch (thrown) {
        state = afterFailure(state, thrown, policy, clock.monotonic(), random());
        throw thrown;
      }
    },
  };
}

function afterFailure(state: BreakerState, thrown: unknown, policy: BreakerPolicy, now: number, random: number): BreakerState {
  const verdict = verdictOf(thrown);
  if (verdict === 'answered') return answered();
  if (verdict === 'unasked' || !(thrown instanceof UnreachableError)) return unasked(state, now);
  return unanswered(state, thrown.code, policy, now, random);
}

function resting(state: BreakerState, clock: Clock): UnreachableError {
  const wait = state.kind === 'open' ? Math.max(0, state.until - clock.monotonic()) : 0;
  return new UnreachableError('The router has not answered for a while, so it is left alone.', {
    // Why it is left alone: whoever sees only the code must see the reason.
    code: state.kind === 'closed' ? 'UNREACHABLE' : state.code,
    hint: 'It is tried again by itself; a person who asks for it is served at once.',
    details: { nextTryAt: iso(clock.now() + wait), failures: state.failures },
  });
}

/** A channel behind a breaker: what is not admitted does not even wait in the queue. */
export const guardedChannel = (channel: Channel, breaker: Breaker): Channel => ({
  ...channel,
  once: (call, options = {}) => breaker.run(options.priority ?? 'person', () => channel.once(call, options)),
});
