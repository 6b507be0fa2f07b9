import { InputError } from '../../lib/index.ts';
import { type Param, textsParam } from '../schema.ts';

/**
 * Fields and their values as RouterOS itself writes them: `["servers=1.1.1.1,8.8.8.8", "allow-remote-requests=yes"]`.
 * A free object has no portable schema and a list of objects has none either; a list of texts has, costs least,
 * and is read by the catalog, which knows what each field takes. Everything behind the first `=` is the value: nothing is escaped.
 */
export const pairsParam = (about: string, example: string): Param<readonly string[]> => textsParam({ about, example });

/** @throws InputError for a text without `=` and for a name that comes twice */
export function readPairs(argument: string, pairs: readonly string[] | undefined): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  for (const pair of pairs ?? []) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, Math.max(at, 0)).trim();
    if (name === '') {
      throw new InputError(`${argument} takes texts of the form field=value.`, {
        hint: `For example ${argument}: ["comment=uplink to core"]`,
        details: { field: argument, example: 'comment=uplink to core' },
      });
    }
    if (values.has(name))
      throw new InputError(`${argument} names one field twice.`, { hint: 'Give each field once.', details: { field: argument } });
    values.set(name, pair.slice(at + 1));
  }
  return Object.fromEntries(values);
}

/** A row by `*1B` alone, by `id=*1B`, or by fields that no other row has. */
export function readSelector(argument: string, pairs: readonly string[] | undefined): Readonly<Record<string, string>> | undefined {
  if (pairs === undefined || pairs.length === 0) return undefined;
  const [only] = pairs;
  if (pairs.length === 1 && only !== undefined && /^\*[0-9A-Fa-f]+$/.test(only)) return { id: only };
  return readPairs(argument, pairs);
}
