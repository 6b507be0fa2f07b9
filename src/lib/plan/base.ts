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
    const key = keyOf(menu.capability, change.after ?? {}, menu.version);
    if (key !== undefined) keys.add(key);
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

/** Rows of one menu that our way to the router hangs on. */
export interface Critical {
  readonly menu: Menu;
  readonly ids: readonly string[];
}

/**
 * Rows that our way hangs on: without their comments, and each beside its neighbours in its own chain, for what stands between them in
 * another one decides nothing.
 */
function criticalSection(menu: Menu, ids: readonly string[]): BaseSection {
  const rows = ids.map((id) => {
    const content = rowById(menu, id)?.content;
    const { comment: _comment, ...rest } = content ?? {};
    const chain = chainOf(menu, rest['chain']);
    return { id, content: content ? rest : null, before: previousOf(chain, id), after: nextOf(chain, id) };
  });
  return { capability: menu.capability.id, menu: menu.capability.menu, rows, keys: [], critical: true };
}

const chainOf = (menu: Menu, chain: string | undefined): Menu => ({
  ...menu,
  rows: menu.rows.filter((row) => row.content['chain'] === chain),
});

/** What a plan was made from. */
export function baseOf(menus: ReadonlyMap<string, Menu>, changes: readonly Change[], critical: readonly Critical[] = []): Target['base'] {
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
  const watched = critical.map(({ menu, ids }): BaseSection => {
    // What the plan touches is watched already.
    const own = new Set(sections.find(({ capability }) => capability === menu.capability.id)?.rows.map(({ id }) => id));
    return criticalSection(menu, ids.filter((id) => !own.has(id)).sort());
  });
  const all = [...sections, ...watched.filter(({ rows }) => rows.length > 0)];
  return { sections: all, fingerprint: fingerprint(all) };
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
    if (one.critical) return criticalSection(menu, ids);
    const real = ids.map((id) => resolveId(current, one.menu, id));
    const home = (id: string): string => ids[real.indexOf(id)] ?? id;
    const now = section(menu, { ids: real, keys: one.keys.map(({ key }) => key) });
    return {
      ...now,
      rows: now.rows.map((row, index) => ({
        ...row,
        id: ids[index] ?? row.id,
        before: row.before && home(row.before),
        after: row.after && home(row.after),
      })),
      keys: now.keys.map(({ key, ids: there }) => ({ key, ids: there.map(home) })),
    };
  });
  return { sections, fingerprint: fingerprint(sections) };
}

/** What differs between what was planned from and what is there now, and what the plan wants; empty when nothing differs. */
export function driftOf({ base: planned, changes }: Pick<Target, 'base' | 'changes'>, now: Target['base']): readonly Drift[] {
  if (planned.fingerprint === now.fingerprint) return [];
  return planned.sections.flatMap((was, index) => {
    const is = now.sections[index];
    const rows = was.rows.flatMap((row, at): Drift[] => {
      const there = is?.rows[at];
      if (fingerprint(row) === fingerprint(there ?? null)) return [];
      const planned = withPlace(row);
      const wanted = wantedOf(changes, was.capability, row.id, planned);
      return [{ capability: was.capability, row: row.id, planned, now: there ? withPlace(there) : null, ...wanted }];
    });
    const keys = was.keys.flatMap((key, at): Drift[] =>
      fingerprint(key) === fingerprint(is?.keys[at] ?? null)
        ? []
        : [{ capability: was.capability, row: is?.keys[at]?.ids[0] ?? '', planned: null, now: { key: key.key } }],
    );
    return [...rows, ...keys];
  });
}

/** The third side of a three-way view: what the plan makes of a row that it changes. */
function wantedOf(changes: readonly Change[], capability: string, id: string, planned: Row | null): { readonly wanted?: Row | null } {
  const own = changes.filter((change) => change.capability === capability && change.row === id);
  if (own.length === 0) return {};
  return {
    wanted: own.reduce<Row | null>((row, change) => {
      if (change.verb === 'remove') return null;
      const left = Object.entries(row ?? {}).filter(([wire]) => !(wire in (change.before ?? {})));
      return { ...Object.fromEntries(left), ...change.after };
    }, planned),
  };
}

/** Content plus, in ordered menus, the neighbours, under names no RouterOS field has. */
function withPlace(row: BaseSection['rows'][number]): Row | null {
  if (row.content === null) return null;
  return { ...row.content, ...(row.before !== null && { '.after': row.before }), ...(row.after !== null && { '.before': row.after }) };
}
