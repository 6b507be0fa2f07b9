import { refuse } from './errors.ts';
import type { MenuSchema } from './schema.ts';
import type { RouterState } from './state/router.ts';
import type { Row } from './state/row.ts';
import { menuSchema, rowsOf } from './state/tables.ts';

/** What counts when two rows are compared: a flag by being there, everything else by its text. */
function keyOf(schema: MenuSchema, row: Row, name: string): string {
  if (schema.fields.get(name)?.kind === 'flag') return String(Object.hasOwn(row, name));
  return row[name] ?? '';
}

/** Refuses a second row with the same key, in the words recorded for the menu. `name+service` is a key of two fields. */
export function checkUnique(router: RouterState, menu: string, row: Row, self: Row | undefined): void {
  const schema = menuSchema(router, menu);
  if (!schema) return;
  for (const [key, words] of schema.unique) {
    const names = key.split('+');
    const values = names.map((name) => keyOf(schema, row, name));
    if (values[0] === '') continue;
    const where = words.includes('interface with name') ? '/interface' : menu;
    const others = rowsOf(router, where).filter((other) => other !== self && other['.id'] !== self?.['.id']);
    const twin = others.find((other) => names.every((name, at) => keyOf(schema, other, name) === values[at]));
    if (twin) throw refuse(words.replaceAll('{}', values[0] ?? ''));
  }
}
