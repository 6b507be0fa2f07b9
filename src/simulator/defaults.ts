import { stamp } from './dates.ts';
import { deviceTime } from './device-clock.ts';
import { defaultsFile } from './fixtures.ts';
import { hash, noiseText } from './noise.ts';
import type { RouterState } from './state/router.ts';
import type { Row } from './state/row.ts';
import { findRow, rowsOf, zone } from './state/tables.ts';

/** What a template of `fixtures/defaults.json` may ask for. */
interface Filling {
  readonly router: RouterState;
  readonly menu: string;
  readonly given: Readonly<Row>;
  readonly by: string;
  readonly now: number;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A made-up key pair that stays a pair: the public half follows from the private one. */
export const publicKey = (privateKey: string): string => `${noiseText(BASE64, 42, hash(0, privateKey))}A=`;

function freeName(router: RouterState, menu: string, stem: string): string {
  const where = menu.startsWith('/interface/') && !menu.endsWith('/peers') ? '/interface' : menu;
  for (let number = 1; ; number += 1) if (!findRow(router, where, `${stem}${number}`)) return `${stem}${number}`;
}

function hardwareAddress({ router, menu, given }: Filling): string {
  const parent = given['interface'] ?? given['slaves']?.split(',')[0];
  const inherited = parent === undefined ? undefined : findRow(router, '/interface', parent)?.['mac-address'];
  const made = noiseText('0123456789ABCDEF', 6, router.seed, 'mac', menu, rowsOf(router, menu).length);
  return inherited ?? `02:A9:8A:${made.slice(0, 2)}:${made.slice(2, 4)}:${made.slice(4, 6)}`;
}

function filled(template: string, filling: Filling): string | undefined {
  const word = /^\{(.+)\}$/.exec(template)?.[1];
  if (word === undefined) return template;
  const { router, menu, given, by, now } = filling;
  const local = stamp(deviceTime(router, now), zone(router));
  if (word.startsWith('auto:')) return given['name'] ?? freeName(router, menu, word.slice(5));
  if (word === 'now') return local;
  if (word === 'today') return local.slice(0, 10);
  if (word === 'time') return local.slice(11);
  if (word === 'by') return by;
  if (word === 'mac') return hardwareAddress(filling);
  if (word === 'key:private') return `${noiseText(BASE64, 42, router.seed, 'key', given['name'] ?? '', rowsOf(router, menu).length)}A=`;
  if (word === 'key:public') return undefined;
  return given[word];
}

/** The flags every list has that knows them. */
const FLAGS: Readonly<Row> = Object.freeze({ disabled: 'false', dynamic: 'false', invalid: 'false', inactive: 'false' });

/** What RouterOS fills in when a row is added: the values for its menu, as far as this version has those fields. */
export function defaultsFor(router: RouterState, menu: string, given: Readonly<Row>, by: string, now: number): Row {
  const fields = router.schema.menu(menu)?.fields;
  const made: Row = {};
  for (const [name, template] of Object.entries(defaultsFile()[menu] ?? FLAGS)) {
    if (fields && !fields.has(name)) continue;
    const value = filled(template, { router, menu, given, by, now });
    if (value !== undefined) made[name] = value;
  }
  return made;
}

/** What a field falls back to when it is taken away, if it has a value at all then. */
export function fallback(menu: string, name: string): string | undefined {
  const template = defaultsFile()[menu]?.[name];
  return template === undefined || template.startsWith('{') ? undefined : template;
}
