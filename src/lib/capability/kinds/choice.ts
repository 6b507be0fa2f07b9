import { z } from 'zod';
import { fieldOf, type Kind } from '../field.ts';
import { listKind } from './list-of.ts';

/** On or off, and words from a set. */

/** The words a declaration names; at least one. */
export type Words = readonly [string, ...string[]];

/** Booleans come as `true`, `yes`, or present but empty; a missing one is false, or what `fallback` says. Requests are sent `yes` or `no`. */
const flagKind: Kind<boolean> = {
  shape: { name: 'flag' },
  schema: z.boolean(),
  example: 'yes',
  allowed: 'yes or no',
  absent: 'no',
  decode: (text) => (text === '' || text === 'true' || text === 'yes' ? true : text === 'false' || text === 'no' ? false : undefined),
  encode: (value) => (value ? 'yes' : 'no'),
};

/** A word that was a switch once, or still is for some of its values, is written `true` and `false` over REST. */
const SWITCHED: Readonly<Record<string, string>> = { true: 'yes', false: 'no' };

/** One word of a set. */
export const wordOfKind = (values: Words): Kind<string> => ({
  shape: { name: 'enum', values },
  schema: z.enum(values),
  example: values[0],
  allowed: `one of ${values.join(', ')}`,
  decode: (text) => [text, SWITCHED[text] ?? text].find((word) => values.includes(word)),
  encode: (value) => value,
});

/** Several words of a set in one text: comma-joined, sorted, each once. */
const severalKind = (values: Words, tidy: (text: string) => string | undefined): Kind<string> => {
  const allowed = `a list, joined by commas, of: ${values.join(', ')}`;
  return {
    shape: { name: 'enum', values, several: true },
    schema: z.string().refine((value) => tidy(value) !== undefined, allowed),
    example: values[0],
    allowed,
    decode: tidy,
    encode: (value) => tidy(value) ?? value,
  };
};

/** Words of a closed set, of which at least one is said. */
export function wordsOfKind(values: Words): Kind<string> {
  const inner = listKind(wordOfKind(values), false);
  return severalKind(values, (text) => {
    const members = text === '' ? undefined : inner.decode(text);
    return members && inner.encode(members);
  });
}

/** Words of an open set: RouterOS also names those that are off (`read,!ftp`), which says nothing; a word not known here is kept. */
const wordsOnKind = (known: Words): Kind<string> =>
  severalKind(known, (text) => {
    const parts = text.split(',').map((part) => part.trim());
    const on = parts.filter((part) => !part.startsWith('!'));
    return on.length > 0 && parts.every((part) => /^!?[A-Za-z0-9][\w.-]*$/.test(part)) ? [...new Set(on)].sort().join(',') : undefined;
  });

export const flag = fieldOf(flagKind);
export const oneOf = (...values: Words) => fieldOf(wordOfKind(values));
/**
 * Yes, no, or not said, where not saying is not a no and nobody knows what it is: a wireless profile leaves it to another one, or what a
 * new row has was never recorded. A switch that a new row is known to have on is a `flag` with `fallback: 'yes'`.
 */
export const openFlag = oneOf('no', 'yes');
/** Words that are on. */
export const wordsOn = (...known: Words) => fieldOf(wordsOnKind(known));
