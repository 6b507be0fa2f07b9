const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
/**
 * Characters that take one cell in every terminal we draw in: ASCII, and the signs, rules and blocks of our own theme.
 * Most lines hold nothing else, and then nothing needs to be taken apart.
 */
const CERTAIN = /^[ -~\u00ab\u00b7\u00bb\u2022\u2026\u203a\u2190-\u2193\u2500-\u259f\u25b2\u25b8\u25cb\u25cf\u2713\u2717]*$/;
const EMOJI = /\p{Emoji_Presentation}|\p{Regional_Indicator}/u;
/** First and last code points that East Asian terminals draw two cells wide (Unicode East Asian Width W and F, blocks merged). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

export const isCertain = (text: string): boolean => CERTAIN.test(text);

/** One user-perceived character after another. */
export function graphemes(text: string): readonly string[] {
  if (CERTAIN.test(text)) return [...text];
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Cells a terminal gives to one grapheme: 1 or 2. */
export function cellsWide(grapheme: string): number {
  const point = grapheme.codePointAt(0) ?? 0;
  if (point < 0x1100) return 1;
  return EMOJI.test(grapheme) || WIDE.some(([from, to]) => point >= from && point <= to) ? 2 : 1;
}

/** Cells a terminal gives to a text without control characters. */
export function widthOf(text: string): number {
  if (CERTAIN.test(text)) return text.length;
  return graphemes(text).reduce((sum, grapheme) => sum + cellsWide(grapheme), 0);
}

/** The text in at most `width` cells; what was cut off ends with `ellipsis` (one cell). */
export function clip(text: string, width: number, ellipsis: string): string {
  if (width <= 0) return '';
  if (widthOf(text) <= width) return text;
  return headOf(text, width - 1) + ellipsis;
}

/** As many graphemes from the start as fit. */
function headOf(text: string, width: number): string {
  let kept = '';
  let used = 0;
  for (const grapheme of graphemes(text)) {
    used += cellsWide(grapheme);
    if (used > width) break;
    kept += grapheme;
  }
  return kept;
}

/** The text in exactly `width` cells. */
export function toWidth(text: string, width: number, ellipsis: string, align: 'left' | 'right' = 'left'): string {
  const clipped = clip(text, width, ellipsis);
  const blank = ' '.repeat(Math.max(0, width - widthOf(clipped)));
  return align === 'right' ? blank + clipped : clipped + blank;
}

/** The text in lines of at most `width` cells, broken after blanks and commas where there are any. */
export function wrap(text: string, width: number): readonly string[] {
  if (widthOf(text) <= width || width < 4) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=[ ,])/)) {
    if (line !== '' && widthOf(line) + widthOf(word.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
    while (widthOf(line.trimEnd()) > width) {
      const head = headOf(line, width);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  if (line.trimEnd() !== '') lines.push(line.trimEnd());
  return lines;
}
