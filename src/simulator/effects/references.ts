import type { VersionSchema } from '../schema.ts';
import type { RouterState } from '../state/router.ts';
import type { Row } from '../state/row.ts';
import { rowsOf } from '../state/tables.ts';

/** Where rows of a menu are named: inside the router a reference is to the row, so a rename shows everywhere at once. */
interface Place {
  readonly menu: string;
  readonly field: string;
}

const places = new WeakMap<VersionSchema, Map<string, Place[]>>();

function placesOf(schema: VersionSchema): Map<string, Place[]> {
  const known = places.get(schema);
  if (known) return known;
  const made = new Map<string, Place[]>();
  for (const menu of schema.menus) {
    for (const [field, { menu: target }] of schema.menu(menu)?.fields ?? []) {
      if (target === undefined) continue;
      const list = made.get(target) ?? [];
      list.push({ menu, field });
      made.set(target, list);
    }
  }
  places.set(schema, made);
  return made;
}

/** Fields that show an interface without being written as a reference: learned tables, gateways, lists of ports. */
const SHOWN = new Set([
  'interface',
  'actual-interface',
  'on-interface',
  'interface-name',
  'gateway',
  'immediate-gw',
  'local-address',
  'bridge',
  'interfaces',
  'master-interface',
  'current-tagged',
  'current-untagged',
]);

function replaced(value: string, from: string, to: string): string {
  return value
    .split(',')
    .map((part) => {
      if (part === from) return to;
      if (part === `!${from}`) return `!${to}`;
      return part.endsWith(`%${from}`) ? `${part.slice(0, -from.length)}${to}` : part;
    })
    .join(',');
}

function replaceIn(rows: readonly Row[], has: (field: string) => boolean, from: string, to: string): void {
  for (const row of rows) {
    for (const [field, value] of Object.entries(row)) if (has(field) && value.includes(from)) row[field] = replaced(value, from, to);
  }
}

/** Menus with rows: those of the recording and those that came to life since. */
const inhabited = (router: RouterState): ReadonlySet<string> => new Set([...router.recording.menus.keys(), ...router.tables.keys()]);

/** Every mention of a row of `target` by its name `from` reads `to` from now on: its new name, or its bare id once it is gone. */
export function renameReferences(router: RouterState, target: string, from: string, to: string): void {
  if (from === '' || from === to) return;
  const menus = inhabited(router);
  const fields = new Map<string, Set<string>>();
  for (const { menu, field } of placesOf(router.schema).get(target) ?? []) {
    if (menus.has(menu)) fields.set(menu, (fields.get(menu) ?? new Set()).add(field));
  }
  for (const [menu, names] of fields) replaceIn(rowsOf(router, menu), (field) => names.has(field), from, to);
  if (target !== '/interface') return;
  for (const menu of menus)
    if (menu !== '/log' && menu !== '/system/history') replaceIn(rowsOf(router, menu), (field) => SHOWN.has(field), from, to);
}
