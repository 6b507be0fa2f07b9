import type { FleetError } from '../../core/errors.ts';
import { RouterError, UnreachableError } from '../../core/errors.ts';
import type { Look } from './look.ts';
import type { Touched } from './touched.ts';

/** One thing that was compared, before and after. Inconclusive means stop, not pass. */
export interface Verdict {
  readonly check: string;
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  readonly before?: string;
  readonly after?: string;
  /** One sentence of ours. */
  readonly why?: string;
}

/** What was seen, as plain data; or why it was not, where every router has it. */
export type Taken = { readonly value: unknown } | { readonly missing: string };

export interface Finding {
  readonly verdict: Verdict['verdict'];
  readonly why?: string;
}

export const PASS: Finding = { verdict: 'pass' };
export const pass = (why: string): Finding => ({ verdict: 'pass', why });
export const fail = (why: string): Finding => ({ verdict: 'fail', why });
export const inconclusive = (why: string): Finding => ({ verdict: 'inconclusive', why });

/** One measurement, as a file of this folder declares it. */
export interface MeasurementParts<Value> {
  /** What people call it; also its name in a snapshot. */
  readonly check: string;
  /** For what every router has: said where it was not measured, which is inconclusive then. */
  readonly always?: string;
  /** Undefined where the router does not say. What it refuses to say is the same. */
  take(look: Look): Promise<Value | undefined>;
  /** Is this, out of a snapshot, such a value? */
  holds(value: unknown): value is Value;
  /** Before a change: is there anything that could get worse? What was not there before is not asked for after. Yes by default. */
  worth?(value: Value): boolean;
  say(value: Value): string;
  judge(before: Value, after: Value, touched: Touched): Finding;
}

/** The same for whoever goes through all of them. */
export interface Measurement {
  readonly check: string;
  /** Undefined: this router has no such thing, or will not say. */
  take(look: Look): Promise<Taken | undefined>;
  worth(taken: Taken): boolean;
  judge(before: Taken, after: Taken | undefined, touched: Touched): Verdict;
}

/** Declares a measurement: what is missing, refused or unreadable is handled here, once. */
export function defineMeasurement<Value>(parts: MeasurementParts<Value>): Measurement {
  const { check, always, holds, say } = parts;
  const read = (taken: Taken | undefined): Value | undefined => (taken && 'value' in taken && holds(taken.value) ? taken.value : undefined);
  return Object.freeze<Measurement>({
    check,
    take: async (look) => {
      const value = await unlessRefused(parts.take(look));
      if (value !== undefined) return { value };
      return always === undefined ? undefined : { missing: always };
    },
    worth: (taken) => {
      const value = read(taken);
      return value === undefined || (parts.worth?.(value) ?? true);
    },
    judge: (before, after, touched) => {
      const was = read(before);
      const is = read(after);
      const seen = { ...(was !== undefined && { before: say(was) }), ...(is !== undefined && { after: say(is) }) };
      if (was === undefined || is === undefined) return { check, ...seen, ...inconclusive(whyMissing(was === undefined ? before : after)) };
      return { check, ...seen, ...parts.judge(was, is, touched) };
    },
  });
}

const whyMissing = (taken: Taken | undefined): string =>
  taken && 'missing' in taken ? taken.missing : 'it was measured before the change and cannot be measured now';

/** A refusal is an answer: the router has no such menu, or this account may not see it. A line that broke, or a fault that passes, is not. */
export async function unlessRefused<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked;
  } catch (thrown) {
    if (isRefusal(thrown)) return undefined;
    throw thrown;
  }
}

/** Also a command that the router itself ended at its limit of a minute: it is not asked for that again at once. */
export const isRefusal = (thrown: unknown): thrown is FleetError =>
  (thrown instanceof RouterError && !thrown.retryable) ||
  (thrown instanceof UnreachableError && thrown.code === 'TIMED_OUT' && thrown.details['status'] === 400);
