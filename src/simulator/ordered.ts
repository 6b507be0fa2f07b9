import { noSuchItem, refuse } from './errors.ts';
import type { RouterState } from './state/router.ts';
import type { Row } from './state/row.ts';
import { findRow, isDynamic, rowsOf } from './state/tables.ts';
import { asText } from './values.ts';

/** Takes the rows out and puts them back, in the order they had, right before the anchor. */
export function placeBefore(rows: Row[], moving: readonly Row[], anchor: Row | undefined): void {
  const moved = rows.filter((row) => moving.includes(row));
  const rest = rows.filter((row) => !moving.includes(row));
  const at = anchor === undefined ? rest.length : rest.indexOf(anchor);
  rows.splice(0, rows.length, ...rest.slice(0, at), ...moved, ...rest.slice(at));
}

/** `move`: the named rows land before `destination`, or at the end without one. Dynamic rows stay where the router put them. */
export function moveRows(router: RouterState, menu: string, moving: readonly Row[], destination: unknown): void {
  if (moving.some(isDynamic)) throw refuse('failure: can not move dynamic item');
  const key = destination === undefined ? '' : asText(destination, 'destination');
  const anchor = key === '' || key === '*FFFFFFFF' ? undefined : findRow(router, menu, key);
  if (key !== '' && key !== '*FFFFFFFF' && !anchor) throw noSuchItem();
  if (anchor && moving.includes(anchor)) return;
  placeBefore(rowsOf(router, menu), moving, anchor);
}
