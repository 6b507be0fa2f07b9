import type { Rows } from './rows.ts';
import type { Step } from './subject.ts';

/** A row that was moved, or taken away, in a menu whose order means something. */
export interface Placed {
  readonly menu: string;
  readonly id: string;
  readonly index: number;
  readonly moved: boolean;
}

/**
 * Rows whose places are restored, each after the one it stood before: once the rest of the menu and its successor stand as they stood,
 * putting a row right before its successor is exact, however far the plan had come.
 */
export function placedRows(rows: Rows, steps: readonly Step[]): readonly Placed[] {
  const touched = new Map<string, Placed>();
  const key = (menu: string, id: string): string => `${menu} ${id}`;
  for (const { index, change } of steps) {
    if (change.place === undefined || change.row.startsWith('#') || (change.verb !== 'move' && change.verb !== 'remove')) continue;
    const at = key(change.menu, change.row);
    const moved = change.verb === 'move' || touched.get(at)?.moved === true;
    touched.set(at, { menu: change.menu, id: change.row, index, moved });
  }
  const ordered = new Set<Placed>();
  const visit = (row: Placed, depth: number): void => {
    if (ordered.has(row)) return;
    const next = rows.successor(row.menu, row.id);
    const before = next === null ? undefined : touched.get(key(row.menu, next));
    if (before && depth < touched.size) visit(before, depth + 1);
    ordered.add(row);
  };
  for (const row of touched.values()) visit(row, 0);
  return [...ordered];
}

/** The static rows of a menu: only their order is an order. */
const staticIds = (menu: string): string => `[${menu}/find where !dynamic]`;

/** Where a row stands now: what `next` says. */
export const placeNow = (menu: string, row: string): string => `[$next ${staticIds(menu)} ${row}]`;

/** Back before its former successor; where that is gone, behind its former predecessor. */
export function undoPlace(rows: Rows, { menu, id, moved }: Placed): string {
  const row = rows.name(menu, id);
  const next = rows.successor(menu, id);
  const previous = rows.predecessor(menu, id);
  const target = next === null ? '""' : rows.name(menu, next);
  const move = next === null ? `${menu}/move ${row}` : `${menu}/move ${row} destination=${target}`;
  const behind =
    previous === null
      ? ''
      : `:local b ${placeNow(menu, rows.name(menu, previous))}; :if ($b = "") do={ ${menu}/move ${row} } else={ :if ($b != "none" and $b != [:tostr ${row}]) do={ ${menu}/move ${row} destination=$b } }`;
  const work = `:local at ${placeNow(menu, row)}; :if ($at != "none" and $at != [:tostr ${target}]) do={ :do { ${move} } on-error={ :log warning "mk-cc: a neighbour is gone"; ${behind} } }`;
  // Where a row was never taken away nobody moved it.
  return moved ? work : `:if ([:tostr ${row}] != "${id}") do={ ${work} }`;
}
