import type { Key } from 'ink';
import { graphemes } from './terminal/width.ts';

/** Keys by the names that `keys.ts` uses. */
const NAMED: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'PgUp'],
  ['pageDown', 'PgDn'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'Enter'],
  ['escape', 'Esc'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/** Control characters inside a burst of typed text. */
const CONTROLS: Readonly<Record<string, string>> = { '\r': 'Enter', '\n': 'Enter', '\t': 'tab', ' ': 'space' };

/**
 * What Ink reports, as key names, one after another: keys that were pressed faster than we read arrive in one piece.
 * `alt` keys and what has no name are dropped.
 */
export function keyNames(input: string, key: Key): readonly string[] {
  const named = NAMED.find(([flag]) => key[flag] === true);
  if (named) return [named[1]];
  if (key.tab) return [key.shift ? 'shift+tab' : 'tab'];
  if (key.ctrl) return input === '' ? [] : [`ctrl+${input}`];
  if (key.meta) return [];
  return graphemes(input).flatMap((one) => {
    const control = CONTROLS[one === '\r\n' ? '\r' : one];
    if (control !== undefined) return [control];
    return /\p{Cc}/u.test(one) ? [] : [one];
  });
}
