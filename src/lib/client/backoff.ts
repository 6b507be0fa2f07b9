/** How long to wait before the next try. */
export interface Backoff {
  /** Milliseconds after the first failure. */
  readonly first: number;
  /** Milliseconds at most. */
  readonly most: number;
}

/**
 * Milliseconds before try number `failures + 1`: doubled with each failure, up to `most`, and then anything from half to all of it,
 * so that a fleet that lost its uplink does not come back in step.
 * @param failures in a row, from 1
 * @param random from 0 to 1
 * @example backoff({ first: 1_000, most: 60_000 }, 3, 1) // 4000
 */
export function backoff({ first, most }: Backoff, failures: number, random: number): number {
  // Beyond 40 doublings everything is `most`; a larger power would be no number any more.
  const whole = Math.min(most, first * 2 ** Math.min(40, Math.max(0, failures - 1)));
  return Math.round(whole * (0.5 + 0.5 * Math.min(1, Math.max(0, random))));
}
