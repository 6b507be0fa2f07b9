/** A stream of numbers that a seed decides: the only source of chance in a simulated run. */
export interface Rng {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  /** A stream of its own, which does not move this one: what one part draws does not change what another part gets. */
  fork(name: string): Rng;
}

/** FNV-1a with a final mix: names and numbers to 32 bits. */
function mixed(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** xoshiro128**: four words of state, a period of 2^128 - 1. */
function words(seed: string): () => number {
  let [a, b, c, d] = [1, 2, 3, 4].map((nth) => mixed(`${seed}/${nth}`)) as [number, number, number, number];
  if ((a | b | c | d) === 0) a = 1;
  return () => {
    const turned = Math.imul(b, 5);
    const result = Math.imul((turned << 7) | (turned >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
}

/** @param seed the same one gives the same stream, on every machine */
export function rngOf(seed: number | string): Rng {
  const word = words(String(seed));
  const next = (): number => word() / 0x1_0000_0000;
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (values) => {
      const value = values[int(0, values.length - 1)];
      if (value === undefined) throw new RangeError('nothing to pick from');
      return value;
    },
    fork: (name) => rngOf(`${seed}:${name}`),
  };
}
