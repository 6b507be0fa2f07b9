import { ipRoute } from '../capability/catalog/ip-route.ts';
import { word } from '../capability/kinds.ts';
import { defineRecipe } from './define.ts';

export const staticRouteRemove = defineRecipe({
  id: 'static-route-remove',
  title: 'Remove a static route',
  about: 'Removes a static route, named by its id; the only default route is refused.',
  topic: 'routing',
  tool: 'plan_remove_static_route',
  input: {
    routeId: word({ about: 'RouterOS id of the route, as *8000000A.', required: true }),
  },
  intents: ({ routeId }) => [{ verb: 'remove', capability: ipRoute.id, where: { id: routeId } }],
  summary: ({ routeId }) => `Remove static route ${String(routeId)}`,
});
