import type { Decoded } from '../../capability/codec.ts';
import { isMadeOf, resolveId } from '../classify.ts';
import { type Menu, staticRows } from '../menu.ts';
import type { Change, Drift } from '../types.ts';
import { keyOf, knownIds, type Run } from './run.ts';

/**
 * Rows that are there a second time because the network carried out one request of ours twice: new since the base, not the row that we
 * know as ours, and with nothing in them but what we wrote. Told and not removed: that no other admin made them cannot be proved.
 */
export function twins(run: Run, menus: ReadonlyMap<string, Menu>): readonly Drift[] {
  return [...menus].flatMap(([capability, menu]) => {
    const made = run.touched.flatMap((index) => run.target.changes[index] ?? []).filter((change) => isMade(change, capability));
    if (made.length === 0) return [];
    const ours = new Set(run.target.changes.map((change) => resolveId(run.ids, change.menu, change.row)));
    const fits = (change: Change, { content }: Decoded): boolean => isMadeOf(change.after ?? change.before, menu, content);
    const same = staticRows(menu)
      .filter(({ id }) => !ours.has(id) && !knownIds(run, capability).has(id))
      .filter((row) => made.some((change) => fits(change, row)));
    // Of an add whose answer never came, one row is the one that was wanted.
    for (const change of made) {
      const at = change.verb === 'add' && !run.ids.has(keyOf(change)) ? same.findIndex((row) => fits(change, row)) : -1;
      if (at >= 0) same.splice(at, 1);
    }
    return same.map(({ id, content }) => ({ capability, row: id, planned: null, now: content }));
  });
}

/** Written by the plan, or put back by its undo. */
const isMade = ({ capability, verb }: Change, of: string): boolean => capability === of && (verb === 'add' || verb === 'remove');
