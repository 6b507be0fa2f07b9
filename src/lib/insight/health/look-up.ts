import { dnsLookup } from '../../capability/catalog/dns-lookup.ts';
import type { Runner } from '../../client/types.ts';
import { oneLine } from '../../core/clean.ts';
import { RouterError } from '../../core/errors.ts';
import { textOf } from './values.ts';

export interface LookedUp {
  readonly address: string | null;
  /** The router's own words, cleaned and capped: data. Null where it found an address. */
  readonly failure: string | null;
}

/**
 * Asks the router to look up a name, by the action of the catalog.
 * @param name letters, digits, dots and dashes only: it is put into a script
 */
export async function lookUp(link: Runner, name: string): Promise<LookedUp> {
  const { menu, command, calls, rows, summary } = dnsLookup;
  try {
    const answer = await link.run({ verb: 'run', menu, command, args: calls?.({ name })[0] ?? {} });
    const found = summary?.(rows?.(answer) ?? answer, { name }) ?? {};
    const address = textOf(found['address']) ?? null;
    return { address, failure: address === null ? oneLine(textOf(found['failure']) ?? 'no answer') : null };
  } catch (thrown) {
    // Some versions refuse the request in the words of the script.
    if (!(thrown instanceof RouterError) || thrown.code !== 'ROUTER_REFUSED') throw thrown;
    return { address: null, failure: oneLine(textOf(thrown.details['routerText']) ?? 'refused') };
  }
}
