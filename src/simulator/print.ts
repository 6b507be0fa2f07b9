import type { Account } from './accounts.ts';
import { refuse } from './errors.ts';
import { live } from './live.ts';
import { matches } from './query.ts';
import { visible } from './secrets.ts';
import type { RouterState } from './state/router.ts';
import type { Row } from './state/row.ts';
import { kindOf, rowsOf } from './state/tables.ts';

export interface PrintOptions {
  /** Field names; undefined shows all. */
  readonly proplist?: readonly string[] | undefined;
  readonly query?: readonly string[] | undefined;
}

/** Answers list their keys by name. */
const sorted = (row: Row): Row => Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));

/** All rows of a menu as an account sees them now, in stored order. */
export function seenRows(router: RouterState, menu: string, account: Account, now: number): Row[] {
  return rowsOf(router, menu).map((row) => sorted(visible(menu, live(router, menu, row, now), account)));
}

/** The id of the row after each row; the last one points at nothing. */
function withNext(rows: readonly Row[]): Row[] {
  return rows.map((row, at) => ({ ...row, '.nextid': rows[at + 1]?.['.id'] ?? '*FFFFFFFF' }));
}

export function pick(row: Row, proplist: readonly string[] | undefined): Row {
  if (!proplist) return row;
  return sorted(Object.fromEntries(proplist.flatMap((name) => (Object.hasOwn(row, name) ? [[name, row[name] ?? '']] : []))));
}

/** The rows a print or a GET answers with. */
export function printRows(router: RouterState, menu: string, account: Account, now: number, options: PrintOptions): Row[] {
  const rows = seenRows(router, menu, account, now);
  const wantsNext = kindOf(router, menu) === 'ordered' && options.proplist?.includes('.nextid') === true;
  const found = (wantsNext ? withNext(rows) : rows).filter((row) => matches(row, options.query ?? []));
  return found.map((row) => pick(row, options.proplist));
}

/** Arguments of the print command that change nothing here. */
const QUIET = new Set([
  'detail',
  'stats',
  'brief',
  'terse',
  'without-paging',
  'show-ids',
  'value-list',
  'as-value',
  'where',
  'about',
  'count-only',
]);

function textList(value: unknown, name: string): string[] | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'string') return value === '' ? [] : value.split(',').map((word) => word.trim());
  throw refuse(`invalid value for argument ${name}`);
}

/** `POST /rest/<menu>/print`: with a list of fields there is no `.id` unless it is listed. */
export function printCommand(
  router: RouterState,
  menu: string,
  body: Readonly<Record<string, unknown>>,
  account: Account,
  now: number,
): unknown {
  const proplist = textList(body['.proplist'] ?? body['proplist'], '.proplist');
  const words = body['.query'];
  const query = typeof words === 'string' ? [words] : textList(words, '.query');
  for (const name of Object.keys(body)) {
    if (name !== '.proplist' && name !== 'proplist' && name !== '.query' && !QUIET.has(name)) throw refuse(`unknown parameter ${name}`);
  }
  const rows = printRows(router, menu, account, now, { proplist, query });
  if (Object.hasOwn(body, 'count-only')) return { ret: String(rows.length) };
  return kindOf(router, menu) === 'singleton' ? (rows[0] ?? {}) : rows;
}
