import type { Selector } from '../lib/index.ts';
import { spelled } from './argv.ts';
import { UsageError } from './failure.ts';

export const WHICH = 'Say which router: --device NAME. routeros-mcp device list has them all.';

/** `servers=1.1.1.1,8.8.8.8` as a name and its text; the library reads the text as RouterOS writes it. */
export function pairs(words: readonly string[], what: string): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) throw new UsageError(`${spelled(word)} is no ${what}.`, 'Write field=value, for example comment="uplink to core".');
    const name = word.slice(0, at);
    if (found.has(name)) throw new UsageError(`${spelled(name)} is given twice.`, 'Give each field once.');
    found.set(name, word.slice(at + 1));
  }
  return Object.fromEntries(found);
}

/** A row by id or by fields; undefined where neither was given. */
export function selector(flag: string, id: string | undefined, where: readonly string[]): Selector | undefined {
  if (id !== undefined && where.length > 0) throw new UsageError(`The row is named twice: by --${flag} and by its id.`, 'Use one of them.');
  if (id !== undefined) return { id };
  return where.length > 0 ? pairs(where, `condition for --${flag}`) : undefined;
}

/** `a,b` and repeated flags alike. */
export const listed = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => text.split(',')).flatMap((text) => (text.trim() === '' ? [] : [text.trim()]));

/** One of a fixed set of words. */
export function oneOf<Word extends string>(flag: string, text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new UsageError(`--${flag} does not take ${spelled(text)}.`, `Use one of: ${words.join(', ')}.`, { allowed: words });
}

/** A flag without which the command makes no sense. */
export function needed(flag: string, text: string | undefined, hint: string): string {
  if (text !== undefined) return text;
  throw new UsageError(`--${flag} is missing.`, hint);
}
