import type { WriteDone } from './effects/journal.ts';
import { renameReferences } from './effects/references.ts';
import { refuse } from './errors.ts';
import { placeBefore } from './ordered.ts';
import { settle } from './side-effects.ts';
import type { Change } from './state/changes.ts';
import type { RouterState } from './state/router.ts';
import type { Row } from './state/row.ts';
import { findRow, newId, rowsOf } from './state/tables.ts';

const entryOf = (router: RouterState, id: string): Row | undefined => rowsOf(router, '/system/history').find((row) => row['.id'] === id);

/** The row becomes what it was: its own object, so that whoever knows it goes on knowing it. */
function become(row: Row, values: Readonly<Row>): void {
  for (const name of Object.keys(row)) if (name !== '.id' && !Object.hasOwn(values, name)) delete row[name];
  for (const [name, value] of Object.entries(values)) if (name !== '.id' && name !== '~next') row[name] = value;
}

const isOne = (menu: string): string => (/^\/interface\/[a-z0-9-]+$/.test(menu) ? '/interface' : menu);

/** A row that comes back has a new number; what named it by its old one names it again. */
function revive(router: RouterState, { menu, row, next }: Change, values: Readonly<Row>, now: number): void {
  const old = row['.id'] ?? '';
  become(row, values);
  row['.id'] = newId(router, menu);
  const rows = rowsOf(router, menu);
  rows.push(row);
  if (next !== undefined) placeBefore(rows, [row], findRow(router, menu, next));
  if (row['name'] !== undefined) renameReferences(router, isOne(menu), old, row['name']);
  settle(router, { verb: 'add', menu, row, body: values }, now);
}

function take(router: RouterState, { menu, row }: Change, now: number): void {
  const rows = rowsOf(router, menu);
  if (!rows.includes(row)) return;
  rows.splice(rows.indexOf(row), 1);
  settle(router, { verb: 'remove', menu, row, before: { ...row }, body: {} }, now);
}

function turn(router: RouterState, { menu, row }: Change, values: Readonly<Row>, now: number): void {
  if (!rowsOf(router, menu).includes(row)) return;
  const before = { ...row };
  become(row, values);
  const body = Object.fromEntries(Object.entries(row).filter(([name, value]) => before[name] !== value));
  const done: WriteDone = { verb: 'set', menu, row, before, body };
  settle(router, done, now);
}

function back(router: RouterState, change: Change, now: number): void {
  if (change.verb === 'add') take(router, change, now);
  else if (change.verb === 'remove') revive(router, change, change.before, now);
  else if (change.verb === 'set') turn(router, change, change.before, now);
  else placeBefore(rowsOf(router, change.menu), [change.row], findRow(router, change.menu, change.next ?? ''));
}

function again(router: RouterState, change: Change, now: number): void {
  if (change.verb === 'add') revive(router, { ...change, next: undefined }, change.after, now);
  else if (change.verb === 'remove') take(router, change, now);
  else turn(router, change, change.after, now);
}

/** Takes back the newest change of whoever it was, as `/undo` does. */
export function undo(router: RouterState, now: number): void {
  const change = router.changes.done.shift();
  // The words are unproven: no recording has them.
  if (!change) throw refuse('failure: nothing to undo');
  back(router, change, now);
  router.changes.undone.push(change);
  const entry = entryOf(router, change.id);
  if (entry) Object.assign(entry, { undoable: 'false', redoable: 'true' });
}

/** What was undone last happens again, unless something else happened since. */
export function redo(router: RouterState, now: number): void {
  const change = router.changes.undone.pop();
  if (!change) throw refuse('failure: nothing to redo');
  again(router, change, now);
  router.changes.done.unshift(change);
  const entry = entryOf(router, change.id);
  if (!entry) return;
  entry['undoable'] = 'true';
  delete entry['redoable'];
}

/** Takes back everything that is marked as depending on safe mode, newest first, and forgets that it happened. */
export function unroll(router: RouterState, now: number): number {
  const history = rowsOf(router, '/system/history');
  const floating = router.changes.done.filter(({ id }) => entryOf(router, id)?.['floating-undo'] === 'true');
  for (const change of floating) {
    back(router, change, now);
    router.changes.done.splice(router.changes.done.indexOf(change), 1);
    history.splice(
      history.findIndex((row) => row['.id'] === change.id),
      1,
    );
  }
  return floating.length;
}
