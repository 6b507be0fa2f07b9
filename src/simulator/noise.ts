/** Deterministic randomness: the same seed and words give the same number, on every machine and in any order. */

/** FNV-1a over the words, finished with an avalanche step so that neighbours differ. */
export function hash(seed: number, ...words: readonly (string | number)[]): number {
  let h = (0x811c9dc5 ^ seed) >>> 0;
  for (const character of words.join('\u0001')) h = Math.imul(h ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b) >>> 0;
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35) >>> 0;
  return (h ^ (h >>> 16)) >>> 0;
}

/** A number in [0, 1). */
export const noise = (seed: number, ...words: readonly (string | number)[]): number => hash(seed, ...words) / 0x1_0000_0000;

/** A text of `length` characters from `alphabet`. */
export function noiseText(alphabet: string, length: number, seed: number, ...words: readonly (string | number)[]): string {
  let text = '';
  for (let at = 0; at < length; at += 1) text += alphabet.charAt(hash(seed, ...words, at) % alphabet.length);
  return text;
}
