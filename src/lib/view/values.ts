import type { Part } from './define.ts';

/** What views do with values that may be unknown: null stays null. */

export type Item = Readonly<Record<string, unknown>>;
export type Parts = Readonly<Record<string, Part>>;

/** The rows of a part; none where the router has no such menu. */
export const rowsOf = (part: Part | undefined): readonly Item[] => part?.items ?? [];
/** Rows that were read, or null where there are none to read. */
export const listOf = <Out>(part: Part | undefined, row: (item: Item) => Out): readonly Out[] | null =>
  !part || part.missing !== undefined ? null : part.items.map(row);
/** How many there are; null where that was not told. */
export const totalOf = (part: Part | undefined): number | null => (!part || part.missing !== undefined ? null : part.total);
/** The one item of a menu that has one. */
export const onlyOf = (part: Part | undefined): Item => part?.items[0] ?? {};

export const numberOf = (value: unknown): number | null => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : null;
};
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
export const flagOf = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);
/** An empty text says nothing either. */
export const orNull = (value: unknown): unknown => (value === '' ? null : (value ?? null));

/** Some fields of an item under their own names, null where unknown. */
export const pick = (item: Item, ...names: readonly string[]): Item => Object.fromEntries(names.map((name) => [name, orNull(item[name])]));

/** Share in percent with one decimal; null where a side of it is unknown. */
export const percentOf = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole <= 0 ? null : Math.round((part / whole) * 1_000) / 10;

/** How many rows have each value of a field, most first. A list and not an object: values of routers are no names of ours. */
export function tally(
  items: readonly Item[],
  by: (item: Item) => unknown,
): readonly { readonly value: string | null; readonly count: number }[] {
  const counts = new Map<string | null, number>();
  for (const item of items) counts.set(textOf(by(item)), (counts.get(textOf(by(item))) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).toSorted((a, b) => b.count - a.count);
}
