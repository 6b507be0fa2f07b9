import type { Decoded } from '../../capability/codec.ts';
import { labelOf } from './rows.ts';

/** What one of the looks at our way comes to; nothing is found where nothing is in the way. */
export interface Finding {
  readonly verdict: 'no' | 'unknown';
  /** One sentence of ours. */
  readonly why: string;
  /** The row that decides, as a person calls it: router text, data. */
  readonly rule?: string;
}

const found = (verdict: Finding['verdict'], why: string, row: Decoded | undefined): Finding => ({
  verdict,
  why,
  ...(row && { rule: labelOf(row) }),
});

export const shut = (why: string, row?: Decoded): Finding => found('no', why, row);
export const unclear = (why: string, row?: Decoded): Finding => found('unknown', why, row);
