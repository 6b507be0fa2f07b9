import { absentText, wireMap } from '../capability/codec.ts';
import type { Field } from '../capability/field.ts';
import type { Row } from '../client/types.ts';
import { InputError } from '../core/errors.ts';
import type { Intent, Selector } from './intent.ts';
import type { Menu } from './menu.ts';
import type { Change } from './types.ts';

/**
 * The wishes that changes of a file come from. Nothing of a file is carried out: its wishes are planned anew, and must come to the same.
 * @throws InputError a change of a field that the catalog does not know
 */
export const intentsOf = (changes: readonly Change[], menus: ReadonlyMap<string, Menu>): readonly Intent[] =>
  changes.map((change) => intentOf(change, menus.get(change.capability)));

function intentOf(change: Change, menu: Menu | undefined): Intent {
  const { capability, verb, row, place } = change;
  const where: Selector = { id: row };
  const before = typeof place?.to === 'string' ? { before: { id: place.to } } : {};
  switch (verb) {
    case 'add':
      return { verb, capability, values: named(menu, change.after ?? {}), again: true, ...before };
    case 'set':
      return { verb, capability, ...(row === '' ? {} : { where }), ...wishesOf(menu, change) };
    case 'remove':
      return { verb, capability, where };
    case 'move':
      return { verb, capability, where, ...before };
  }
}

/** What is set, and what is taken away: a field that has the text of its absence was, wherever that can be said. */
function wishesOf(
  menu: Menu | undefined,
  { before, after }: Change,
): { values: Readonly<Record<string, unknown>>; unset: readonly string[] } {
  const wires = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const fields = wires.map((wire) => ({ ...fieldOf(menu, wire), value: after?.[wire] }));
  const isGone = ({ field, value }: (typeof fields)[number]): boolean =>
    value === undefined || (value === absentText(field) && field.traits.required !== true);
  return {
    values: Object.fromEntries(fields.filter((one) => !isGone(one)).map(({ name, value }) => [name, value])),
    unset: fields.filter(isGone).map(({ name }) => name),
  };
}

const named = (menu: Menu | undefined, row: Row): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(row).map(([wire, value]) => [fieldOf(menu, wire).name, value]));

function fieldOf(menu: Menu | undefined, wire: string): { readonly name: string; readonly field: Field } {
  const found = menu && wireMap(menu.capability, menu.version).get(wire);
  if (found) return found;
  throw new InputError('The plan of this file changes a field that this program does not know.', {
    code: 'UNKNOWN_FIELD',
    hint: 'Use the version of routeros-mcp that wrote it, or plan it here.',
  });
}
