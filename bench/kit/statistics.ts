/** What a handful of measurements come to. */
export interface Spread {
  readonly median: number;
  /** Half of the measurements are no further than this from the median. */
  readonly deviation: number;
  readonly least: number;
  readonly most: number;
}

/** @throws RangeError nothing was measured, or something that is no number */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('there is no median of nothing');
  if (!values.every(Number.isFinite)) throw new RangeError(`not all of these are numbers: ${values.join(', ')}`);
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return (lower + upper) / 2;
}

/** The median with the median absolute deviation: one pair that another program disturbed moves neither. */
export function spreadOf(values: readonly number[]): Spread {
  const middle = median(values);
  return {
    median: middle,
    deviation: median(values.map((value) => Math.abs(value - middle))),
    least: Math.min(...values),
    most: Math.max(...values),
  };
}

/** Ours and what it is compared with, measured one right after the other. */
export interface Pair {
  readonly ours: number;
  readonly bare: number;
}

/** The ratio within each pair: a machine that is slow for a while is slow for both halves. */
export function ratios(pairs: readonly Pair[]): readonly number[] {
  return pairs.map(({ ours, bare }) => {
    if (!(bare > 0)) throw new RangeError(`nothing can be a multiple of ${bare}`);
    return ours / bare;
  });
}
