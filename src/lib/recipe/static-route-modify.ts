import { readPrefix } from '../capability/address.ts';
import { ipRoute } from '../capability/catalog/ip-route.ts';
import { address, integer, prefix, text, word } from '../capability/kinds.ts';
import { InputError } from '../core/errors.ts';
import { requireRow, somethingOf } from './checks.ts';
import { defineRecipe } from './define.ts';

export const staticRouteModify = defineRecipe({
  id: 'static-route-modify',
  title: 'Change a static route',
  about: 'Changes an IPv4 static route, named by its id; none becomes a default route here.',
  topic: 'routing',
  tool: 'plan_modify_static_route',
  reads: { routes: ipRoute },
  input: {
    routeId: word({ about: 'RouterOS id of the route, as *8000000A.', required: true }),
    dstAddress: prefix({ about: 'Where it leads.' }),
    gateway: address({ about: 'Next hop.' }),
    distance: integer({ min: 1, max: 255 })({ about: 'Preference, lower wins.' }),
    comment: text({ about: 'Note kept on the router.' }),
  },
  intents: ({ routeId, ...values }, { routes }) => {
    const row = requireRow(ipRoute, routes, routeId);
    if (
      values['dstAddress'] !== undefined &&
      readPrefix(String(values['dstAddress']))?.length === 0 &&
      row.item['dstAddress'] !== '0.0.0.0/0'
    )
      throw new InputError('This would be a default route.', { hint: 'If that is meant, plan it as a change of ip-route.' });
    return [{ verb: 'set', capability: ipRoute.id, where: { id: row.id }, values: somethingOf(values) }];
  },
  summary: ({ routeId }) => `Change static route ${String(routeId)}`,
});
