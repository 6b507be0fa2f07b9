import { keyOf } from '../capability/codec.ts';
import type { Row } from '../client/types.ts';
import { fingerprint } from '../core/canonical.ts';
import { type Ids, resolveId } from './classify.ts';
import { firstOf, type Menu, nextOf, previousOf, rowById, staticRows } from './menu.ts';
import type { BaseSection, Change, Drift, Target } from './types.ts';

/** Which rows and keys of a menu a plan depends on. */
interface Watch {
  readonly ids: readonly string[];
  readonly keys: readonly string[];
}

const isRouterId = (id: string | null | undefined): id is string => typeof id === 'string' && id.startsWith('*');

/** Touched rows, their neighbours in ordered menus, and the keys of rows to be added. An unrelated change elsewhere is no concern. */
function watchOf(menu: Menu, changes: readonly Change[]): Watch {
  const ids = new Set<string>();
  const keys = new Set<string>();
  for (const change of changes) {
    for (const id of [change.row, change.place?.from, change.place?.to]) if (isRouterId(id)) ids.add(id);
    if (change.row === '') ids.add('');
    // Put at the end: what is last now must still be last; a menu without rows must still have none.
    if (change.place?.to === null) ids.add(staticRows(menu).at(-1)?.id ?? '');
    if (change.verb !== 'add') continue;
    const key = change.after && keyOf(menu.capability, change.after, menu.version);
    if (key !== undefined && key !== null) keys.add(key);
  }
  return { ids: [...ids].sort(), keys: [...keys].sort() };
}

/** The part of a menu that a plan depends on, as comparable data. */
function section(menu: Menu, watch: Watch): BaseSection {
  return {
    capability: menu.capability.id,
    menu: menu.capability.menu,
    rows: watch.ids.map((id) => ({
      id,
      content: rowById(menu, id)?.content ?? null,
      before: previousOf(menu, id),
      after: id === '' ? firstOf(menu) : nextOf(menu, id),
    })),
    keys: watch.keys.map((key) => ({
      key,
      ids: staticRows(menu)
        .filter((row) => keyOf(menu.capability, row.content, menu.version) === key)
        .map((row) => row.id),
    })),
  };
}

/** What a plan was made from. */
export function baseOf(menus: ReadonlyMap<string, Menu>, changes: readonly Change[]): Target['base'] {
  const touched = [...new Set(changes.map((change) => change.capability))];
  const sections = touched.flatMap((id) => {
    const menu = menus.get(id);
    return menu
      ? [
          section(
            menu,
            watchOf(
              menu,
              changes.filter((change) => change.capability === id),
            ),
          ),
        ]
      : [];
  });
  return { sections, fingerprint: fingerprint(sections) };
}

/**
 * The same rows, read again.
 * @param current where a row that was removed and put back lives now
 */
export function baseNow(planned: Target['base'], menus: ReadonlyMap<string, Menu>, current: Ids = new Map()): Target['base'] {
  const sections = planned.sections.map((one) => {
    const menu = menus.get(one.capability);
    if (!menu) return { ...one, rows: [], keys: [] };
    const ids = one.rows.map((row) => row.id);
    const real = ids.map((id) => resolveId(current, one.menu, id));
    const home = (id: string | null): string | null => (id === null ? null : (ids[real.indexOf(id)] ?? id));
    const now = section(menu, { ids: real, keys: one.keys.map(({ key }) => key) });
    return {
      ...now,
      rows: now.rows.map((row, index) => ({ ...row, id: ids[index] ?? row.id, before: home(row.before), after: home(row.after) })),
      keys: now.keys.map(({ key, ids: there }) => ({ key, ids: there.map((id) => home(id) ?? id) })),
    };
  });
  return { sections, fingerprint: fingerprint(sections) };
}

/** What differs between what was planned from and what is there now; empty when nothing does. */
export function driftOf(planned: Target['base'], now: Target['base']): readonly Drift[] {
  if (planned.fingerprint === now.fingerprint) return [];
  return planned.sections.flatMap((was, index) => {
    const is = now.sections[index];
    const rows = was.rows.flatMap((row, at): Drift[] => {
      const there = is?.rows[at];
      return fingerprint(row) === fingerprint(there ?? null)
        ? []
        : [{ capability: was.capability, row: row.id, planned: withPlace(row), now: there ? withPlace(there) : null }];
    });
    const keys = was.keys.flatMap((key, at): Drift[] =>
      fingerprint(key) === fingerprint(is?.keys[at] ?? null)
        ? []
        : [{ capability: was.capability, row: is?.keys[at]?.ids[0] ?? '', planned: null, now: { key: key.key } }],
    );
    return [...rows, ...keys];
  });
}

/** Content plus, in ordered menus, the neighbours, under names no RouterOS field has. */
function withPlace(row: BaseSection['rows'][number]): Row | null {
  if (row.content === null) return null;
  return { ...row.content, ...(row.before !== null && { '.after': row.before }), ...(row.after !== null && { '.before': row.after }) };
}
