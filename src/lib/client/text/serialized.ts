import { decodeBytes, isRecord, parse } from '../body.ts';
import type { Row } from '../types.ts';
import { textRow } from './row.ts';

/**
 * Reads what `:put [:serialize to=json value=[/menu/print as-value]]` prints, in the texts that REST would have sent: `true`, `10`,
 * lists joined by commas. Durations keep the form of the console (`00:10:00`), which the kinds of field read as well.
 * @returns the rows; undefined for bytes that are no such JSON
 */
export function readSerialized(bytes: Uint8Array): readonly Row[] | undefined {
  const { text, exact } = decodeBytes(bytes);
  // An empty array is printed as nothing by some versions.
  if (text.trim() === '' || text.trim() === '""') return [];
  const value = parse(withDigits(text.trim()));
  if (Array.isArray(value)) return value.every(isRecord) ? value.map((record) => readRecord(record, exact)) : undefined;
  if (!isRecord(value)) return undefined;
  return Object.keys(value).length === 0 ? [] : [readRecord(value, exact)];
}

/** Counters are larger than what JavaScript holds exactly: their digits are kept as text. */
const withDigits = (json: string): string =>
  json.replace(/"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|-?\d{16,}(?![\d.eE])/g, (found) => (found.startsWith('"') ? found : `"${found}"`));

function readRecord(record: Readonly<Record<string, unknown>>, exact: boolean): Row {
  const lossy: string[] = [];
  const values = Object.entries(record).map(([name, value]): [string, string] => {
    const read = textOf(value);
    if (!read.exact) lossy.push(name);
    return [name, read.text];
  });
  return textRow(values, lossy, exact);
}

interface Text {
  readonly text: string;
  /** It says what the router has, and could be written back. */
  readonly exact: boolean;
}

function textOf(value: unknown): Text {
  if (typeof value === 'string') return { text: value, exact: true };
  if (value === null || value === undefined) return { text: '', exact: true };
  // A number that JavaScript cannot hold was rounded when it was read; one with an exponent was not written like that.
  if (typeof value === 'number') return { text: String(value), exact: Number.isSafeInteger(value) || /^-?\d+\.\d+$/.test(String(value)) };
  if (typeof value === 'boolean') return { text: String(value), exact: true };
  if (!Array.isArray(value)) return { text: jsonOf(value), exact: false };
  const members = value.map((member) => (typeof member === 'object' && member !== null ? { text: '', exact: false } : textOf(member)));
  if (!members.every((member) => member.exact || member.text !== '')) return { text: jsonOf(value), exact: false };
  // A member with a comma of its own could not be told from two.
  const exact = members.every((member) => member.exact && !member.text.includes(','));
  return { text: members.map(({ text }) => text).join(','), exact };
}

/** What is nested deeper than anyone can follow reads as nothing. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
}
