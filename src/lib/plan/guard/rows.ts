import type { Row } from '../../client/types.ts';
import { isRowId } from './quoted.ts';
import type { Step, Subject } from './subject.ts';

/** How the script names rows. Rows that come and go have a variable: they get a new id. */
export interface Rows {
  /** A row as an argument: `*1B`, or a variable. */
  name(menu: string, id: string): string;
  /** The variable of a row that this change adds or removes. */
  variable(index: number): string;
  /** Every content a row that the plan adds has had, the last one first. */
  contents(step: Step): readonly Row[];
  /** The base row a row stood before; null for the last. */
  successor(menu: string, id: string): string | null;
  predecessor(menu: string, id: string): string | null;
}

export const variableOf = (index: number): string => `row${index}`;
/** Ids of rows that looked the same before the plan was applied. */
export const twinsOf = (index: number): string => `old${index}`;

/** Rows that are no base rows are no anchors; and an id goes into the script as it stands. */
const rowId = (id: string | null | undefined): string | null => (typeof id === 'string' && isRowId(id) ? id : null);

export function rowsOf({ base }: Subject, steps: readonly Step[]): Rows {
  const key = (menu: string, id: string): string => `${menu} ${id}`;
  const owners = new Map<string, number>();
  for (const { index, change } of steps) {
    if (change.verb === 'add' || (change.verb === 'remove' && !change.row.startsWith('#'))) owners.set(key(change.menu, change.row), index);
  }
  const watched = new Map(base.sections.flatMap(({ menu, rows }) => rows.map((row) => [key(menu, row.id), row] as const)));
  const moved = new Map(
    [...steps]
      .reverse()
      .flatMap(({ change }) => (change.place?.from === undefined ? [] : [[key(change.menu, change.row), change.place.from] as const])),
  );
  return {
    name: (menu, id) => {
      const owner = owners.get(key(menu, id));
      return owner === undefined ? id : `$${variableOf(owner)}`;
    },
    variable: variableOf,
    contents: ({ change }) => {
      const all: Row[] = [change.after ?? {}];
      for (const { change: later } of steps) {
        if (later.verb !== 'set' || later.menu !== change.menu || later.row !== change.row) continue;
        const kept = Object.entries(all[0] ?? {}).filter(([wire]) => !(wire in (later.before ?? {})));
        all.unshift({ ...Object.fromEntries(kept), ...later.after });
      }
      return all;
    },
    successor: (menu, id) => {
      const row = watched.get(key(menu, id));
      return rowId(row ? row.after : moved.get(key(menu, id)));
    },
    predecessor: (menu, id) => rowId(watched.get(key(menu, id))?.before),
  };
}
