import { cleanText } from '../core/clean.ts';
import type { Row } from './types.ts';

/** What a REST body was: rows, or the shape of a refusal, or nothing of RouterOS. */
export type Body =
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | { readonly kind: 'refusal'; readonly error: number; readonly detail: string }
  | { readonly kind: 'other' };

/**
 * Reads a REST body from bytes: the one boundary at which router text is decoded and cleaned.
 * Bodies may hold bytes of a Windows code page and raw control characters inside strings; both are survived.
 */
export function readBody(bytes: Uint8Array): Body {
  if (bytes.length === 0) return { kind: 'rows', rows: [] };
  const { text, exact } = decodeBytes(bytes);
  const value = parse(text);
  if (Array.isArray(value))
    return value.every(isRecord) ? { kind: 'rows', rows: value.map((row) => cleanRow(row, exact)) } : { kind: 'other' };
  if (!isRecord(value)) return { kind: 'other' };
  // `error` is the only JSON number of the protocol: it tells a refusal from a row that has a field of that name.
  if (typeof value['error'] === 'number') {
    return { kind: 'refusal', error: value['error'], detail: typeof value['detail'] === 'string' ? value['detail'] : '' };
  }
  return { kind: 'rows', rows: [cleanRow(value, exact)] };
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Router text from its bytes; not `exact` where they are no UTF-8, so that some characters are a guess. */
export function decodeBytes(bytes: Uint8Array): { readonly text: string; readonly exact: boolean } {
  try {
    return { text: UTF8.decode(bytes), exact: true };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), exact: false };
  }
}

/** A JSON value as RouterOS writes it; undefined for what is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parseLoosely(text);
  }
}

/** Control characters are illegal inside JSON strings, yet some menus send them; escaped, the rest can be read. */
function parseLoosely(text: string): unknown {
  let inside = false;
  // One character, or an escape and what it escapes, at a time: a pattern for whole strings would try each quote of a torn text anew.
  const escaped = text.replace(/"|\\[\s\S]?|[\u0000-\u001f]/g, (found) => {
    if (found === '"') inside = !inside;
    const last = found.charCodeAt(found.length - 1);
    return inside && last < 0x20 ? `\\u${last.toString(16).padStart(4, '0')}` : found;
  });
  try {
    return JSON.parse(escaped);
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RouterOS sends text and nothing else; should it ever not, the value reads as JSON writes it. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value));
/** A bare number beyond what JavaScript holds exactly: a counter that is not what the router sent. */
const isRounded = (value: unknown): boolean => typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;

/** Every value as cleaned text; `.lossy` names the fields whose text is no longer what the router has. */
export function cleanRow(record: Readonly<Record<string, unknown>>, exact: boolean): Row {
  const row: Record<string, string> = {};
  const lossy: string[] = [];
  for (const [name, value] of Object.entries(record)) {
    const raw = textOf(value);
    const clean = cleanText(raw);
    const field = cleanText(name);
    row[field] = clean;
    if (clean !== raw || isRounded(value) || (!exact && /[^\u0000-\u007f]/.test(raw))) lossy.push(field);
  }
  if (lossy.length > 0) row['.lossy'] = lossy.join(',');
  return Object.freeze(row);
}
