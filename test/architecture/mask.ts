/**
 * Source text with everything blanked that is not code: comments, the insides of strings, templates and regular expressions,
 * text between JSX tags. Length and line ends stay, so that a place in one is the same place in the other.
 *
 * A small lexer instead of a parser: TypeScript 7 has no stable one to offer, and what is asked here needs only to know code from text.
 */
export function mask(text: string, jsx: boolean): string {
  const lexer: Lexer = { text, jsx, out: text.split(''), modes: [{ kind: 'code', depth: 0 }] };
  let at = 0;
  while (at < text.length) {
    const mode = lexer.modes.at(-1);
    if (mode === undefined) break;
    if (mode.kind === 'code') at = code(lexer, mode, at);
    else if (mode.kind === 'template') at = template(lexer, at);
    else if (mode.kind === 'tag') at = tag(lexer, mode, at);
    else at = children(lexer, at);
  }
  return lexer.out.join('');
}

type Code = { readonly kind: 'code'; depth: number };
type Tag = { readonly kind: 'tag'; readonly closing: boolean };
type Mode = Code | Tag | { readonly kind: 'template' } | { readonly kind: 'children' };

interface Lexer {
  readonly text: string;
  readonly jsx: boolean;
  readonly out: string[];
  readonly modes: Mode[];
}

function blank(lexer: Lexer, from: number, to: number): number {
  for (let at = from; at < to; at += 1) if (lexer.out[at] !== '\n') lexer.out[at] = ' ';
  return to;
}

/** The last characters of code before a place. */
function before(lexer: Lexer, at: number): string {
  let end = at - 1;
  while (end >= 0 && /\s/.test(lexer.out[end] ?? '')) end -= 1;
  return lexer.out.slice(Math.max(0, end - 11), end + 1).join('');
}

const EXPRESSION_FOLLOWS = /(?:^|[=(,:[!&|?{;+\-*%~^]|=>|\b(?:return|typeof|case|in|of|do|else|void|delete|await|yield|default))$/;

function code(lexer: Lexer, mode: Code, at: number): number {
  const { text } = lexer;
  const two = text.slice(at, at + 2);
  if (two === '//') return blank(lexer, at, orEnd(text, text.indexOf('\n', at)));
  if (two === '/*') return blank(lexer, at, orEnd(text, text.indexOf('*/', at + 2) + 2, 2));
  const one = text.charAt(at);
  if (one === "'" || one === '"') return quoted(lexer, at, one);
  if (one === '`') return enter(lexer, { kind: 'template' }, at + 1);
  if (one === '/' && EXPRESSION_FOLLOWS.test(before(lexer, at))) return regularExpression(lexer, at);
  if (one === '<' && lexer.jsx && opensTag(lexer, at)) return enter(lexer, { kind: 'tag', closing: false }, at + 1);
  if (one === '{') mode.depth += 1;
  if (one === '}') {
    if (mode.depth === 0 && lexer.modes.length > 1) lexer.modes.pop();
    else mode.depth -= 1;
  }
  return at + 1;
}

const orEnd = (text: string, found: number, least = 0): number => (found < least ? text.length : found);

function enter(lexer: Lexer, mode: Mode, at: number): number {
  lexer.modes.push(mode);
  return at;
}

/** A quote without its twin on the same line is no string. */
function quoted(lexer: Lexer, at: number, quote: string): number {
  for (let end = at + 1; end < lexer.text.length; end += 1) {
    const one = lexer.text.charAt(end);
    if (one === '\n') break;
    if (one === '\\') end += 1;
    else if (one === quote) return blank(lexer, at + 1, end) + 1;
  }
  return at + 1;
}

function regularExpression(lexer: Lexer, at: number): number {
  let inClass = false;
  for (let end = at + 1; end < lexer.text.length; end += 1) {
    const one = lexer.text.charAt(end);
    if (one === '\n') break;
    if (one === '\\') end += 1;
    else if (one === '[') inClass = true;
    else if (one === ']') inClass = false;
    else if (one === '/' && !inClass) return blank(lexer, at + 1, end) + 1;
  }
  return at + 1;
}

/** `<` begins an element where an expression may begin; after a name it is a comparison or a type argument. */
function opensTag(lexer: Lexer, at: number): boolean {
  const rest = lexer.text.slice(at, at + 60);
  return /^<[A-Za-z>]/.test(rest) && !/^<\w+(?:,| extends )/.test(rest) && EXPRESSION_FOLLOWS.test(before(lexer, at));
}

function template(lexer: Lexer, at: number): number {
  const one = lexer.text.charAt(at);
  if (one === '\\') return blank(lexer, at, Math.min(at + 2, lexer.text.length));
  if (one === '`') {
    lexer.modes.pop();
    return at + 1;
  }
  if (lexer.text.startsWith('${', at)) {
    blank(lexer, at, at + 1);
    return enter(lexer, { kind: 'code', depth: 0 }, at + 2);
  }
  return blank(lexer, at, at + 1);
}

function tag(lexer: Lexer, mode: Tag, at: number): number {
  const one = lexer.text.charAt(at);
  if (one === '"' || one === "'") return blank(lexer, at + 1, orEnd(lexer.text, lexer.text.indexOf(one, at + 1))) + 1;
  if (one === '{') return enter(lexer, { kind: 'code', depth: 0 }, at + 1);
  if (lexer.text.startsWith('/>', at)) {
    lexer.modes.pop();
    return at + 2;
  }
  if (one === '>') {
    lexer.modes.pop();
    if (mode.closing) lexer.modes.pop();
    else lexer.modes.push({ kind: 'children' });
  }
  return at + 1;
}

function children(lexer: Lexer, at: number): number {
  const one = lexer.text.charAt(at);
  if (one === '{') return enter(lexer, { kind: 'code', depth: 0 }, at + 1);
  if (lexer.text.startsWith('</', at)) return enter(lexer, { kind: 'tag', closing: true }, at + 2);
  if (one === '<') return enter(lexer, { kind: 'tag', closing: false }, at + 1);
  return blank(lexer, at, at + 1);
}

/** The line of a place, from 1. */
export const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;
