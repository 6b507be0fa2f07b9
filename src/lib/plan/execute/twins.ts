import { isMadeOf, resolveId } from '../classify.ts';
import { type Menu, staticRows } from '../menu.ts';
import type { Change, Drift } from '../types.ts';
import { see } from './forward.ts';
import { knownIds, type Run } from './run.ts';

/**
 * Rows that are there a second time because the network carried out one request of ours twice: new since the base, not the row that we
 * know as ours, and with nothing in them but what we wrote. Told and not removed: that no other admin made them cannot be proved.
 * @param stands the plan is to stand, so that one such row is ours even where nobody has written down its id; once undone, none is
 */
export function twins(run: Run, menus: ReadonlyMap<string, Menu>, stands: boolean): readonly Drift[] {
  return [...menus].flatMap(([capability, menu]) => {
    const made = run.touched.flatMap((index) => run.target.changes[index] ?? []).filter((change) => isMade(change, capability));
    if (made.length === 0) return [];
    // Ids are counted in every menu anew: what another menu calls so is not ours here.
    const own = run.target.changes.filter((change) => change.capability === capability);
    const ours = new Set(own.map((change) => idOf(run, change, menu, stands)));
    return staticRows(menu)
      .filter(({ id }) => !ours.has(id) && !knownIds(run, capability).has(id))
      .filter(({ content }) => made.some(({ after, before }) => isMadeOf(after ?? before, menu, content)))
      .map(({ id, content }) => ({ capability, row: id, planned: null, now: content }));
  });
}

/** A process that has taken over may not know how the router called our row: the one that can be no other is it. */
function idOf(run: Run, change: Change, menu: Menu, stands: boolean): string {
  const id = resolveId(run.ids, change.menu, change.row);
  return stands && id.startsWith('#') ? (see(run, change, menu).rowId ?? id) : id;
}

/** Written by the plan, or put back by its undo. */
const isMade = ({ capability, verb }: Change, of: string): boolean => capability === of && (verb === 'add' || verb === 'remove');
