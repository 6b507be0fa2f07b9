import { lineAt } from './mask.ts';

export interface Measured {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

const OPEN = '([{';
const CLOSE = ')]}';
const NO_FUNCTION = /\b(?:if|for|while|switch|catch|with|case|await)\s*$/;

/**
 * Every function of a masked source with its length: from its parameters to the end of its body, inner functions included.
 * A function is a list of parameters that is followed, after an optional type, by `{` or by `=>`.
 */
export function functions(code: string): readonly Measured[] {
  const pairs = brackets(code);
  const ends = new Map<number, number>();
  for (const [open, close] of pairs) {
    if (code[open] !== '(' || NO_FUNCTION.test(headOf(code, open))) continue;
    const end = bodyEnd(code, pairs, close + 1);
    // A result type in parentheses, or a function that returns a function, shares the end: it counts from its first parameter.
    if (end !== undefined) ends.set(end, Math.min(open, ends.get(end) ?? open));
  }
  return [...ends].map(([end, open]) => ({
    name: nameIn(headOf(code, open)),
    line: lineAt(code, open),
    lines: code.slice(open, end + 1).split('\n').length,
  }));
}

const headOf = (code: string, open: number): string => code.slice(Math.max(0, open - 200), open);

/** Where each bracket is closed. What has no twin is left out. */
function brackets(code: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const waiting: number[] = [];
  for (let at = 0; at < code.length; at += 1) {
    const one = code.charAt(at);
    if (OPEN.includes(one)) waiting.push(at);
    else if (CLOSE.includes(one)) {
      const open = waiting.findLastIndex((place) => OPEN.indexOf(code.charAt(place)) === CLOSE.indexOf(one));
      if (open >= 0) pairs.set(waiting[open] ?? 0, at);
      if (open >= 0) waiting.length = open;
    }
  }
  return pairs;
}

/** The last character of the body that follows a list of parameters, or undefined where none does. */
function bodyEnd(code: string, pairs: ReadonlyMap<number, number>, from: number): number | undefined {
  const next = skipSpace(code, from);
  if (code[next] === '{') return pairs.get(next);
  if (code.startsWith('=>', next)) return expressionEnd(code, pairs, next + 2);
  return code[next] === ':' ? afterType(code, pairs, next + 1) : undefined;
}

const skipSpace = (code: string, from: number): number => from + (/^\s*/.exec(code.slice(from))?.[0].length ?? 0);

/** After one of these a brace opens a type; after a word or a closing bracket it opens the body. */
const TYPE_GOES_ON = /(?:[:|&<,(?=]|=>|\b(?:is|keyof|extends|infer|typeof|readonly))\s*$/;

/** Walks over a result type to the body. */
function afterType(code: string, pairs: ReadonlyMap<number, number>, from: number): number | undefined {
  let angles = 0;
  for (let at = from; at < code.length; at += 1) {
    const one = code.charAt(at);
    if (code.startsWith('=>', at)) {
      // `): (() => void) => x` and `): Type => x`: the first arrow outside brackets is the function's own.
      if (angles === 0) return expressionEnd(code, pairs, at + 2);
      at += 1;
    } else if (one === '<') angles += 1;
    else if (one === '>') angles -= 1;
    else if (one === '{' && angles === 0 && !TYPE_GOES_ON.test(code.slice(from - 1, at))) return pairs.get(at);
    else if (OPEN.includes(one)) at = pairs.get(at) ?? code.length;
    else if (angles === 0 && (CLOSE.includes(one) || one === ';' || one === ',')) return undefined;
  }
  return undefined;
}

/** The end of an arrow's body: its brace, or the end of its expression. */
function expressionEnd(code: string, pairs: ReadonlyMap<number, number>, from: number): number | undefined {
  const start = skipSpace(code, from);
  if (code[start] === '{') return pairs.get(start);
  for (let at = start; at < code.length; at += 1) {
    const one = code.charAt(at);
    if (OPEN.includes(one)) at = pairs.get(at) ?? code.length;
    else if (CLOSE.includes(one) || one === ';' || one === ',') return at - 1;
  }
  return undefined;
}

const ASSIGNED = /\b(?:const|let)\s+([\w$]+)[^=;]*=\s*(?:async\s*)?(?:<[^()]*>\s*)?$/;
const DECLARED = /([\w$]+)\s*(?:<[^()]*>)?$/;

function nameIn(head: string): string {
  const name = ASSIGNED.exec(head)?.[1] ?? DECLARED.exec(head.split('\n').at(-1) ?? '')?.[1];
  return name === undefined || name === 'async' || name === 'function' ? 'a function' : name;
}
