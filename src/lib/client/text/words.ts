import { cleanText } from '../../core/clean.ts';
import { unquoteText } from './quote.ts';

/** One word of a console line. */
export interface Word {
  /** `name=value`, a word by itself, or what stands between `[` and `]`. */
  readonly kind: 'pair' | 'bare' | 'bracket';
  /** The name of a pair, the word, or the inside of the brackets. */
  readonly name: string;
  /** The value of a pair, without quotes and escapes. */
  readonly value: string;
  /** Part of it stood in quotes. */
  readonly quoted: boolean;
  /** The text is what the router has, not a guess of its bytes. */
  readonly exact: boolean;
}

/** A line in words, and what is wrong with it: a quote or bracket that is never closed. */
export interface Words {
  readonly words: readonly Word[];
  readonly problem?: 'open-quote' | 'open-bracket';
}

const QUOTED = /"([^"\\]*(?:\\[\s\S][^"\\]*)*)("?)/y;
const NAME = /([.!A-Za-z_][\w.!-]*)=/y;
const BARE = /[^\s"]+/y;

/**
 * Cuts a console line into words, in time that grows with its length only. Never throws.
 * @example readWords('add name="a b" disabled=yes').words.map(({ name }) => name) // ['add', 'name', 'disabled']
 */
export function readWords(line: string): Words {
  const words: Word[] = [];
  let at = 0;
  while (at < line.length) {
    if (isSpace(line, at)) {
      at += 1;
      continue;
    }
    if (line[at] === '[') {
      const end = closing(line, at);
      if (end === undefined) return { words, problem: 'open-bracket' };
      words.push({ kind: 'bracket', name: line.slice(at + 1, end).trim(), value: '', quoted: false, exact: true });
      at = end + 1;
      continue;
    }
    NAME.lastIndex = at;
    const name = NAME.exec(line)?.[1];
    const read = readValue(line, name === undefined ? at : at + name.length + 1);
    const { value, quoted, exact } = read;
    words.push(name === undefined ? { kind: 'bare', name: value, value: '', quoted, exact } : { kind: 'pair', name, value, quoted, exact });
    if (read.open) return { words, problem: 'open-quote' };
    at = read.end;
  }
  return { words };
}

const isSpace = (line: string, at: number): boolean => /\s/.test(line[at] ?? '');

/** A value may be quoted in part: `!"my list"`. It ends at the first space outside quotes. */
function readValue(line: string, start: number) {
  let at = start;
  let value = '';
  let quoted = false;
  let exact = true;
  while (at < line.length && !isSpace(line, at)) {
    const pattern = line[at] === '"' ? QUOTED : BARE;
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (!found) break;
    at = pattern.lastIndex;
    if (pattern === BARE) {
      value += found[0];
      continue;
    }
    const inner = unquoteText(found[1] ?? '');
    value += inner.text;
    quoted = true;
    exact &&= inner.exact;
    if (found[2] === '') return { ...cleaned(value, exact), quoted, open: true, end: line.length };
  }
  return { ...cleaned(value, exact), quoted, open: false, end: at };
}

/** Escapes can hide what must not reach a terminal: it is taken out once it can be seen. */
function cleaned(raw: string, exact: boolean): { readonly value: string; readonly exact: boolean } {
  const value = cleanText(raw);
  return { value, exact: exact && value === raw };
}

/** Where the bracket at `start` is closed; quotes and brackets inside do not count. */
function closing(line: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < line.length; at += 1) {
    const character = line[at];
    if (character === '"') {
      QUOTED.lastIndex = at;
      const found = QUOTED.exec(line);
      if (!found || found[2] === '') return undefined;
      at = QUOTED.lastIndex - 1;
    }
    if (character === '[') depth += 1;
    if (character === ']') depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}
