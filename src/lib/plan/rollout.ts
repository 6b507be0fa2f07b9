import { InputError } from '../core/errors.ts';
import { EXECUTE_WITHIN } from './policy.ts';
import { isOver } from './state.ts';
import type { Rollout, TargetState } from './types.ts';

/** One router first, then five, then twenty-five, then the rest: what goes wrong everywhere goes wrong on one. */
export const DEFAULT_WAVES: readonly number[] = [1, 5, 25];
/** The guards of a batch stay armed until the whole batch has passed; more routers would not be done in two thirds of their time. */
export const BATCH = 25;
export const DEFAULT_PARALLEL = 5;

export interface RolloutOptions {
  /** Sizes of the waves; what is left after the last of them is a wave of its own. `[1, 5, 25]` by default; `serial` is `[1, 1, 1, ...]`. */
  readonly waves?: readonly number[] | 'serial';
  readonly parallel?: number;
  readonly pauseSeconds?: number;
  readonly budget?: number;
  readonly onStop?: Rollout['onStop'];
}

/** What a rollout must know of a router. */
export interface Member {
  readonly id: string;
  /** Two of one redundancy group are never changed at once. */
  readonly group?: string;
  /** Our own way to the others leads over it: it is changed last. */
  readonly ownPath?: boolean;
}

/**
 * Splits routers into waves. Those that our own way leads over come last, each in a wave of its own: nobody is being changed behind them,
 * and of two of them one is still there.
 * @throws InputError for sizes, counts or times that make no sense, and for pauses that outlast the time a plan may take
 * @example
 * rolloutOf(members, { waves: [1, 5], budget: 0 })
 */
export function rolloutOf(members: readonly Member[], options: RolloutOptions = {}): Rollout {
  const { parallel = DEFAULT_PARALLEL, pauseSeconds = 0, budget = 0, onStop = 'roll-back-wave' } = options;
  whole('The number of routers at a time', parallel, 1, BATCH);
  whole('The pause between waves (seconds)', pauseSeconds, 0, 3_600);
  whole('The budget of failed routers', budget, 0, members.length);
  const others = members.filter(({ ownPath }) => !ownPath);
  const sizes = options.waves === 'serial' ? others.map(() => 1) : (options.waves ?? DEFAULT_WAVES);
  for (const size of sizes) whole('The size of a wave', size, 1, 10_000);
  const ownPath = members.filter((member) => member.ownPath).map((member) => [member]);
  const waves = [...cut(others, sizes), ...ownPath].map((wave) => wave.map(({ id }) => id));
  requireTime(waves.length, pauseSeconds);
  return { waves, parallel, pauseSeconds, budget, onStop };
}

function cut(members: readonly Member[], sizes: readonly number[]): readonly (readonly Member[])[] {
  const waves: (readonly Member[])[] = [];
  let at = 0;
  for (const size of sizes) {
    if (at >= members.length) break;
    waves.push(members.slice(at, at + size));
    at += size;
  }
  return at < members.length ? [...waves, members.slice(at)] : waves;
}

function whole(what: string, value: number, min: number, max: number): void {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return;
  throw new InputError(`${what} must be a whole number from ${min} to ${max}.`, { details: { min, max } });
}

/** A rollout that cannot come to its end by its own words is found out now, and not after its first waves. */
function requireTime(waves: number, pauseSeconds: number): void {
  if ((waves - 1) * pauseSeconds * 1_000 < EXECUTE_WITHIN) return;
  throw new InputError(`${waves - 1} pauses of ${pauseSeconds} seconds last longer than a plan may take.`, {
    hint: `Pauses may come to less than ${EXECUTE_WITHIN / 60_000} minutes in all: make them shorter, or make fewer waves.`,
    details: { waves, pauseSeconds },
  });
}

/** The next routers of a wave that are held together until all of them have passed: in their order, never two of one redundancy group. */
export function nextBatch(members: readonly Member[]): readonly Member[] {
  const batch: Member[] = [];
  const groups = new Set<string>();
  for (const member of members) {
    if (batch.length === BATCH) break;
    const { group } = member;
    if (group !== undefined) {
      if (groups.has(group)) continue;
      groups.add(group);
    }
    batch.push(member);
  }
  return batch;
}

/** A wave in parts, one after the other, when nothing comes between. */
export function batchesOf(wave: readonly Member[]): readonly (readonly Member[])[] {
  const batches: (readonly Member[])[] = [];
  for (let left = wave; left.length > 0; ) {
    const batch = nextBatch(left);
    const taken = new Set(batch);
    batches.push(batch);
    left = left.filter((member) => !taken.has(member));
  }
  return batches;
}

/** Counts against the budget: whatever is over and is neither done nor called off. Unknown counts as failed. */
export const isBad = (state: TargetState): boolean => isOver(state) && state !== 'completed' && state !== 'cancelled';

/** Has the rollout gone wrong too often? Asked before each start and on each result. */
export const mustStop = ({ budget }: Pick<Rollout, 'budget'>, states: Iterable<TargetState>): boolean =>
  [...states].filter(isBad).length > budget;

/** Nothing was sent to it. */
const isUntouched = (state: TargetState | undefined): boolean => state === 'approved' || state === 'paused' || state === 'cancelled';

/**
 * The wave in which a rollout stopped, which `roll-back-wave` takes back; empty when it stopped between two of them. Told from the states
 * alone, so that a process that takes over comes to the same.
 */
export function brokenWave(rollout: Pick<Rollout, 'waves' | 'budget'>, states: ReadonlyMap<string, TargetState>): readonly string[] {
  const last = rollout.waves.findLast((wave) => wave.some((id) => !isUntouched(states.get(id))));
  if (last === undefined) return [];
  const passed = last.every((id) => !isUntouched(states.get(id))) && !mustStop(rollout, states.values());
  return passed ? [] : last;
}
