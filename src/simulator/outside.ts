import { defaultsFor } from './defaults.ts';
import { record, type WriteDone } from './effects/journal.ts';
import { settle } from './side-effects.ts';
import type { RouterState } from './state/router.ts';
import type { Row } from './state/row.ts';
import { findRow, kindOf, menuSchema, newId, rowsOf } from './state/tables.ts';

/** A copy of what is stored, without bookkeeping. */
export function storedRows(router: RouterState, menu: string): readonly Readonly<Row>[] {
  return rowsOf(router, menu).map((row) =>
    Object.freeze(Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('~')))),
  );
}

const OTHER_ADMIN = 'other-admin';

/** Configuration leaves the traces of another admin; what nobody can write (a link that goes down) leaves none. */
function conclude(router: RouterState, done: WriteDone, now: number): void {
  settle(router, done, now);
  const fields = menuSchema(router, done.menu)?.fields;
  const written = Object.keys(done.body).some((name) => fields?.get(name.replace(/^!/, ''))?.access !== 'r');
  if (done.verb !== 'remove' && !written) return;
  record({ router, account: { name: OTHER_ADMIN, policies: new Set() }, source: router.station, now, via: 'winbox' }, done);
}

function mustFind(router: RouterState, menu: string, id: string): Row {
  const row = findRow(router, menu, id);
  if (!row) throw new RangeError(`${router.name} has no row ${id} in ${menu}`);
  return row;
}

function assign(row: Row, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (name.startsWith('!')) delete row[name.slice(1)];
    else row[name] = value;
  }
}

/** What happens on the router while we are not looking: unchecked, with all that follows from it. */
export const behindOurBack = Object.freeze({
  edit(router: RouterState, menu: string, id: string | undefined, values: Readonly<Record<string, string>>, now: number): void {
    const rows = rowsOf(router, menu);
    const single = kindOf(router, menu) === 'singleton' ? rows[0] : undefined;
    if (id === undefined && !single) {
      const row: Row = { '.id': newId(router, menu), ...defaultsFor(router, menu, values, OTHER_ADMIN, now) };
      assign(row, values);
      rows.push(row);
      conclude(router, { verb: 'add', menu, row, body: values }, now);
      return;
    }
    const row = id === undefined && single ? single : mustFind(router, menu, id ?? '');
    const before = { ...row };
    assign(row, values);
    conclude(router, { verb: 'set', menu, row, before, body: values }, now);
  },
  remove(router: RouterState, menu: string, id: string, now: number): void {
    const row = mustFind(router, menu, id);
    const rows = rowsOf(router, menu);
    rows.splice(rows.indexOf(row), 1);
    conclude(router, { verb: 'remove', menu, row, before: { ...row }, body: {} }, now);
  },
});
