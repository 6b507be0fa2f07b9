import { InputError } from '../core/errors.ts';
import { type Capability, defineCapability } from './define.ts';

/** A menu's path in the place of a capability's name. */
export const isRaw = (id: string): boolean => id.startsWith('/');

/**
 * Any menu that nobody declared, for reading only: every field is text, under `extra`, and what looks like a secret is masked.
 * @throws InputError the path is none
 * @example rawCapability('/ip/kid-control')
 */
export function rawCapability(menu: string): Capability {
  if (menu.length > 200 || !/^(?:\/[a-z0-9][a-z0-9-]*){1,8}$/.test(menu)) {
    throw new InputError('This is no path of a menu.', { hint: 'For example /ip/firewall/filter' });
  }
  return defineCapability({
    id: menu,
    title: menu,
    about: 'A menu that the catalog does not describe; its fields are shown as the router writes them.',
    menu,
    shape: 'table',
    topic: 'config',
    key: [],
    fields: {},
  });
}
