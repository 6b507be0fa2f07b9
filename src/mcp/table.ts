import { oneLine } from '../lib/index.ts';

/**
 * Rows as comma-separated lines with a header: the cheapest form a model reads well. Every value is on one line,
 * and quoted when it could be taken for anything but a plain value, so that router text cannot pose as a line of ours.
 */
export function tableText(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','));
  return [columns.join(','), ...lines].join('\n');
}

/** One item, a line for each field: a table of one row would put every name far from its value. */
export const itemText = (item: Readonly<Record<string, unknown>>): string =>
  Object.entries(item)
    .map(([name, value]) => `${name}: ${value === null ? 'unknown' : cell(value)}`)
    .join('\n');

/** One value as a cell: unknown is empty, members of a list are joined by a space. */
export function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'object' ? partsOf(value).join(' ') : String(value);
  return quoted(oneLine(text, 400));
}

const partsOf = (value: object): readonly string[] =>
  Array.isArray(value) ? value.map(String) : Object.entries(value).map(([name, member]) => `${name}=${partText(member)}`);

const partText = (member: unknown): string => (typeof member === 'object' ? (JSON.stringify(member) ?? '') : String(member));

/** Plain words stay as they are; anything else is quoted as JSON does it, so on one line. */
export const quoted = (text: string): string => (/^[\w.:/@*+-]+(?: [\w.:/@*+-]+){0,3}$/.test(text) ? text : JSON.stringify(text));
