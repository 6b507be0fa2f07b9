import { isIpv4, readPrefix } from '../capability/address.ts';
import { ipRoute } from '../capability/catalog/ip-route.ts';
import { ipv6Route } from '../capability/catalog/ipv6-route.ts';
import { address, integer, prefix, text, word } from '../capability/kinds.ts';
import { InputError } from '../core/errors.ts';
import { defineRecipe } from './define.ts';

export const staticRouteAdd = defineRecipe({
  id: 'static-route-add',
  title: 'Static route',
  about: 'Adds a static route. A default route is not added here: plan it as a change of ip-route.',
  topic: 'routing',
  tool: 'plan_add_static_route',
  input: {
    dstAddress: prefix({ about: 'Where it leads.', required: true }),
    gateway: address({ about: 'Next hop.', required: true }),
    distance: integer({ min: 1, max: 255 })({ about: 'Preference, lower wins.' }),
    routingTable: word({ about: 'Routing table; main by default.' }),
    comment: text({ about: 'Note kept on the router.' }),
  },
  intents: (input) => {
    const to = readPrefix(String(input['dstAddress']));
    if (to?.length === 0)
      throw new InputError('This would be a default route.', { hint: 'If that is meant, plan it as a change of ip-route.' });
    const v4 = isIpv4(to?.address ?? '');
    if (v4 !== isIpv4(String(input['gateway'])))
      throw new InputError('Destination and gateway are not of one family.', { hint: 'Both are IPv4, or both IPv6.' });
    return [{ verb: 'add', capability: v4 ? ipRoute.id : ipv6Route.id, values: input }];
  },
  summary: ({ dstAddress, gateway }) => `Add a static route to ${String(dstAddress)} by ${String(gateway)}`,
});
