import { defaultsFor, fallback } from './defaults.ts';
import { derive } from './derive.ts';
import { admitNew } from './device-mode.ts';
import { noIdentifier, noSuchItem, refuse } from './errors.ts';
import { placeBefore } from './ordered.ts';
import { checkRequired } from './required.ts';
import type { FieldSchema } from './schema.ts';
import type { RouterState } from './state/router.ts';
import type { Row } from './state/row.ts';
import { findRow, hasMenu, isDynamic, kindOf, menuSchema, newId, rowsOf } from './state/tables.ts';
import { checkUnique } from './unique.ts';
import { asText, canonical } from './values.ts';

export type Values = Readonly<Record<string, unknown>>;

/** Arguments of `add` and `set` that are no fields. */
const STEERING = new Set(['.id', 'numbers', 'place-before', 'copy-from', '.proplist']);

/** Fields of a menu its version does not list: what the recorded rows carry can be written there. */
function fieldOf(router: RouterState, menu: string, name: string): FieldSchema | undefined | 'unknown' {
  const schema = menuSchema(router, menu);
  const known = schema?.fields.get(name);
  if (known) return known;
  if (schema && schema.fields.size > 0) return 'unknown';
  return rowsOf(router, menu).some((row) => Object.hasOwn(row, name)) || name === 'comment' || name === 'disabled' ? undefined : 'unknown';
}

/** The changes a body asks for: canonical values to store, and names to take away (`!name`). */
export interface Wanted {
  readonly set: Row;
  readonly unset: readonly string[];
}

export function wanted(router: RouterState, menu: string, body: Values, verb: 'add' | 'set'): Wanted {
  const set: Row = {};
  const unset: string[] = [];
  for (const [key, value] of Object.entries(body)) {
    if (STEERING.has(key)) continue;
    const name = key.startsWith('!') ? key.slice(1) : key;
    const field = fieldOf(router, menu, name);
    const forbidden =
      field !== undefined &&
      field !== 'unknown' &&
      (field.access === 'r' || (field.access === 'a' && verb === 'set') || (field.access === 's' && verb === 'add'));
    if (field === 'unknown' || forbidden) throw refuse(`unknown parameter ${name}`);
    const stored = key.startsWith('!') ? undefined : canonical(router, name, field, asText(value, name));
    if (stored === undefined) unset.push(name);
    else set[field?.storedAs ?? name] = stored;
  }
  return { set, unset };
}

export function requireListCommand(router: RouterState, menu: string, command: string): void {
  const schema = menuSchema(router, menu);
  if (!hasMenu(router, menu) || kindOf(router, menu) === 'singleton') throw noIdentifier();
  if (schema && !schema.commands.has(command)) throw noIdentifier();
}

/** Adds a row and gives it its id and what RouterOS fills in. */
export function addRow(router: RouterState, menu: string, body: Values, by: string, now: number): Row {
  requireListCommand(router, menu, 'add');
  const { set } = wanted(router, menu, body, 'add');
  const source = body['copy-from'] === undefined ? undefined : findRow(router, menu, asText(body['copy-from'], 'copy-from'));
  const given = { ...copied(router, menu, source), ...set };
  checkRequired(router, menu, given);
  admitNew(router, menu);
  const row = { ...defaultsFor(router, menu, given, by, now), ...given };
  derive(router, menu, row, new Set(Object.keys(given)), now);
  checkUnique(router, menu, row, undefined);
  const before = body['place-before'] === undefined ? undefined : asText(body['place-before'], 'place-before');
  const anchor = before === undefined ? undefined : findRow(router, menu, before);
  if (before !== undefined && !anchor) throw noSuchItem();
  const stored: Row = { '.id': newId(router, menu), ...row };
  const rows = rowsOf(router, menu);
  rows.push(stored);
  if (anchor) placeBefore(rows, [stored], anchor);
  return stored;
}

function copied(router: RouterState, menu: string, source: Row | undefined): Row {
  if (!source) return {};
  const fields = menuSchema(router, menu)?.fields;
  return Object.fromEntries(Object.entries(source).filter(([name]) => fields?.get(name)?.access === 'w' && name !== 'name'));
}

/** Changes one row; says what it was before. */
export function setRow(router: RouterState, menu: string, row: Row, body: Values, now: number): Row {
  if (isDynamic(row)) throw refuse('failure: can not change dynamic item');
  const { set, unset } = wanted(router, menu, body, 'set');
  const before = { ...row };
  const after: Row = { ...row, ...set };
  for (const name of unset) {
    const rest = fallback(menu, name);
    if (rest === undefined) delete after[name];
    else after[name] = rest;
  }
  checkUnique(router, menu, after, row);
  derive(router, menu, after, new Set(Object.keys(set)), now);
  for (const name of Object.keys(row)) if (!Object.hasOwn(after, name)) delete row[name];
  Object.assign(row, after);
  return before;
}

/** Answers the id of the row that came after it. */
export function removeRow(router: RouterState, menu: string, row: Row): string | undefined {
  if (isDynamic(row) && !REMOVABLE.test(menu)) throw refuse('failure: can not remove dynamic item');
  if (row['default'] === 'true' || row['builtin'] === 'true')
    throw refuse(menu === '/ipv6/nd' ? 'can not remove default rule' : 'failure: can not remove default item');
  const rows = rowsOf(router, menu);
  const at = rows.indexOf(row);
  const next = rows[at + 1]?.['.id'];
  rows.splice(at, 1);
  return next;
}

/** Rows the router made itself that one may still take away. */
const REMOVABLE =
  /^\/(?:ip\/(?:dhcp-server\/lease|firewall\/(?:address-list|connection)|arp|hotspot\/.*)|ipv6\/firewall\/.*|ppp\/active|user\/active|system\/script\/job|interface\/.*registration-table)$/;

/** Rows named by `.id` or `numbers`: a comma list of ids or names. */
export function namedRows(router: RouterState, menu: string, body: Values): Row[] {
  const given = body['.id'] ?? body['numbers'];
  if (given === undefined) throw refuse('missing =.id=');
  return asText(given, '.id')
    .split(',')
    .filter(Boolean)
    .map((key) => {
      const row = findRow(router, menu, key);
      if (!row) throw noSuchItem();
      return row;
    });
}
