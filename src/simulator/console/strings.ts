import type { Reader } from './reader.ts';
import { atEnd, fault, peek, take } from './source.ts';
import type { Node } from './syntax.ts';
import { str } from './value.ts';

const SIGNS: Readonly<Record<string, string>> = Object.freeze({
  '"': '"',
  '\\': '\\',
  $: '$',
  '?': '?',
  _: ' ',
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
});

/** One escape, from its backslash on. A line may end in the middle of a text: the spaces before the rest do not count. */
function escaped(reader: Reader): { readonly bytes?: string; readonly text: string } {
  const { cursor } = reader;
  const start = cursor.at;
  cursor.at += 1;
  if (take(cursor, /\r?\n[ \t]*/y) !== undefined) return { text: '' };
  const hex = take(cursor, /[0-9A-F]{2}/y);
  if (hex !== undefined) return { text: '', bytes: hex };
  const sign = SIGNS[peek(cursor)];
  if (sign === undefined) throw fault(cursor, 'syntax error', start);
  cursor.at += 1;
  return { text: sign };
}

/** `$name` in an expression or a text: letters and digits, or anything in quotes. */
export function variable(reader: Reader): Node {
  const { cursor } = reader;
  cursor.at += 1;
  const name = take(cursor, /[A-Za-z0-9]+/y) ?? take(cursor, /"(?:[^"\\]|\\.)*"/y)?.slice(1, -1);
  if (name === undefined) throw fault(cursor, 'syntax error');
  return { kind: 'variable', name };
}

/** What a `$` in a text stands for. */
function insertion(reader: Reader, menu: string): Node | string {
  const { cursor } = reader;
  const next = peek(cursor, 1);
  if (next === '[') {
    cursor.at += 2;
    return { kind: 'code', block: reader.block(menu, ']') };
  }
  if (next === '(') {
    cursor.at += 2;
    return reader.bracketed(menu);
  }
  if (/[A-Za-z0-9"]/.test(next) && !(next === '"' && !/^"[\w.-]+"/.test(cursor.text.slice(cursor.at + 1)))) return variable(reader);
  throw fault(cursor, 'syntax error', cursor.at + 1);
}

/** A quoted text, from its first quote on. */
export function quoted(reader: Reader, menu: string): Node {
  const { cursor } = reader;
  const parts: (string | Node)[] = [];
  let text = '';
  let bytes = '';
  const settle = (): void => {
    if (bytes !== '') text += Buffer.from(bytes, 'hex').toString('utf8');
    bytes = '';
  };
  cursor.at += 1;
  for (;;) {
    if (atEnd(cursor)) throw fault(cursor, 'expected closing quote');
    const sign = peek(cursor);
    if (sign === '\\') {
      const found = escaped(reader);
      if (found.bytes !== undefined) bytes += found.bytes;
      else {
        settle();
        text += found.text;
      }
      continue;
    }
    settle();
    if (sign === '"') break;
    if (sign === '$') {
      if (text !== '') parts.push(text);
      text = '';
      parts.push(insertion(reader, menu));
      continue;
    }
    text += sign;
    cursor.at += 1;
  }
  cursor.at += 1;
  if (parts.length === 0) return { kind: 'value', value: str(text) };
  const [first] = parts;
  // Nothing but a variable in quotes is the variable itself.
  if (first !== undefined && typeof first !== 'string' && parts.length === 1 && text === '') return first;
  return { kind: 'text', parts: text === '' ? parts : [...parts, text] };
}
