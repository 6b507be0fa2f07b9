import { InputError } from '../core/errors.ts';
import type { Action, Capability } from './define.ts';

/** Finds what the catalog declares. Built once over whatever was exported; adding a file edits nothing here. */
export interface Catalog {
  readonly capabilities: readonly Capability[];
  readonly actions: readonly Action[];
  /** @throws InputError with the known names */
  capability(id: string): Capability;
  action(id: string): Action;
}

export function catalogOf(declared: Readonly<Record<string, Capability | Action>>): Catalog {
  const all = Object.values(declared);
  const capabilities = all.filter((one): one is Capability => 'shape' in one).sort(byId);
  const actions = all.filter((one): one is Action => 'effect' in one).sort(byId);
  const byName = new Map(capabilities.map((one) => [one.id, one]));
  const actionByName = new Map(actions.map((one) => [one.id, one]));
  return Object.freeze({
    capabilities,
    actions,
    capability: (id: string) => byName.get(id) ?? unknown('capability', [...byName.keys()]),
    action: (id: string) => actionByName.get(id) ?? unknown('action', [...actionByName.keys()]),
  });
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

function unknown(what: string, known: readonly string[]): never {
  throw new InputError(`There is no ${what} of that name.`, {
    code: 'UNKNOWN_CAPABILITY',
    hint: `Use one of: ${known.join(', ')}.`,
    details: { allowed: known },
  });
}
