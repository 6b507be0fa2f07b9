import { type InventoryProblem, LIMITS } from './types.ts';

export interface TableRow {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** What may stand between cells, and a cell that is not in quotes. */
const BARE_CELL = { ',': /[^,\n]*/y, ';': /[^;\n]*/y, '\t': /[^\t\n]*/y } as const;
type Delimiter = keyof typeof BARE_CELL;

/** The reader stands here. */
interface Place {
  readonly text: string;
  readonly delimiter: Delimiter;
  at: number;
  line: number;
}

/**
 * Cuts a text into rows and cells by RFC 4180, in time that grows with its length only. The separator is the one that the first
 * line has most of, outside of quotes. Comments (`#`), empty lines and rows of empty cells are left out. Never throws.
 * @example readTable('a;b\n"x;y";2').rows[1] // { line: 2, cells: ['x;y', '2'] }
 */
export function readTable(text: string): { readonly rows: readonly TableRow[]; readonly problems: readonly InventoryProblem[] } {
  const place: Place = { text, delimiter: delimiterOf(text), at: 0, line: 1 };
  const rows: TableRow[] = [];
  const problems: InventoryProblem[] = [];
  // One for the names of the columns, and one more to know that there were too many.
  while (place.at < text.length && rows.length + problems.length < LIMITS.entries + 2) {
    const { line } = place;
    if (skipped(place)) continue;
    const { cells, wrong } = readRow(place);
    if (wrong) problems.push({ line, ...wrong });
    else if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
  }
  return { rows, problems };
}

function delimiterOf(text: string): Delimiter {
  const lines = text.slice(0, 65_536).split('\n');
  const first = lines.find((line) => line.trim() !== '' && !line.trimStart().startsWith('#')) ?? '';
  const bare = first.replace(/"[^"]*"/g, '');
  const times = (delimiter: Delimiter): number => bare.split(delimiter).length;
  const others = ([';', '\t'] as const).toSorted((a, b) => times(b) - times(a));
  return others.find((delimiter) => times(delimiter) > times(',')) ?? ',';
}

/** Goes past a comment or an empty line. */
function skipped(place: Place): boolean {
  const line = /[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y;
  line.lastIndex = place.at;
  if (!line.test(place.text)) return false;
  place.at = line.lastIndex;
  place.line += 1;
  return true;
}

type Wrong = Pick<InventoryProblem, 'problem' | 'hint'>;

function readRow(place: Place): { readonly cells: readonly string[]; readonly wrong: Wrong | undefined } {
  const cells: string[] = [];
  let wrong: Wrong | undefined;
  for (;;) {
    const cell = place.text[place.at] === '"' ? quotedCell(place) : bareCell(place);
    cells.push(cell.text);
    wrong ??= cell.wrong;
    if (cells.length > LIMITS.columns)
      wrong ??= { problem: `The line has more than ${LIMITS.columns} cells.`, hint: 'Keep the columns that are needed.' };
    if (wrong || place.text[place.at] !== place.delimiter) break;
    place.at += 1;
  }
  place.at = endOfLine(place) + 1;
  place.line += 1;
  return { cells, wrong };
}

function endOfLine({ text, at }: Place): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

interface Cell {
  readonly text: string;
  readonly wrong?: Wrong;
}

const TOO_LONG: Wrong = {
  problem: `A cell is longer than ${LIMITS.cell} characters.`,
  hint: 'Look for a double quote that is not closed, or shorten it.',
};

function bareCell(place: Place): Cell {
  const pattern = BARE_CELL[place.delimiter];
  pattern.lastIndex = place.at;
  const text = pattern.exec(place.text)?.[0] ?? '';
  place.at += text.length;
  return text.length > LIMITS.cell ? { text: '', wrong: TOO_LONG } : { text: text.replace(/\r$/, '') };
}

function quotedCell(place: Place): Cell {
  const { text, delimiter } = place;
  const from = place.at + 1;
  let end = text.indexOf('"', from);
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  if (end < 0) {
    place.at = text.length;
    return {
      text: '',
      wrong: { problem: 'A double quote is opened here and never closed.', hint: 'Close it, and write a quote inside as "".' },
    };
  }
  const inner = text.slice(from, end);
  place.line += inner.split('\n').length - 1;
  place.at = text[end + 1] === '\r' ? end + 2 : end + 1;
  const next = text[place.at];
  if (next !== undefined && next !== delimiter && next !== '\n') {
    return { text: '', wrong: { problem: 'Something stands behind a closing double quote.', hint: 'Write a quote inside a cell as "".' } };
  }
  return inner.length > LIMITS.cell ? { text: '', wrong: TOO_LONG } : { text: inner.replaceAll('""', '"') };
}
