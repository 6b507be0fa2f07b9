import { cleanText } from '../../core/clean.ts';
import { cleanRow } from '../body.ts';
import type { Row } from '../types.ts';

/** A row from names and texts: cleaned, and with the names in `lossy` marked as not to be written back. */
export function textRow(values: Iterable<readonly [string, string]>, lossy: readonly string[], exact = true): Row {
  const row = cleanRow(Object.fromEntries(values), exact);
  const all = new Set([...(row['.lossy'] ?? '').split(','), ...lossy.map(cleanText)].filter((name) => name !== ''));
  return all.size === 0 ? row : Object.freeze({ ...row, '.lossy': [...all].join(',') });
}

/** The same for a printed row, in which the first of two fields of one name counts: the second one is text that looks like one. */
export const tableRow = (values: readonly (readonly [string, string])[], lossy: readonly string[]): Row =>
  textRow(values.toReversed(), lossy);
