import { readArguments } from './arguments.ts';
import { expression } from './expression.ts';
import type { Grammar, Step } from './grammar.ts';
import type { Reader } from './reader.ts';
import type { Signature } from './signatures.ts';
import { atEnd, atStatementEnd, type Cursor, fault, lineOf, peek, position, skipBlank, take } from './source.ts';
import { variable } from './strings.ts';
import type { Argument, Block, Node, Statement } from './syntax.ts';
import { textOf } from './value.ts';

/** Reads a whole script, or throws what the console says of it. */
export function parse(text: string, grammar: Grammar): Block {
  const reader = readerOf({ text, at: 0 }, grammar);
  const block = statements(reader, '/', undefined);
  if (!atEnd(reader.cursor)) throw fault(reader.cursor, 'expected command name');
  return block;
}

function readerOf(cursor: Cursor, grammar: Grammar): Reader {
  const reader: Reader = {
    cursor,
    grammar,
    bracketed: (menu) => expression(reader, menu, 'plain', ')'),
    block: (menu, closer) => {
      const block = statements(reader, menu, closer);
      if (peek(cursor) !== closer) {
        throw atEnd(cursor)
          ? fault(cursor, `expected closing ${closer === ']' ? 'bracket' : 'brace'}`)
          : fault(cursor, 'expected command name');
      }
      cursor.at += 1;
      return block;
    },
  };
  return reader;
}

const SEPARATORS = /(?:[ \t\r\n;]|\\\r?\n|#[^\n]*)+/y;

/** Commands one after the other. A path alone is where the next ones start from. */
function statements(reader: Reader, start: string, closer: ']' | '}' | undefined): Block {
  const { cursor } = reader;
  const found: Statement[] = [];
  let menu = start;
  const before = take(cursor, SEPARATORS);
  const opening = before !== undefined && /[\n#]/.test(before) ? { opening: start } : {};
  for (;;) {
    if (atEnd(cursor) || peek(cursor) === closer) return { statements: found, ...opening };
    if (/[\])}]/.test(peek(cursor))) throw fault(cursor, 'expected command name');
    const statement = readStatement(reader, menu);
    found.push(statement);
    if (statement.kind === 'enter') menu = statement.menu;
    const at = cursor.at;
    skipBlank(cursor);
    if (!atStatementEnd(cursor)) throw fault(cursor, 'expected end of command', cursor.at === at ? at : cursor.at);
    take(cursor, SEPARATORS);
  }
}

function readStatement(reader: Reader, menu: string): Statement {
  const { cursor } = reader;
  const line = lineOf(cursor.text, cursor.at);
  const sign = peek(cursor);
  if (sign === '{') {
    cursor.at += 1;
    return { kind: 'scope', menu: undefined, block: reader.block(menu, '}') };
  }
  if (sign === '$' || sign === '[' || sign === '(') {
    const target = callee(reader, menu);
    return { kind: 'call', target, line, arguments: readArguments(reader, menu, OPEN).arguments };
  }
  return pathStatement(reader, menu, line);
}

function callee(reader: Reader, menu: string): Node {
  const { cursor } = reader;
  if (peek(cursor) === '$') return variable(reader);
  cursor.at += 1;
  if (cursor.text[cursor.at - 1] === '(') return expression(reader, menu, 'plain', ')');
  return { kind: 'code', block: reader.block(menu, ']') };
}

/** A function takes what it is given: by name, or counted from 1. */
const OPEN: Signature = {
  positional: Array.from({ length: 32 }, (_, at) => String(at + 1)),
  slot: () => 'value',
};
const WORD = /\.\.|[A-Za-z0-9][\w.-]*/y;

const parentOf = (menu: string): string => menu.slice(0, Math.max(menu.lastIndexOf('/'), 0)) || '/';
const below = (menu: string, name: string): string => (menu === '/' ? `/${name}` : `${menu}/${name}`);

function pathStatement(reader: Reader, start: string, line: number): Statement {
  const { cursor, grammar } = reader;
  const absolute = take(cursor, /[/:]/y);
  if (absolute === undefined && !/[A-Za-z0-9.]/.test(peek(cursor))) throw fault(cursor, 'expected command name');
  let menu = absolute === undefined ? start : '/';
  let first = true;
  for (;;) {
    if (atStatementEnd(cursor)) {
      if (absolute === ':' && first) throw fault(cursor, 'expected command name');
      return { kind: 'enter', menu };
    }
    if (peek(cursor) === '{' && !first) {
      cursor.at += 1;
      return { kind: 'scope', menu, block: reader.block(menu, '}') };
    }
    const at = cursor.at;
    const word = take(cursor, WORD);
    if (word === undefined) throw fault(cursor, first && absolute === undefined ? 'expected command name' : 'syntax error');
    if (word === '..') menu = parentOf(menu);
    else {
      const step: (Step & { menu: string }) | undefined = found(grammar, menu, word, first && absolute === undefined);
      if (!step) return unknown(reader, menu, word, at);
      if (step.kind === 'command') return command(reader, step.menu, step.name, line, start);
      menu = below(step.menu, step.name);
    }
    first = false;
    separator(reader);
  }
}

/** Words alone also find the commands that work everywhere. */
function found(grammar: Grammar, menu: string, word: string, anywhere: boolean): (Step & { menu: string }) | undefined {
  const here = grammar.step(menu, word);
  if (here) return { ...here, menu };
  const root = anywhere && menu !== '/' ? grammar.step('/', word) : undefined;
  return root?.kind === 'command' ? { ...root, menu: '/' } : undefined;
}

/** Between two words of a path stands one slash or a space, not both. */
function separator(reader: Reader): void {
  const { cursor } = reader;
  const slash = take(cursor, /\//y) !== undefined;
  if (slash && peek(cursor) === '/') throw fault(cursor, 'syntax error');
  const blank = skipBlank(cursor);
  if (blank && peek(cursor) === '/') throw fault(cursor, 'syntax error');
  if (!slash && !blank && !atStatementEnd(cursor) && peek(cursor) !== '{') throw fault(cursor, 'syntax error');
}

function command(reader: Reader, menu: string, name: string, line: number, context: string): Statement {
  const signature = reader.grammar.signature(menu, name);
  // What is in brackets or braces belongs to the menu of the command, or to where one stands for the commands of everywhere.
  const read = readArguments(reader, menu === '/' ? context : menu, signature);
  return { kind: 'command', menu, name, line, ...read };
}

function unknown(reader: Reader, menu: string, word: string, at: number): Statement {
  const { cursor } = reader;
  if (!atStatementEnd(cursor) && !/[\s\\]/.test(peek(cursor))) throw fault(cursor, 'syntax error');
  const message = `bad command name ${word} ${position(cursor.text, at)}`;
  const rest = readArguments(reader, menu, OPEN).arguments;
  return { kind: 'unknown', message, words: [word, ...rest.map(wordOf)] };
}

function wordOf({ name, value }: Argument): string {
  const text = value?.kind === 'value' ? textOf(value.value) : '';
  return /^\d+$/.test(name) ? text : `${name}=${text}`;
}
