import { BLANK, type Cell } from './cells.ts';
import { isCertain } from './width.ts';

/** Begins and ends a synchronized update (DEC 2026): a terminal that knows it shows the frame at once, others ignore it. */
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';
const ERASE_TO_END = '\u001b[K';
/** Cells between two changes that are cheaper to write again than to jump over. */
const JUMP = 4;
export type Row = readonly Cell[];

/**
 * The bytes that turn one picture into another: for each changed line, only the cells that differ.
 * A line with a character whose width terminals disagree about is written whole, so that a wrong guess never leaves it.
 */
export function paintRows(before: readonly (Row | undefined)[], after: readonly Row[], columns: number): string {
  const pen = createPen();
  after.forEach((row, index) => {
    const old = before[index];
    if (old === row) return;
    if (old === undefined || !certain(old) || !certain(row)) writeWhole(pen, row, index, columns);
    else writeChanges(pen, old, row, index, columns);
  });
  const bytes = pen.done();
  return bytes === '' ? '' : BEGIN + bytes + END;
}

interface Pen {
  move(row: number, column: number): void;
  cell(cell: Cell): void;
  erase(): void;
  done(): string;
}

function createPen(): Pen {
  let out = '';
  let style = '';
  const restyle = (wanted: string): void => {
    if (wanted === style) return;
    // A full reset first, unless there is nothing to reset: styles never leak into the next cell.
    out += wanted === '' ? '\u001b[m' : style === '' ? `\u001b[${wanted}m` : `\u001b[0;${wanted}m`;
    style = wanted;
  };
  return {
    move: (row, column) => {
      out += column === 0 ? `\u001b[${row + 1}H` : `\u001b[${row + 1};${column + 1}H`;
    },
    cell: (cell) => {
      restyle(cell.style);
      out += cell.text;
    },
    erase: () => {
      restyle('');
      out += ERASE_TO_END;
    },
    done: () => {
      restyle('');
      return out;
    },
  };
}

const certain = (row: Row): boolean => row.every((cell) => cell.width === 1 && isCertain(cell.text));

function writeWhole(pen: Pen, row: Row, index: number, columns: number): void {
  pen.move(index, 0);
  // Erased first: after a cell in the last column the cursor hangs there, and erasing would take that cell with it.
  pen.erase();
  let used = 0;
  for (const cell of row) {
    used += cell.width;
    if (used > columns) return;
    pen.cell(cell);
  }
}

function writeChanges(pen: Pen, old: Row, row: Row, index: number, columns: number): void {
  const end = Math.min(columns, Math.max(old.length, row.length));
  let at = -1;
  for (let column = 0; column < end; column += 1) {
    if (same(old[column], row[column])) continue;
    if (at === -1 || column - at > JUMP) pen.move(index, column);
    else for (let gap = at; gap < column; gap += 1) pen.cell(row[gap] ?? BLANK);
    // All that follows is blank: one erase says it.
    if (column >= row.length) {
      pen.erase();
      return;
    }
    pen.cell(row[column] ?? BLANK);
    at = column + 1;
  }
}

function same(a: Cell = BLANK, b: Cell = BLANK): boolean {
  return a.text === b.text && a.style === b.style;
}
