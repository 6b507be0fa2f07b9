import { oneLine } from '../lib/index.ts';
import type { Io } from './io.ts';

export interface Column<Row> {
  readonly head: string;
  readonly value: (row: Row) => string;
  /** Colours the cell after it was measured. */
  readonly paint?: (text: string, row: Row) => string;
  readonly right?: true;
}

const GAP = 2;
const NARROW = 6;
/** Longest cell where no terminal limits it: still a table, and nothing hides behind the cut but length. */
const LONGEST = 120;

/** Rows as an aligned table, or as tab-separated lines with --plain. Every cell is cleaned: routers write some of them. */
export function table<Row>(io: Io, columns: readonly Column<Row>[], rows: readonly Row[]): string {
  if (io.plain) return rows.map((row) => columns.map(({ value }) => oneLine(value(row), 65_535)).join('\t')).join('\n');
  const cells = rows.map((row) => columns.map(({ value }) => oneLine(value(row), LONGEST)));
  const natural = columns.map(({ head }, at) => Math.max(widthOf(head), ...cells.map((line) => widthOf(line[at] ?? ''))));
  const widths = io.columns === undefined ? natural : narrowed(natural, io.columns);
  const head = columns.map((column, at) => pad(column.head.toUpperCase(), widths[at] ?? 0, column.right));
  const body = rows.map((row, index) =>
    columns.map((column, at) => {
      const text = pad(cut(cells[index]?.[at] ?? '', widths[at] ?? 0), widths[at] ?? 0, column.right);
      return column.paint ? column.paint(text, row) : text;
    }),
  );
  const join = (line: readonly string[]): string => line.join(' '.repeat(GAP)).trimEnd();
  return [io.paint('dim', join(head)), ...body.map(join)].join('\n');
}

/** Names and values below each other. */
export function sheet(io: Io, rows: readonly (readonly [name: string, value: string])[]): string {
  const clean = rows.map(([name, value]): readonly [string, string] => [name, oneLine(value, 65_535)]);
  if (io.plain) return clean.map((row) => row.join('\t')).join('\n');
  const width = Math.max(0, ...clean.map(([name]) => widthOf(name)));
  return clean.map(([name, value]) => `${io.paint('dim', pad(name, width))}  ${value}`.trimEnd()).join('\n');
}

/** Takes from the widest column until the row fits the terminal. */
function narrowed(natural: readonly number[], columns: number): readonly number[] {
  const widths = [...natural];
  let over = widths.reduce((sum, width) => sum + width + GAP, -GAP) - columns;
  while (over > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    const width = widths[widest] ?? 0;
    if (width <= NARROW) break;
    widths[widest] = width - 1;
    over -= 1;
  }
  return widths;
}

function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function pad(text: string, width: number, right?: true): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : text + space;
}

/** East Asian wide and full-width characters and emoji take two cells; combining marks none. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;
const MARK = /\p{Mark}/u;

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}
