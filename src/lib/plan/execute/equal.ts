import { canonical } from '../../core/canonical.ts';
import { resolveId } from '../classify.ts';
import { type Menu, rowById, staticRows } from '../menu.ts';
import type { BaseSection, Change, Drift, Target } from '../types.ts';
import type { Run } from './run.ts';

/**
 * What of the base is not there again: rows of the plan by their content, and in ordered menus the order of the rows that were there
 * before. A row that a stranger put between ours meanwhile is not our doing, and what we did not touch is not ours to answer for.
 */
export function missingFromBase(run: Run, menus: ReadonlyMap<string, Menu>): readonly Drift[] {
  return run.target.base.sections.flatMap((section) => {
    const menu = menus.get(section.capability);
    if (section.critical || !menu) return [];
    return section.rows.flatMap((row) => driftOfRow(run, section, row, menu));
  });
}

/** Does the row of this change stand where it stood before the plan, whatever became of the rows beside it meanwhile? */
export function standsAsBefore(run: Run, { capability, row: id }: Pick<Change, 'capability' | 'row'>, menu: Menu): boolean {
  const section = run.target.base.sections.find((one) => one.capability === capability && !one.critical);
  const row = section?.rows.find((one) => one.id === id);
  return section !== undefined && row !== undefined && driftOfRow(run, section, row, menu).length === 0;
}

function driftOfRow(run: Run, section: BaseSection, row: BaseSection['rows'][number], menu: Menu): readonly Drift[] {
  const id = resolveId(run.ids, section.menu, row.id);
  const now = rowById(menu, id)?.content ?? null;
  const ours = isTouched(run.target, section.capability, row.id);
  const same = !ours || canonical(now) === canonical(row.content);
  if (same && inOldOrder(run, section, row, menu)) return [];
  return [{ capability: section.capability, row: row.id, planned: row.content, now }];
}

const isTouched = (target: Target, capability: string, id: string): boolean =>
  target.changes.some((change) => change.capability === capability && change.row === id);

/** Between the same two of the rows that were there before; one of them that is gone by another's hand says nothing. */
function inOldOrder(run: Run, { menu: path, capability }: BaseSection, row: BaseSection['rows'][number], menu: Menu): boolean {
  if (menu.capability.shape !== 'ordered') return true;
  const old = run.known.get(capability);
  const home = homeIds(run, path);
  const order = staticRows(menu)
    .map(({ id }) => home.get(id) ?? id)
    .filter((id) => old === undefined || old.has(id));
  const at = order.indexOf(row.id);
  const fits = (wanted: string | null, found: string | undefined): boolean =>
    wanted === null ? found === undefined : !order.includes(wanted) || found === wanted;
  return at < 0 || (fits(row.before, order[at - 1]) && fits(row.after, order[at + 1]));
}

/** Where a row that was put back under another id belongs. */
function homeIds(run: Run, path: string): ReadonlyMap<string, string> {
  return new Map(
    run.target.changes.flatMap((change) =>
      change.menu === path && change.verb === 'remove' ? [[resolveId(run.ids, path, change.row), change.row] as const] : [],
    ),
  );
}
