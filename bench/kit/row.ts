import type { Pair } from './statistics.ts';

/** What a row must come to. */
export type Target = { readonly atMost: number } | { readonly atLeast: number };

export type Unit = 'µs' | 'ms' | 'bytes' | 'count';

/** How much is measured: enough to say something, or just enough to see that it works. */
export interface Effort {
  readonly quick: boolean;
  readonly pairs: number;
}

interface AnyFinding {
  /** Which of several, where a row has more than one line. */
  readonly of?: string;
  readonly unit: Unit;
  /** What a reader must know to read the figures: what limited them, what was checked. */
  readonly notes?: readonly string[];
}

/** Compared pair by pair with something that was measured in the same run; the target is a ratio. */
export interface Compared extends AnyFinding {
  readonly kind: 'compared';
  readonly pairs: readonly Pair[];
}

/** A figure that has a target of its own. */
export interface Counted extends AnyFinding {
  readonly kind: 'counted';
  readonly values: readonly number[];
}

export type Finding = Compared | Counted;

/** One row of the table: a file in `bench/rows`, found by being there. */
export interface Row {
  /** As `PERFORMANCE` numbers them: `P8`. */
  readonly id: string;
  readonly what: string;
  /** What it is compared with. */
  readonly against: string;
  readonly target: Target;
  /**
   * Measures. It answers only what was checked: every answer whole and right, nothing refused.
   * @throws Error something was not as it should be, so that no figure means anything
   */
  measure(effort: Effort): Promise<readonly Finding[]>;
}

export const defineRow = (row: Row): Row => Object.freeze(row);
