import { isMadeOf, resolveId } from '../classify.ts';
import { type Menu, staticRows } from '../menu.ts';
import type { Change, Drift } from '../types.ts';
import { knownIds, type Run } from './run.ts';

/**
 * Rows that are there a second time because the network carried out one request of ours twice: new since the base, not the row that we
 * know as ours, and with nothing in them but what we wrote. Told and not removed: that no other admin made them cannot be proved.
 */
export function twins(run: Run, menus: ReadonlyMap<string, Menu>): readonly Drift[] {
  return [...menus].flatMap(([capability, menu]) => {
    const made = run.touched.flatMap((index) => run.target.changes[index] ?? []).filter((change) => isMade(change, capability));
    if (made.length === 0) return [];
    const ours = new Set(run.target.changes.map((change) => resolveId(run.ids, change.menu, change.row)));
    return staticRows(menu)
      .filter(({ id }) => !ours.has(id) && !knownIds(run, capability).has(id))
      .filter(({ content }) => made.some(({ after, before }) => isMadeOf(after ?? before, menu, content)))
      .map(({ id, content }) => ({ capability, row: id, planned: null, now: content }));
  });
}

/** Written by the plan, or put back by its undo. */
const isMade = ({ capability, verb }: Change, of: string): boolean => capability === of && (verb === 'add' || verb === 'remove');
