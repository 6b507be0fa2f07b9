/** The script cannot be read: none of it runs. */
export class SyntaxFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SyntaxFault';
  }
}

/** `(line 1 column 9)`: columns count bytes from 1. */
export function position(text: string, at: number): string {
  const before = text.slice(0, at);
  const start = before.lastIndexOf('\n') + 1;
  return `(line ${before.split('\n').length} column ${Buffer.byteLength(before.slice(start), 'utf8') + 1})`;
}

export const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/** A text and how far it has been read. */
export interface Cursor {
  readonly text: string;
  at: number;
}

export const peek = (cursor: Cursor, ahead = 0): string => cursor.text[cursor.at + ahead] ?? '';
export const atEnd = (cursor: Cursor): boolean => cursor.at >= cursor.text.length;

export const fault = (cursor: Cursor, words: string, at = cursor.at): SyntaxFault =>
  new SyntaxFault(`${words} ${position(cursor.text, at)}`);

/** Takes what the pattern (sticky) finds right here. */
export function take(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}

const BLANK = /(?:[ \t]|\\\r?\n)+/y;
const BLANK_LINES = /(?:[ \t\r\n]|\\\r?\n)+/y;

/** Spaces, and lines that go on after a backslash. Says whether there were any. */
export const skipBlank = (cursor: Cursor): boolean => take(cursor, BLANK) !== undefined;
/** The same, and line ends: between brackets they mean nothing. */
export const skipLines = (cursor: Cursor): boolean => take(cursor, BLANK_LINES) !== undefined;

/** Here a command cannot go on. */
export const atStatementEnd = (cursor: Cursor): boolean => atEnd(cursor) || /[;\r\n\]})]/.test(peek(cursor));
