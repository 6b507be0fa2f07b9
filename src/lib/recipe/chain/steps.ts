import type { Content } from './difference.ts';
import { type Pair, pairsOf, standing } from './pairs.ts';

/** One step on the way from a chain to another. `before` is the row it goes in front of; null is the end of all rules. */
export type Step =
  | { readonly verb: 'add'; readonly wanted: number; readonly before: string | null }
  | { readonly verb: 'set'; readonly id: string; readonly wanted: number }
  | { readonly verb: 'move'; readonly id: string; readonly before: string | null }
  | { readonly verb: 'remove'; readonly id: string };

export interface Rule {
  readonly id: string;
  readonly content: Content;
}

/** What becomes of a rule that stays. */
type Fate = 'stands' | 'rises' | 'sinks';

interface Course {
  readonly rules: readonly Rule[];
  readonly wanted: readonly Content[];
  readonly fates: ReadonlyMap<Pair, Fate>;
  /** Ids of all static rows of the table, as they stand after the steps so far. */
  readonly order: string[];
  /** Ids of the wanted rules that are where they belong, by wanted place. */
  readonly settled: Map<number, string>;
  readonly steps: Step[];
}

/**
 * The steps that make a chain exactly the wanted one. After each of them a packet that is judged by the first rule that fits it meets
 * either the verdict of the old chain or that of the new one:
 * from the top, what is new and what rises is put right behind the rule that is wanted above it, so that it covers only what is below;
 * then, from the bottom, what is no longer wanted goes and what sinks is moved, so that all that comes to light is already as wanted.
 * The chain is therefore never empty, and a last rule that drops the rest is never missing. Undone backwards, it passes the same states.
 * @param order ids of all static rows of the table, of other chains too
 * @param rules the static rules of the chain, in their order
 */
export function stepsBetween(order: readonly string[], rules: readonly Rule[], wanted: readonly Content[]): readonly Step[] {
  const all = pairsOf(
    rules.map(({ content }) => content),
    wanted,
  );
  const fates = fatesOf(all);
  const course: Course = { rules, wanted, fates, order: [...order], settled: new Map(), steps: [] };
  for (const [pair, fate] of fates) if (fate === 'stands') course.settled.set(pair.wanted, idAt(course, pair.is));
  fromTheTop(course);
  fromTheBottom(course);
  return course.steps;
}

/** A rule that rises must not take fewer packets later, one that sinks not more: such a rule is added anew instead. */
function fatesOf(pairs: readonly Pair[]): ReadonlyMap<Pair, Fate> {
  const stays = standing(pairs);
  const fates = new Map<Pair, Fate>();
  let above = -1;
  for (const pair of pairs) {
    if (stays.has(pair)) above = pair.is;
    const fate: Fate = stays.has(pair) ? 'stands' : pair.is < above ? 'sinks' : 'rises';
    const spoilt = fate === 'rises' ? 'fewer packets' : fate === 'sinks' ? 'more packets' : undefined;
    if (pair.difference !== spoilt) fates.set(pair, fate);
  }
  return fates;
}

function fromTheTop(course: Course): void {
  const byPlace = new Map([...course.fates].map(([pair, fate]) => [pair.wanted, { pair, fate }]));
  let added = 0;
  for (const at of course.wanted.keys()) {
    const { pair, fate } = byPlace.get(at) ?? {};
    if (fate === 'sinks') continue;
    if (!pair) {
      const before = placeBehind(course, at);
      const id = `#${added}`;
      added += 1;
      course.steps.push({ verb: 'add', wanted: at, before });
      settle(course, at, id, before);
      continue;
    }
    const id = idAt(course, pair.is);
    // What it takes less than before is given up on the way back, when all below is as wanted.
    if (pair.difference !== 'none' && pair.difference !== 'fewer packets') course.steps.push({ verb: 'set', id, wanted: at });
    if (fate === 'rises') move(course, at, id);
  }
}

function fromTheBottom(course: Course): void {
  const byPlace = new Map([...course.fates].map(([pair, fate]) => [pair.is, { pair, fate }]));
  for (const at of [...course.rules.keys()].reverse()) {
    const { pair, fate } = byPlace.get(at) ?? {};
    const id = idAt(course, at);
    if (!pair) {
      course.steps.push({ verb: 'remove', id });
      course.order.splice(course.order.indexOf(id), 1);
      continue;
    }
    if (fate === 'sinks') move(course, pair.wanted, id);
    if (pair.difference === 'fewer packets' || (fate === 'sinks' && pair.difference !== 'none'))
      course.steps.push({ verb: 'set', id, wanted: pair.wanted });
  }
}

const idAt = ({ rules }: Course, at: number): string => rules[at]?.id ?? '';

/** Right behind the nearest wanted rule above it that is in place; in front of the whole chain where there is none. */
function placeBehind({ order, rules, settled }: Course, wanted: number): string | null {
  for (let at = wanted - 1; at >= 0; at -= 1) {
    const above = settled.get(at);
    if (above !== undefined) return order[order.indexOf(above) + 1] ?? null;
  }
  const ours = new Set([...rules.map(({ id }) => id), ...settled.values()]);
  return order.find((id) => ours.has(id)) ?? null;
}

function move(course: Course, wanted: number, id: string): void {
  course.order.splice(course.order.indexOf(id), 1);
  const before = placeBehind(course, wanted);
  course.steps.push({ verb: 'move', id, before });
  settle(course, wanted, id, before);
}

function settle({ order, settled }: Course, wanted: number, id: string, before: string | null): void {
  order.splice(before === null ? order.length : order.indexOf(before), 0, id);
  settled.set(wanted, id);
}
