import { typedLiteral } from './literal.ts';
import type { Reader } from './reader.ts';
import { atEnd, fault, peek, skipLines, take } from './source.ts';
import { quoted, variable } from './strings.ts';
import type { MemberNode, Node } from './syntax.ts';
import { str } from './value.ts';

/** In conditions a bare word before a sign is a field and one after it is a text; elsewhere bare words are variables. */
export type Mode = 'plain' | 'where';

/** The looser it binds, the lower the number. */
const STRENGTH: Readonly<Record<string, number>> = Object.freeze({
  ',': 1,
  ' ': 2,
  or: 3,
  and: 4,
  '=': 5,
  '!=': 5,
  '<': 5,
  '>': 5,
  '<=': 5,
  '>=': 5,
  '~': 5,
  in: 5,
  '|': 6,
  '^': 6,
  '&': 6,
  '<<': 7,
  '>>': 7,
  '.': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
  '->': 12,
});
const UNARY = 11;
const COMPARISON = 5;
const SPELLINGS: Readonly<Record<string, string>> = Object.freeze({ '&&': 'and', '||': 'or' });
const SIGN = /->|&&|\|\||<<|>>|<=|>=|!=|[=<>~|^&.+\-*/%,]|(?:and|or|in)(?=[\s("$[!{])/y;

/** A word that may be a number, an address, a time or an id; it must end where a word ends. */
const TYPED = [
  /[0-9A-Fa-f]*:[0-9A-Fa-f:.]+(?:\/\d+)?(?![\w.:])/y,
  /\d+(?:\.\d+)+\/\d+(?![\w.:/])/y,
  /\d+(?:\.\d+)+(?![\w.:])/y,
  /(?:\d+[wd])*\d+:\d+(?::\d+(?:\.\d+)?)?(?![\w.:])/y,
  /(?:\d+(?:ms|us|ns|w|d|h|m|s))+(?:\d+:\d+(?::\d+)?)?(?![\w.:])/y,
  /0x[0-9A-Fa-f]+(?![\w:])/y,
  /\d+(?![\w:])/y,
  /\*[0-9A-Fa-f]+(?!\w)/y,
  /(?:true|false|yes|no)(?![\w.-])/y,
];
/** Fields may have a `-` in their name; elsewhere it is a minus. */
const FIELD = /[A-Za-z._][\w.-]*/y;
const NAME = /[\w.:/]+/y;
const WHERE_WORD = /!?[^\s;[\](){}"$\\=<>!]+/y;

/** An expression up to the closing sign, which it takes. */
export function expression(reader: Reader, menu: string, mode: Mode, closer: ')'): Node {
  const found = operations(reader, menu, mode, 1);
  skipLines(reader.cursor);
  if (peek(reader.cursor) !== closer) throw fault(reader.cursor, 'syntax error');
  reader.cursor.at += 1;
  return found;
}

/** Conditions side by side up to the end of the command. */
export function condition(reader: Reader, menu: string): Node {
  return operations(reader, menu, 'where', 2.5);
}

function signHere(reader: Reader): string | undefined {
  const { cursor } = reader;
  const at = cursor.at;
  const sign = take(cursor, SIGN);
  cursor.at = at;
  return sign;
}

const startsOperand = (sign: string): boolean => /[\w"$[({!.*]/.test(sign);

function operations(reader: Reader, menu: string, mode: Mode, least: number): Node {
  const { cursor } = reader;
  let left = operand(reader, menu, mode);
  for (;;) {
    const before = cursor.at;
    if (mode === 'plain') skipLines(cursor);
    else take(cursor, /(?:[ \t]|\\\r?\n)+/y);
    const sign = signHere(reader);
    const blank = cursor.at > before;
    // In conditions `!x` and `.id=` after a space begin the next one.
    const joins = sign !== undefined && !(mode === 'where' && blank && sign === '.');
    if (!joins) {
      if (mode === 'where' || 2 < least || atEnd(cursor) || !startsOperand(peek(cursor))) {
        cursor.at = before;
        return left;
      }
      left = { kind: 'operation', operator: ' ', operands: [left, operations(reader, menu, mode, 3)] };
      continue;
    }
    const operator = SPELLINGS[sign] ?? sign;
    const strength = STRENGTH[operator] ?? 0;
    if (strength < least) {
      cursor.at = before;
      return left;
    }
    cursor.at += sign.length;
    const right = mode === 'where' && strength === COMPARISON ? whereValue(reader, menu) : operations(reader, menu, mode, strength + 1);
    left = { kind: 'operation', operator, operands: [left, right] };
  }
}

/** What a field is compared with: bare words are texts. Some signs need quotes around them. */
function whereValue(reader: Reader, menu: string): Node {
  const { cursor } = reader;
  take(cursor, /[ \t]+/y);
  if (/["$[(]/.test(peek(cursor))) return operand(reader, menu, 'plain');
  const start = cursor.at;
  const word = take(cursor, WHERE_WORD);
  if (word === undefined) {
    if (atEnd(cursor) || /[\s\]]/.test(peek(cursor))) return { kind: 'value', value: str('') };
    throw fault(cursor, 'syntax error');
  }
  const bad = typedLiteral(word) || /^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}$/.test(word) ? -1 : word.search(/[/:,~]/);
  if (bad >= 0) throw fault(cursor, 'syntax error', start + bad);
  return { kind: 'value', value: str(word) };
}

function operand(reader: Reader, menu: string, mode: Mode): Node {
  const { cursor } = reader;
  skipLines(cursor);
  const sign = peek(cursor);
  if (sign === '"') return quoted(reader, menu);
  if (sign === '$') return variable(reader);
  if (sign === '(') {
    cursor.at += 1;
    return expression(reader, menu, mode, ')');
  }
  if (sign === '[') {
    cursor.at += 1;
    return { kind: 'code', block: reader.block(menu, ']') };
  }
  if (sign === '{') return arrayLiteral(reader, menu, true);
  if (sign === '!' || sign === '-' || sign === '~') {
    cursor.at += 1;
    return { kind: 'operation', operator: sign, operands: [operations(reader, menu, mode, UNARY)] };
  }
  for (const pattern of TYPED) {
    const start = cursor.at;
    const word = take(cursor, pattern);
    const value = word === undefined ? undefined : typedLiteral(word);
    if (value) return { kind: 'value', value };
    cursor.at = start;
  }
  const name = take(cursor, mode === 'where' ? FIELD : NAME);
  if (name !== undefined) return { kind: 'variable', name };
  // Where an operand is missing before a closing sign, the console has already taken that sign.
  throw fault(cursor, 'syntax error', /[)}]/.test(sign) ? cursor.at + 1 : cursor.at);
}

const KEY = /(?:"(?:[^"\\]|\\.)*"|[A-Za-z0-9./-]+)(?==)/y;

function member(reader: Reader, menu: string): MemberNode {
  const { cursor } = reader;
  const key = take(cursor, KEY);
  if (key === undefined) return { value: operations(reader, menu, 'plain', 1) };
  const bare = key.startsWith('"') ? key.slice(1, -1) : key;
  cursor.at += 1;
  skipLines(cursor);
  // `{a=}` is the text `a`.
  if (/[;}]/.test(peek(cursor))) return { value: { kind: 'value', value: str(bare) } };
  return { key: bare, value: operations(reader, menu, 'plain', 1) };
}

/** `{1;2;a=3}`, from its brace on. Only inside another one may it be empty. */
export function arrayLiteral(reader: Reader, menu: string, inside: boolean): Node {
  const { cursor } = reader;
  const members: MemberNode[] = [];
  cursor.at += 1;
  for (;;) {
    skipLines(cursor);
    if (peek(cursor) === '}' && (members.length > 0 || inside)) break;
    members.push(member(reader, menu));
    skipLines(cursor);
    if (peek(cursor) === ';') cursor.at += 1;
    else if (peek(cursor) !== '}') throw atEnd(cursor) ? fault(cursor, 'expected closing brace') : fault(cursor, 'syntax error');
  }
  cursor.at += 1;
  return { kind: 'array', members };
}
