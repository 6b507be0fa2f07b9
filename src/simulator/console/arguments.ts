import { arrayLiteral, condition, expression } from './expression.ts';
import { literal } from './literal.ts';
import type { Reader } from './reader.ts';
import type { Signature, Slot } from './signatures.ts';
import { atEnd, atStatementEnd, fault, peek, position, skipBlank, take } from './source.ts';
import { quoted, variable } from './strings.ts';
import type { Argument, Node } from './syntax.ts';
import { bool, str } from './value.ts';

const NAMED = /\.?[A-Za-z0-9][\w.-]*(?==)/y;
const NEGATED = /!\.?[A-Za-z][\w.-]*(?=[\s;\]}]|$)/y;
const BARE = /[^\s;[\](){}"$\\]+/y;
const NAMES = /(?:[A-Za-z0-9]+|"[^"]*")(?:,[A-Za-z0-9]+)*/y;

export interface Arguments {
  readonly arguments: readonly Argument[];
  readonly where?: readonly Node[];
  readonly problem?: string;
}

/** What follows a command. A name the command does not know is remembered, and said when it is the command's turn. */
export function readArguments(reader: Reader, menu: string, signature: Signature): Arguments {
  const { cursor } = reader;
  const found: Argument[] = [];
  let where: Node[] | undefined;
  let problem: string | undefined;
  let prefix = '';
  const positional = [...signature.positional];
  for (;;) {
    const blank = skipBlank(cursor);
    if (atStatementEnd(cursor)) break;
    if (!blank && (found.length > 0 || !/["$[({]/.test(peek(cursor)))) throw fault(cursor, 'expected end of command');
    if (signature.where && startsConditions(reader, signature)) {
      where = conditions(reader, menu);
      break;
    }
    const negated = take(cursor, NEGATED);
    if (negated !== undefined) {
      found.push({ name: negated.slice(1), negated: true });
      if (signature.slot(negated.slice(1)) === undefined) problem ??= badParameter(reader, negated.slice(1), cursor.at);
      continue;
    }
    const name = take(cursor, NAMED);
    if (name !== undefined) {
      // `security.ft=yes .ft-over-ds=yes`: a name that starts with a dot goes on from the one before.
      const full = name.startsWith('.') && prefix !== '' && signature.slot(name) === undefined ? `${prefix}${name}` : name;
      if (full.includes('.', 1)) prefix = full.slice(0, full.indexOf('.', 1));
      const slot = signature.slot(full);
      // Of a first argument the console names the end, of a later one the start.
      if (slot === undefined) problem ??= badParameter(reader, full, found.length === 0 ? cursor.at : cursor.at - name.length);
      if (slot === 'flag') throw fault(cursor, 'expected end of command');
      cursor.at += 1;
      found.push({ name: full, value: argumentOf(reader, menu, slot ?? 'raw') });
      continue;
    }
    found.push(unnamed(reader, menu, signature, positional));
  }
  return { arguments: found, ...(where ? { where } : {}), ...(problem === undefined ? {} : { problem }) };
}

const badParameter = (reader: Reader, name: string, at: number): string => `bad parameter ${name} ${position(reader.cursor.text, at)}`;

function startsConditions(reader: Reader, signature: Signature): boolean {
  const word = take(reader.cursor, /where(?=[\s;\](]|$)/y);
  return word !== undefined || signature.conditions === true;
}

function conditions(reader: Reader, menu: string): Node[] {
  const { cursor } = reader;
  const found: Node[] = [];
  for (;;) {
    const blank = skipBlank(cursor);
    if (atStatementEnd(cursor)) return found;
    if (!blank && found.length > 0) throw fault(cursor, 'syntax error');
    found.push(condition(reader, menu));
  }
}

/** A flag, or the next of the arguments that may come without their name. */
function unnamed(reader: Reader, menu: string, signature: Signature, positional: string[]): Argument {
  const { cursor } = reader;
  const start = cursor.at;
  const word = take(cursor, /[A-Za-z][\w.-]*(?=[\s;\]}]|$)/y);
  if (word !== undefined && signature.slot(word) === 'flag') return { name: word };
  cursor.at = start;
  const name = positional.shift();
  const slot = name === undefined ? undefined : signature.slot(name);
  if (name === undefined || slot === undefined) throw fault(cursor, /[({]/.test(peek(cursor)) ? 'syntax error' : 'expected end of command');
  return { name, value: argumentOf(reader, menu, slot) };
}

function argumentOf(reader: Reader, menu: string, slot: Slot): Node {
  const { cursor } = reader;
  // A line may go on right after the sign of equality; the spaces it begins with do not count.
  take(cursor, /\\\r?\n[ \t]*/y);
  const start = cursor.at;
  if (slot === 'names') {
    const names = take(cursor, NAMES);
    if (names === undefined) throw fault(cursor, 'expected variable name');
    return { kind: 'value', value: str(names.replaceAll('"', '')) };
  }
  switch (peek(cursor)) {
    case '"': {
      const text = quoted(reader, menu);
      return slot === 'bool' ? truth(reader, text, start) : text;
    }
    case '$':
      return variable(reader);
    case '[':
      cursor.at += 1;
      return { kind: 'code', block: reader.block(menu, ']') };
    case '(':
      cursor.at += 1;
      return expression(reader, menu, 'plain', ')');
    case '{':
      return braces(reader, menu, slot);
    default:
      return bare(reader, slot);
  }
}

function bare(reader: Reader, slot: Slot): Node {
  const { cursor } = reader;
  const start = cursor.at;
  const word = take(cursor, BARE);
  if (word === undefined) {
    if (atStatementEnd(cursor) || /\s/.test(peek(cursor))) {
      if (slot === 'raw' || slot === 'value' || slot === 'array') return { kind: 'value', value: str('') };
      throw fault(cursor, 'expected input value');
    }
    throw fault(cursor, 'syntax error');
  }
  if (slot === 'code') throw fault(cursor, 'syntax error', start);
  const node: Node = { kind: 'value', value: slot === 'value' || slot === 'array' ? listOrLiteral(word) : str(word) };
  return slot === 'bool' ? truth(reader, node, start) : node;
}

/** `1,2` without brackets is a list. */
function listOrLiteral(word: string) {
  if (!/^[^,]+(?:,[^,]+)+$/.test(word)) return literal(word);
  return { type: 'array' as const, members: word.split(',').map((part) => ({ value: literal(part) })) };
}

/** The console wants yes or no; only REST takes true and false. */
function truth(reader: Reader, node: Node, start: number): Node {
  if (node.kind !== 'value' || node.value.type !== 'str') return node;
  const { text } = node.value;
  if (text !== 'yes' && text !== 'no') throw fault(reader.cursor, 'syntax error', start);
  return { kind: 'value', value: bool(text === 'yes') };
}

function braces(reader: Reader, menu: string, slot: Slot): Node {
  const { cursor } = reader;
  if (slot === 'array') return arrayLiteral(reader, menu, false);
  if (slot !== 'code' && slot !== 'text') throw fault(cursor, 'syntax error');
  cursor.at += 1;
  const start = cursor.at;
  if (slot === 'code') return { kind: 'closure', block: reader.block(menu, '}') };
  skipBraces(reader);
  return { kind: 'value', value: str(cursor.text.slice(start, cursor.at - 1)) };
}

/** To the closing brace, which is taken; braces in quotes do not count. */
function skipBraces(reader: Reader): void {
  const { cursor } = reader;
  let depth = 1;
  while (depth > 0) {
    if (atEnd(cursor)) throw fault(cursor, 'expected closing brace');
    if (take(cursor, /"(?:[^"\\]|\\[\s\S])*"/y) !== undefined) continue;
    if (peek(cursor) === '{') depth += 1;
    if (peek(cursor) === '}') depth -= 1;
    cursor.at += 1;
  }
}
