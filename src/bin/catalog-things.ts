import {
  type Action,
  type Capability,
  type Catalog,
  canAdd,
  catalogEntries,
  catalogOf,
  type Fields,
  InputError,
  isWritable,
  type Recipe,
  recipes,
  type View,
  views,
} from '../lib/index.ts';
import type { Command } from './command.ts';
import type { Noun } from './offer.ts';

/** One thing of the catalog that a command takes by name. */
export type Thing =
  | { readonly noun: 'capability'; readonly capability: Capability }
  | { readonly noun: 'action'; readonly action: Action }
  | { readonly noun: 'view'; readonly view: View }
  | { readonly noun: 'recipe'; readonly recipe: Recipe };

let known: Catalog | undefined;
/** The catalog, put together once in a process. */
export function catalog(): Catalog {
  known ??= catalogOf(catalogEntries);
  return known;
}

/** What the command does with a capability: the last of its words. */
export const verbOf = ({ words }: Command): string => words.at(-1) ?? '';

/** The shape of a menu decides what can be done in it. */
export function takesVerb(capability: Capability, verb: string): boolean {
  if (verb === 'set') return isWritable(capability);
  if (verb === 'add' || verb === 'remove') return canAdd(capability);
  return verb === 'move' ? capability.shape === 'ordered' : true;
}

export function namesOf(noun: Noun, verb: string): readonly string[] {
  if (noun === 'action') return catalog().actions.map(({ id }) => id);
  if (noun === 'view') return views.map(({ id }) => id);
  if (noun === 'recipe') return recipes.map(({ id }) => id);
  return catalog()
    .capabilities.filter((one) => takesVerb(one, verb))
    .map(({ id }) => id);
}

/** @throws InputError with the names there are */
export function thingOf(noun: Noun, id: string): Thing {
  if (noun === 'capability') return { noun, capability: catalog().readable(id) };
  if (noun === 'action') return { noun, action: catalog().action(id) };
  if (noun === 'view') return { noun, view: views.find((one) => one.id === id) ?? unknown(noun, namesOf(noun, '')) };
  return { noun, recipe: recipes.find((one) => one.id === id) ?? unknown(noun, namesOf(noun, '')) };
}

function unknown(noun: string, allowed: readonly string[]): never {
  throw new InputError(`There is no ${noun} of that name.`, {
    code: 'UNKNOWN_CAPABILITY',
    hint: `Use one of: ${allowed.join(', ')}.`,
    details: { allowed },
  });
}

/** The fields a person may give for it, and those that may choose rows. */
export function fieldsOf(thing: Thing): { readonly given: Fields; readonly shown: Fields } {
  if (thing.noun === 'action') return { given: thing.action.args, shown: thing.action.args };
  if (thing.noun === 'view') return { given: thing.view.input, shown: thing.view.input };
  if (thing.noun === 'recipe') return { given: thing.recipe.input, shown: thing.recipe.input };
  const { fields } = thing.capability;
  const only = (fits: (name: string) => boolean): Fields => Object.fromEntries(Object.entries(fields).filter(([name]) => fits(name)));
  return { given: only((name) => !fields[name]?.traits.readOnly), shown: only((name) => !fields[name]?.traits.secret) };
}
