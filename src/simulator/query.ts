import { parseDuration } from './durations.ts';
import { refuse } from './errors.ts';
import type { Row } from './state/row.ts';

/**
 * RouterOS query words over one row: `name=v`, `>name=v`, `<name=v`, `name` (has), `-name` (has not), and stack operations
 * `#|` `#&` `#!` (also run together, `#|!`). What is left on the stack must hold, all of it.
 */
export function matches(row: Readonly<Row>, words: readonly string[]): boolean {
  const stack: boolean[] = [];
  for (const word of words) {
    if (word.startsWith('#')) operate(stack, word.slice(1));
    else stack.push(test(row, word.startsWith('?') ? word.slice(1) : word));
  }
  return stack.every(Boolean);
}

function operate(stack: boolean[], operations: string): void {
  for (const operation of operations) {
    const top = stack.pop();
    if (top === undefined) throw refuse('invalid query');
    if (operation === '!') {
      stack.push(!top);
      continue;
    }
    const below = stack.pop();
    if (below === undefined || (operation !== '|' && operation !== '&')) throw refuse('invalid query');
    stack.push(operation === '|' ? top || below : top && below);
  }
}

function test(row: Readonly<Row>, word: string): boolean {
  if (word.startsWith('-') && !word.includes('=')) return !Object.hasOwn(row, word.slice(1));
  const sign = /^[<>=]/.exec(word)?.[0] ?? '=';
  const text = /^[<>=]/.test(word) ? word.slice(1) : word;
  const at = text.indexOf('=');
  if (at < 0) return Object.hasOwn(row, text);
  const has = row[text.slice(0, at)];
  if (has === undefined) return false;
  const wanted = text.slice(at + 1);
  if (sign === '=') return same(has, wanted);
  const order = compare(has, wanted);
  return sign === '<' ? order < 0 : order > 0;
}

const WORDS: Readonly<Record<string, string>> = Object.freeze({ yes: 'true', no: 'false' });

/** `yes` finds what is stored as `true`. */
const same = (has: string, wanted: string): boolean => has === wanted || WORDS[wanted] === has;

/** Numbers and durations by size, everything else by its letters. */
function compare(a: string, b: string): number {
  if (/^-?\d+$/.test(a) && /^-?\d+$/.test(b)) {
    const left = BigInt(a);
    const right = BigInt(b);
    return left < right ? -1 : left > right ? 1 : 0;
  }
  const [left, right] = [parseDuration(a), parseDuration(b)];
  if (left !== undefined && right !== undefined) return left - right;
  return a < b ? -1 : a > b ? 1 : 0;
}
