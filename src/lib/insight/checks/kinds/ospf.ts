import { readAddress } from '../../../capability/address.ts';
import { ospfNeighbor } from '../../../capability/catalog/ospf-neighbor.ts';
import { oneLine } from '../../../core/clean.ts';
import { InputError } from '../../../core/errors.ts';
import { textOf } from '../../health/values.ts';
import { defineCheck, saysAt, startsWith } from '../kind.ts';

export const ospf = defineCheck({
  kind: 'ospf',
  form: 'ospf <address> full',
  understand: (words) => {
    if (!startsWith(words, 'ospf')) return undefined;
    const address = readAddress(words[1] ?? '');
    if (address !== undefined && words.length === 3 && saysAt(words, 2, 'full')) return { args: { address } };
    throw new InputError('An OSPF neighbour is named by its address, and the word full.', { hint: 'For example: ospf 192.0.2.2 full' });
  },
  look: async (look, { args }) => {
    const all = await look.items(ospfNeighbor, ['address', 'state']);
    const states = all.flatMap((item) => (item['address'] === args['address'] ? [textOf(item['state']) ?? ''] : []));
    if (states.length === 0) return { holds: false, seen: 'no such neighbour' };
    return { holds: states.every((state) => state.toLowerCase() === 'full'), seen: oneLine(states.join(', '), 60) };
  },
});
