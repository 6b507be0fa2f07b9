import { InputError } from '../core/errors.ts';
import { alike } from '../core/nearest.ts';
import type { Action, Capability } from './define.ts';
import { isRaw, rawCapability } from './raw.ts';

/** Finds what the catalog declares. Built once over whatever was exported; adding a file edits nothing here. */
export interface Catalog {
  readonly capabilities: readonly Capability[];
  readonly actions: readonly Action[];
  /** @throws InputError with the known names */
  capability(id: string): Capability;
  /** The same, or any menu by its path, for reading: as the catalog declares it, else without a description. */
  readable(idOrMenu: string): Capability;
  action(id: string): Action;
}

export function catalogOf(declared: Readonly<Record<string, Capability | Action>>): Catalog {
  const all = Object.values(declared);
  const capabilities = all.filter((one): one is Capability => 'shape' in one).sort(byId);
  const actions = all.filter((one): one is Action => 'effect' in one).sort(byId);
  const byName = new Map(capabilities.map((one) => [one.id, one]));
  const byMenu = new Map(capabilities.map((one) => [one.menu, one]));
  const capability = (id: string): Capability => byName.get(id) ?? unknown('capability', id, [...byName.keys()]);
  const actionByName = new Map(actions.map((one) => [one.id, one]));
  return Object.freeze({
    capabilities,
    actions,
    capability,
    readable: (idOrMenu: string) => (isRaw(idOrMenu) ? (byMenu.get(idOrMenu) ?? rawCapability(idOrMenu)) : capability(idOrMenu)),
    action: (id: string) => actionByName.get(id) ?? unknown('action', id, [...actionByName.keys()]),
  });
}

const MOST_TOLD = 12;

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

/** There are hundreds of names: those like the one that was written are told, and where all of them are. */
function unknown(what: string, written: string, known: readonly string[]): never {
  const like = known.length <= MOST_TOLD ? known : alike(written, known, MOST_TOLD);
  throw new InputError(`There is no ${what} of that name.`, {
    code: 'UNKNOWN_CAPABILITY',
    hint:
      like.length > 0
        ? `Use one of: ${like.join(', ')}.`
        : 'The catalog has all names: docs/reference/catalog.md; AI clients find them with search_capabilities.',
    details: { allowed: like },
  });
}
