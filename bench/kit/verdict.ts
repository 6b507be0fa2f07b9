import type { Finding, Row, Target } from './row.ts';
import { median, ratios, type Spread, spreadOf } from './statistics.ts';

/** One line of the table. */
export interface Line {
  readonly id: string;
  readonly what: string;
  readonly against: string;
  readonly unit: Finding['unit'];
  /** Medians of the two sides; a figure that stands for itself has no other side. */
  readonly ours: number;
  readonly bare?: number;
  /** The ratio, or the figure itself. */
  readonly result: Spread;
  /** What the result was made of, in the order in which it was measured. */
  readonly values: readonly number[];
  readonly target: Target;
  readonly verdict: 'pass' | 'miss';
  readonly notes: readonly string[];
}

const reaches = (value: number, target: Target): boolean => ('atMost' in target ? value <= target.atMost : value >= target.atLeast);

export function lineOf({ id, what, against, target }: Row, finding: Finding): Line {
  const values = finding.kind === 'compared' ? ratios(finding.pairs) : finding.values;
  const result = spreadOf(values);
  return {
    id,
    what: finding.of === undefined ? what : `${what}: ${finding.of}`,
    against,
    unit: finding.unit,
    ours: finding.kind === 'compared' ? median(finding.pairs.map(({ ours }) => ours)) : result.median,
    ...(finding.kind === 'compared' && { bare: median(finding.pairs.map(({ bare }) => bare)) }),
    result,
    values,
    target,
    verdict: reaches(result.median, target) ? 'pass' : 'miss',
    notes: finding.notes ?? [],
  };
}
