import { fromStamp, STAMP, stamp } from '../dates.ts';
import { parseDuration } from '../durations.ts';
import { notFound } from '../errors.ts';
import type { MenuKind, MenuSchema } from '../schema.ts';
import { packageInstalled } from './packages.ts';
import type { RouterState } from './router.ts';
import type { Row } from './row.ts';

/** Dates of manufacture and release, which do not move with the router. */
const FIXED_DATES = new Set(['build-time', 'start-date', 'dst-start', 'dst-end']);
/** All interface menus number their rows together: `/interface/vlan` and `/interface` show the same row under the same id. */
const NO_INTERFACES = new Set(['/interface/list', '/interface/detect-internet', '/interface/mesh']);
/** Routes the router learned carry large numbers that are none of the sequence. */
const FIRST_PSEUDO = 0x0100_0000;
const FIRST_DYNAMIC = 0x8000_0000;
/** Some built-in rows count down from the top. */
const LAST_DYNAMIC = 0xf000_0000;

const poolOf = (menu: string): string => (/^\/interface\/[a-z0-9-]+$/.test(menu) && !NO_INTERFACES.has(menu) ? '/interface' : menu);

/** Does this router have the menu: recorded, or known to its version, not lacking on the board, its package installed. */
export function hasMenu(router: RouterState, menu: string): boolean {
  if (router.recording.menus.has(menu)) return true;
  if (isAbsent(router, menu)) return false;
  const schema = router.schema.menu(menu);
  return schema !== undefined && schema.kind !== 'commands' && packageInstalled(router, schema.package);
}

export const isAbsent = (router: RouterState, menu: string): boolean =>
  router.recording.profile.absent.some((top) => menu === top || menu.startsWith(`${top}/`));

export const menuSchema = (router: RouterState, menu: string): MenuSchema | undefined => router.schema.menu(menu);

export function kindOf(router: RouterState, menu: string): MenuKind {
  if (router.recording.singletons.has(menu)) return 'singleton';
  const kind = router.schema.menu(menu)?.kind;
  return kind === undefined || (kind === 'singleton' && router.recording.menus.has(menu)) ? 'list' : kind;
}

/** Time zone of the router, as its clock states it. */
export const zone = (router: RouterState): string => rowsOf(router, '/system/clock')[0]?.['gmt-offset'] ?? '+00:00';

/** The stored rows of a menu, made from the recording when first asked for. They are the state: change them and it changes. */
export function rowsOf(router: RouterState, menu: string): Row[] {
  const known = router.tables.get(menu);
  if (known) return known;
  const recorded = router.recording.menus.get(menu) ?? [];
  const made = recorded.map((row) => copyRow(router, row));
  if (made.length === 0 && kindOf(router, menu) === 'singleton') made.push({});
  router.tables.set(menu, made);
  return made;
}

/** Dates in a recording are as old as they were when it was made. */
function copyRow(router: RouterState, row: Readonly<Row>): Row {
  const copy: Row = {};
  const clock = router.recording.menus.get('/system/clock')?.[0];
  const offset = clock?.['gmt-offset'] ?? '+00:00';
  const recordedAt = clock ? fromStamp(`${clock['date']} ${clock['time']}`, offset) : router.startedAt;
  for (const [name, value] of Object.entries(row)) {
    const moves = STAMP.test(value) && !FIXED_DATES.has(name);
    copy[name] = moves ? stamp(fromStamp(value, offset) + router.startedAt - recordedAt, offset) : router.copy.text(value);
  }
  if (copy['dynamic'] === 'true' && copy['timeout'] !== undefined)
    copy['~until'] = String(router.startedAt + (parseDuration(copy['timeout']) ?? 0) / 1000);
  return copy;
}

/** Row ids are upper-case hex after a star; a number is never given out twice. */
export function newId(router: RouterState, menu: string, dynamic = false): string {
  const pool = `${poolOf(menu)}${dynamic ? ' dynamic' : ''}`;
  const last = router.lastIds.get(pool) ?? highestId(router, poolOf(menu), dynamic);
  router.lastIds.set(pool, last + 1);
  return `*${(last + 1).toString(16).toUpperCase()}`;
}

function highestId(router: RouterState, menu: string, dynamic: boolean): number {
  let highest = dynamic ? FIRST_DYNAMIC : 0;
  for (const row of rowsOf(router, menu)) {
    const id = Number.parseInt((row['.id'] ?? '').slice(1), 16);
    const counts = dynamic ? id >= FIRST_DYNAMIC && id < LAST_DYNAMIC : id < (isDynamic(row) ? FIRST_PSEUDO : FIRST_DYNAMIC);
    if (counts && id > highest) highest = id;
  }
  return highest;
}

const NUMBER = /^\*0*([0-9A-Fa-f]+)$/;

/** The row an id or a name stands for. */
export function findRow(router: RouterState, menu: string, key: string): Row | undefined {
  const rows = rowsOf(router, menu);
  const number = NUMBER.exec(key)?.[1]?.toUpperCase();
  if (number !== undefined) return rows.find((row) => row['.id'] === `*${number}`);
  return (
    rows.find((row) => row['name'] === key) ??
    (menu === '/interface/ethernet' ? rows.find((row) => row['default-name'] === key) : undefined)
  );
}

export function rowOr404(router: RouterState, menu: string, key: string): Row {
  const row = findRow(router, menu, key);
  if (!row) throw notFound();
  return row;
}

export const isDynamic = (row: Row): boolean => row['dynamic'] === 'true' || row['dynamic'] === '';
