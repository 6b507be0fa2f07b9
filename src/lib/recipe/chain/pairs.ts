import { canonical } from '../../core/canonical.ts';
import { type Content, type Difference, differenceOf, differing } from './difference.ts';

/** A rule that stays: where it is, where it is wanted, and how it has to change. Places are counted within the chain, from 0. */
export interface Pair {
  readonly is: number;
  readonly wanted: number;
  readonly difference: Difference;
}

/**
 * Finds out which rules of a chain stay: those that say the same (the n-th of its kind for the n-th), then those that are known by their
 * comment or differ in one field, as far as they can be set in place without a packet meeting a verdict that neither chain has.
 */
export function pairsOf(is: readonly Content[], wanted: readonly Content[]): readonly Pair[] {
  const pairs = equals(is, wanted);
  const only = onlyChange(is, wanted, pairs);
  if (only) return [...pairs, only].sort((a, b) => a.wanted - b.wanted);
  const taken = { is: new Set(pairs.map((pair) => pair.is)), wanted: new Set(pairs.map((pair) => pair.wanted)) };
  for (const alike of [sameComment(is, wanted), oneField(is, wanted)]) {
    for (const [at] of wanted.entries()) {
      const from = taken.wanted.has(at) ? undefined : [...is.keys()].find((one) => !taken.is.has(one) && alike(one, at));
      if (from === undefined) continue;
      taken.is.add(from);
      taken.wanted.add(at);
      pairs.push({ is: from, wanted: at, difference: differenceAt(is, wanted, from, at) });
    }
  }
  return pairs.sort((a, b) => a.wanted - b.wanted);
}

function equals(is: readonly Content[], wanted: readonly Content[]): Pair[] {
  const places = new Map<string, number[]>();
  for (const [at, content] of is.entries()) {
    const key = canonical(content);
    places.set(key, [...(places.get(key) ?? []), at]);
  }
  return wanted.flatMap((content, at): readonly Pair[] => {
    const from = places.get(canonical(content))?.shift();
    return from === undefined ? [] : [{ is: from, wanted: at, difference: 'none' }];
  });
}

/** A single rule is another and all else is as it was: one step, and no moment in between. */
function onlyChange(is: readonly Content[], wanted: readonly Content[], pairs: readonly Pair[]): Pair | undefined {
  if (is.length !== wanted.length || pairs.length !== is.length - 1 || pairs.some((pair) => pair.is !== pair.wanted)) return undefined;
  const at = [...wanted.keys()].find((one) => pairs[one]?.wanted !== one) ?? 0;
  const [was, will] = [is[at] ?? {}, wanted[at] ?? {}];
  const known = will['comment'] !== undefined && was['comment'] === will['comment'];
  return known || differing(was, will).length === 1 ? { is: at, wanted: at, difference: differenceOf(was, will) } : undefined;
}

type Alike = (is: number, wanted: number) => boolean;

const differenceAt = (is: readonly Content[], wanted: readonly Content[], from: number, at: number): Difference =>
  differenceOf(is[from] ?? {}, wanted[at] ?? {});

function sameComment(is: readonly Content[], wanted: readonly Content[]): Alike {
  const [there, asked] = [commentsOf(is), commentsOf(wanted)];
  return (from, at) => {
    const comment = wanted[at]?.['comment'];
    if (comment === undefined || is[from]?.['comment'] !== comment) return false;
    // A comment that several rules have names none of them.
    return there.get(comment) === 1 && asked.get(comment) === 1 && differenceAt(is, wanted, from, at) !== 'other packets';
  };
}

const oneField =
  (is: readonly Content[], wanted: readonly Content[]): Alike =>
  (from, at) =>
    differing(is[from] ?? {}, wanted[at] ?? {}).length === 1 && differenceAt(is, wanted, from, at) !== 'other packets';

function commentsOf(rules: readonly Content[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { comment } of rules) if (comment !== undefined) counts.set(comment, (counts.get(comment) ?? 0) + 1);
  return counts;
}

/** Of pairs in their wanted order, the most that can stay where they are: the longest run that rises in the chain as it is. */
export function standing(pairs: readonly Pair[]): ReadonlySet<Pair> {
  /** `ends[n]`: the pair that ends the best run of n + 1 so far. */
  const ends: Pair[] = [];
  const before = new Map<Pair, Pair>();
  for (const pair of pairs) {
    const at = ends.findIndex((end) => end.is > pair.is);
    const length = at < 0 ? ends.length : at;
    const last = ends[length - 1];
    if (last) before.set(pair, last);
    ends[length] = pair;
  }
  const run = new Set<Pair>();
  for (let pair = ends.at(-1); pair; pair = before.get(pair)) run.add(pair);
  return run;
}
