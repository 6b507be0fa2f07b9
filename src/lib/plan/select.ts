import { acceptValue, requireField } from '../capability/accept.ts';
import { absentText, type Decoded, wireName } from '../capability/codec.ts';
import { type Field, kebab } from '../capability/field.ts';
import { InputError } from '../core/errors.ts';
import type { Selector } from './intent.ts';
import { type Menu, rowById } from './menu.ts';

/** Rows whose fields equal the selector's. */
function matching(menu: Menu, selector: Selector): readonly Decoded[] {
  const wanted = Object.entries(selector).map(([written, value]) => {
    const { name, field } = requireField(menu.capability, written);
    if (field.traits.secret)
      throw new InputError(`${kebab(name)} is secret: no row is named by it.`, { hint: `Name one by ${keyHint(menu)}.` });
    const typed = acceptValue(menu.capability.id, name, field, value);
    return { name, field, text: field.kind.encode(typed) };
  });
  if (wanted.length === 0) throw new InputError('No row was named.', { hint: `Name one by ${keyHint(menu)}.` });
  return menu.rows.filter((row) => wanted.every(({ name, field, text }) => textOf(menu, row, name, field) === text));
}

/** What a row says in a field, be it the router's own, as the text that was asked for would say it. */
function textOf(menu: Menu, row: Decoded, name: string, field: Field): string | undefined {
  const value = row.item[name];
  const wire = wireName(name, field, menu.version);
  return row.content[wire] ?? (value === undefined ? (row.extra[wire] ?? absentText(field)) : field.kind.encode(value));
}

const keyHint = (menu: Menu): string =>
  menu.capability.key.length > 0 ? menu.capability.key.map(kebab).join(' and ') : 'id, or by fields that only it has';

/**
 * The one row a selector names.
 * @returns undefined when fields were given and no row has them
 * @throws InputError for an id that is not there, a dynamic row, or several rows
 */
export function selectRow(menu: Menu, selector: Selector | undefined): Decoded | undefined {
  if (menu.capability.shape === 'singleton') {
    if (selector && Object.keys(selector).length > 0) throw new InputError(`${menu.capability.id} has one item only: name no row.`);
    return menu.rows[0];
  }
  const { id, ...fields } = selector ?? {};
  if (id !== undefined) return byId(menu, id, fields);
  const fitting = matching(menu, fields);
  const rows = fitting.filter((row) => !row.dynamic);
  if (rows.length > 1) {
    throw new InputError(`${rows.length} rows of ${menu.capability.id} have these values.`, {
      code: 'AMBIGUOUS_ROW',
      hint: 'Name one of them by id.',
      details: { ids: rows.slice(0, 20).map((row) => row.id) },
    });
  }
  if (rows.length === 0 && fitting.length > 0) throw isDynamic(menu);
  return rows[0];
}

function byId(menu: Menu, id: unknown, fields: Selector): Decoded {
  const row = typeof id === 'string' ? rowById(menu, id) : undefined;
  const fits = Object.keys(fields).length === 0 || matching(menu, fields).some((one) => one === row);
  if (!row || (!fits && !row.dynamic)) throw noSuchRow(menu);
  if (row.dynamic) throw isDynamic(menu);
  return row;
}

export const noSuchRow = (menu: Menu): InputError =>
  new InputError(`No such row in ${menu.capability.id}.`, {
    code: 'NO_SUCH_ROW',
    hint: `Name it by ${keyHint(menu)}; get ${menu.capability.id} lists them.`,
    details: { capability: menu.capability.id },
  });

const isDynamic = (menu: Menu): InputError =>
  new InputError(`That row of ${menu.capability.id} is dynamic: the router made it itself.`, {
    code: 'READ_ONLY',
    hint: 'Change what it comes from.',
    details: { capability: menu.capability.id },
  });
