import { networkOf, readPrefix } from '../../../capability/address.ts';
import { ipRoute } from '../../../capability/catalog/ip-route.ts';
import { ipv6Route } from '../../../capability/catalog/ipv6-route.ts';
import { InputError } from '../../../core/errors.ts';
import { defineCheck, saysAt, startsWith } from '../kind.ts';

/** Exactly this destination, in any table; the router counts. */
export const route = defineCheck({
  kind: 'route',
  form: 'route <prefix> active',
  understand: (words) => {
    if (!startsWith(words, 'route')) return undefined;
    const found = readPrefix(words[1] ?? '');
    if (found && networkOf(found) === found.address && words.length === 3 && saysAt(words, 2, 'active'))
      return { args: { prefix: `${found.address}/${found.length}` } };
    throw new InputError('A route is named by its network and length, and the word active.', {
      hint: 'For example: route 0.0.0.0/0 active',
    });
  },
  look: async (look, { args }) => {
    const { prefix = '' } = args;
    const { menu } = prefix.includes(':') ? ipv6Route : ipRoute;
    const count = await look.count(menu, [`dst-address=${prefix}`, 'active=true']);
    return count === undefined ? undefined : { holds: count > 0, seen: `${count} active` };
  },
});
