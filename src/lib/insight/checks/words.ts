import { cleanText } from '../../core/clean.ts';
import { InputError } from '../../core/errors.ts';

const LONGEST = 200;

/**
 * The words of a line; double quotes keep spaces together, and stand in no word.
 * @throws InputError it is too long, or holds what no name and no address holds
 * @example wordsOf('neighbour "core switch"') // ['neighbour', 'core switch']
 */
export function wordsOf(text: string): readonly string[] {
  if (text.length > LONGEST) throw unusable(`A check has at most ${LONGEST} characters.`);
  if (cleanText(text) !== text || /[\n\t\\$[\]{};`]/.test(text)) {
    throw unusable('A check holds letters, digits and plain punctuation only: no control characters, and none of \\ $ [ ] { } ; `.');
  }
  const words = [...text.matchAll(/(?:"[^"]*"|[^\s"])+/g)].map(([word]) => word.replaceAll('"', ''));
  if ((text.split('"').length - 1) % 2 === 1) throw unusable('A quotation mark is left open.');
  return words;
}

const unusable = (message: string): InputError => new InputError(message, { hint: 'Write one check, as in: ping 192.0.2.1' });
