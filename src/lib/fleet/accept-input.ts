import { acceptValue, requireField } from '../capability/accept.ts';
import { type Fields, kebab } from '../capability/field.ts';
import { InputError } from '../core/errors.ts';

/**
 * What a caller gave for an action, a view or a recipe, checked and typed under the declared names.
 * @throws InputError naming the field, what is allowed and an example
 */
export function acceptInput(owner: string, fields: Fields, given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const input: Record<string, unknown> = {};
  for (const [written, value] of Object.entries(given)) {
    const { name, field } = requireField({ id: owner, fields }, written);
    if (name in input) throw new InputError(`${kebab(name)} is given twice.`, { hint: 'Give each field once.' });
    input[name] = acceptValue(owner, name, field, value);
  }
  for (const [name, { kind, traits }] of Object.entries(fields)) {
    if (!traits.required || input[name] !== undefined) continue;
    throw new InputError(`${kebab(name)} is needed for ${owner}.`, {
      hint: `For example ${kebab(name)}=${kind.example}`,
      details: { field: kebab(name), allowed: kind.allowed, example: kind.example },
    });
  }
  return input;
}
