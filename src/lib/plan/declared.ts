import type { ChangeContext } from '../capability/define.ts';
import type { Menu } from './menu.ts';
import type { Draft } from './planner.ts';
import { menuAfter, sketchOf } from './sketch.ts';

/** Each is made before the change, after it, and while the router is watched: a plan of five hundred routes is not five hundred pings. */
const MOST = 8;

/**
 * What the touched capabilities ask to be checked, in the words a person would use, for `checks` of the plan: required after it only where
 * it held before, which the text says.
 * @example declaredChecks(menus, draft, context) // ['ping 192.0.2.1 (if it held before)']
 */
export function declaredChecks(menus: ReadonlyMap<string, Menu>, draft: Draft, context: Omit<ChangeContext, 'rows'>): readonly string[] {
  const texts = new Set<string>();
  const now = new Map(menus);
  for (const change of draft.changes) {
    const menu = now.get(change.capability);
    if (!menu) continue;
    now.set(change.capability, menuAfter(menu, change));
    const { checks } = menu.capability;
    // Sketching a change of a long list takes time.
    if (!checks) continue;
    for (const text of checks(sketchOf(menu, change), { ...context, rows: menu.rows.map((row) => row.item) }))
      texts.add(`${text} (if it held before)`);
  }
  return [...texts].slice(0, MOST);
}
