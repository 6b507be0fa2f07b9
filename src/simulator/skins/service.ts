import { contains } from '../addresses.ts';
import type { Service } from '../faults.ts';
import type { RouterState } from '../state/router.ts';
import type { Row } from '../state/row.ts';
import { rowsOf } from '../state/tables.ts';

/** The row that rules a door; rows of connections under way have the same name. */
export const serviceRow = (router: RouterState, service: Service): Row | undefined =>
  rowsOf(router, '/ip/service').find((row) => row['name'] === service && row['dynamic'] !== 'true');

export const isOn = (router: RouterState, service: Service): boolean => serviceRow(router, service)?.['disabled'] !== 'true';

/** Does the door take connections from there? The field has another name from 7.24 on. */
export function takesFrom(router: RouterState, service: Service, source: string): boolean {
  const row = serviceRow(router, service);
  return contains(row?.['available-from'] ?? row?.['address'] ?? '', source);
}

/** Does the account take logins from there? */
export function userTakesFrom(router: RouterState, user: string, source: string): boolean {
  return contains(rowsOf(router, '/user').find((row) => row['name'] === user)?.['address'] ?? '', source);
}

/** Before 7.16 there is no limit. */
export function mostSessions(router: RouterState, service: Service): number {
  const given = serviceRow(router, service)?.['max-sessions'];
  return given === undefined ? Number.POSITIVE_INFINITY : Number(given);
}
