import { acceptValues } from '../capability/accept.ts';
import { encodeItem, fieldExists, wireName } from '../capability/codec.ts';
import { kebab } from '../capability/field.ts';
import type { Row } from '../client/types.ts';
import { InputError } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';
import type { Menu } from './menu.ts';
import type { Secrets } from './sealed.ts';

/** Checked values as wire text, and secrets by wire name; a field this router's version lacks is refused here. */
export function wireValues(menu: Menu, values: Readonly<Record<string, unknown>>): { readonly row: Row; readonly secrets: Secrets } {
  const accepted = acceptValues(menu.capability, values);
  const secrets: Record<string, Secret> = {};
  for (const [name, value] of Object.entries(accepted)) {
    const field = menu.capability.fields[name];
    if (field && value instanceof Secret) secrets[wireName(name, field, menu.version)] = value;
    if (field && !fieldExists(field, menu.version)) {
      throw new InputError(`${kebab(name)} does not exist on RouterOS ${menu.version}.`, { code: 'UNKNOWN_FIELD', hint: 'Leave it out.' });
    }
  }
  const open = Object.fromEntries(Object.entries(accepted).filter(([, value]) => !(value instanceof Secret)));
  return { row: encodeItem(menu.capability, open, menu.version), secrets };
}
