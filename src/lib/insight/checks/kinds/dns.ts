import { readHost } from '../../../capability/address.ts';
import { InputError } from '../../../core/errors.ts';
import { lookUp } from '../../health/look-up.ts';
import { defineCheck, startsWith } from '../kind.ts';

/** The cache of the router may answer: for its servers there is a measurement of its own. */
export const dns = defineCheck({
  kind: 'dns',
  form: 'dns <name>',
  understand: (words) => {
    if (!startsWith(words, 'dns')) return undefined;
    // Letters, digits, dots and dashes only: it is put into a script.
    const name = readHost(words[1] ?? '');
    if (name !== undefined && words.length === 2) return { args: { name } };
    throw new InputError('This is no name that can be looked up.', { hint: 'For example: dns hq.example.net' });
  },
  look: async ({ link }, { args }) => {
    const { address, failure } = await lookUp(link, args['name'] ?? '');
    return { holds: address !== null, seen: address ?? failure ?? 'no answer' };
  },
});
