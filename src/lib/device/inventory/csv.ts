import { oneLine } from '../../core/clean.ts';
import { type Column, columnsOf, doubled, unknownColumnHint, written } from './columns.ts';
import { readTable, type TableRow } from './table.ts';
import type { Field, InventoryProblem, RawEntry, RawInventory } from './types.ts';

const HEADER = 'The first line names the columns, for example: name,address,username,environment,tag:site';

/**
 * Reads a table of routers: RFC 4180, with commas, semicolons or tabs, a line of column names first, `#` comments and empty lines
 * left out. Never throws.
 * @param tagColumns columns that are tags besides those called `tag:NAME`
 * @example readCsvInventory('name,ip\nedge-1,192.0.2.1').raw.length // 1
 */
export function readCsvInventory(text: string, tagColumns: readonly string[] = []): RawInventory {
  const { rows, problems } = readTable(text);
  const [header, ...body] = rows;
  if (!header) {
    return { raw: [], problems: problems.length > 0 ? problems : [{ line: 1, problem: 'The list is empty.', hint: HEADER }] };
  }
  const columns = columnsOf(header.cells, tagColumns);
  const wrong = wrongHeader(header, columns);
  if (wrong.some(({ fatal }) => fatal)) return { raw: [], problems: [...problems, ...wrong.map(plainly)] };
  const found: InventoryProblem[] = [...problems, ...wrong.map(plainly)];
  const raw: RawEntry[] = [];
  for (const row of body) {
    if (row.cells.length === header.cells.length) raw.push(entryOf(row, header.cells, columns));
    else found.push(otherLength(row, header.cells.length));
  }
  return { raw, problems: found };
}

interface HeaderProblem extends InventoryProblem {
  /** Nothing below it can be understood. */
  readonly fatal: boolean;
}

const plainly = ({ fatal: _, ...problem }: HeaderProblem): InventoryProblem => problem;

function wrongHeader({ line, cells }: TableRow, columns: readonly Column[]): readonly HeaderProblem[] {
  const has = (field: Field): boolean => columns.some((column) => column.kind === 'field' && column.field === field);
  // Its words are not repeated: where the names of columns were forgotten, this is a line with a password.
  if (!has('address'))
    return [{ line, field: 'address', problem: 'The first line names no column for the address.', hint: HEADER, fatal: true }];
  const twice = doubled(columns).map((field): HeaderProblem => {
    const problem = `Two columns say the ${written(field)}.`;
    return { line, field: written(field), problem, hint: 'Keep one of them, for example: name,address', fatal: true };
  });
  const unknown = cells.flatMap((name, at): readonly HeaderProblem[] => {
    if (columns[at]?.kind !== 'unknown') return [];
    const called = name.trim() === '' ? `Column ${at + 1} has no name` : `The column ${oneLine(name, 40)} is not known`;
    return [{ line, problem: `${called}; it is left out.`, hint: unknownColumnHint(name), fatal: false }];
  });
  return [...twice, ...unknown];
}

function otherLength({ line, cells }: TableRow, wanted: number): InventoryProblem {
  const problem = `The line has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, and the first line names ${wanted}.`;
  return { line, problem, hint: 'Put a cell that holds the separator in double quotes, for example "a, b", and keep empty cells.' };
}

function entryOf({ line, cells }: TableRow, names: readonly string[], columns: readonly Column[]): RawEntry {
  const values = new Map<Field, unknown>();
  const tags: [string, unknown][] = [];
  const secrets: string[] = [];
  columns.forEach((column, at) => {
    const value = (cells[at] ?? '').trim();
    if (value === '') return;
    if (column.kind === 'field') values.set(column.field, value);
    else if (column.kind === 'tag') tags.push([column.tag, value]);
    else if (column.kind === 'secret') secrets.push(oneLine(names[at] ?? '', 40));
  });
  return { line, values, tags, secrets };
}
