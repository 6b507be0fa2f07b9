import { contains, networkOf, parsePrefix } from '../addresses.ts';
import type { RouterState } from '../state/router.ts';
import type { Row } from '../state/row.ts';
import { findRow, isDynamic, newId, rowsOf } from '../state/tables.ts';

/** Menus after whose changes the routes have to be looked at again. */
export const movesRoutes = (menu: string): boolean =>
  menu === '/ip/address' || menu === '/ip/route' || /^\/interface(?:\/[a-z0-9-]+)?$/.test(menu);

const on = (row: Row): boolean => row['disabled'] !== 'true';

/** Networks that are directly reachable: one dynamic route for each address on an interface that runs. */
function connected(router: RouterState): void {
  const routes = rowsOf(router, '/ip/route');
  const wanted = new Map<string, { network: string; name: string; local: string }>();
  for (const address of rowsOf(router, '/ip/address')) {
    const name = address['interface'] ?? '';
    const owner = findRow(router, '/interface', name);
    const prefix = parsePrefix(address['address'] ?? '');
    address['invalid'] = owner ? 'false' : 'true';
    if (!owner || !prefix || !on(address) || owner['running'] !== 'true') continue;
    const local = `${prefix.address}%${name}`;
    wanted.set(`${networkOf(prefix)}/${prefix.bits} ${local}`, { network: `${networkOf(prefix)}/${prefix.bits}`, name, local });
  }
  for (let at = routes.length - 1; at >= 0; at -= 1) {
    const route = routes[at];
    if (route?.['connect'] !== 'true') continue;
    const key = `${route['dst-address']} ${route['local-address']}`;
    if (!wanted.delete(key)) routes.splice(at, 1);
  }
  for (const { network, name, local } of wanted.values()) {
    routes.push({
      '.id': newId(router, '/ip/route', true),
      active: 'true',
      connect: 'true',
      disabled: 'false',
      distance: '0',
      'dst-address': network,
      dynamic: 'true',
      ecmp: 'false',
      gateway: name,
      'hw-offloaded': 'false',
      'immediate-gw': name,
      inactive: 'false',
      'local-address': local,
      'routing-table': 'main',
      scope: '10',
      'target-scope': '5',
    });
  }
}

const length = (route: Row): number => parsePrefix(route['dst-address'] ?? '')?.bits ?? 0;

/** Which way a gateway lies, through active routes other than the one that asks; undefined when there is none. */
function wayTo(router: RouterState, gateway: string, asking: Row): string | undefined {
  const bare = gateway.split('%')[0] ?? '';
  const owner = findRow(router, '/interface', gateway);
  if (owner) return owner['running'] === 'true' ? gateway : undefined;
  if (!parsePrefix(bare)) return undefined;
  const through = rowsOf(router, '/ip/route')
    .filter((route) => route !== asking && route['active'] === 'true' && length(route) > 0 && contains(route['dst-address'] ?? '', bare))
    .sort((a, b) => length(b) - length(a))[0];
  if (!through) return undefined;
  return through['connect'] === 'true' ? `${bare}%${through['gateway']}` : through['immediate-gw'];
}

/** Of the static routes to one place, those that can be used, and of these the nearest, are active. */
function settleStatic(router: RouterState): void {
  const routes = rowsOf(router, '/ip/route');
  const usable = (route: Row): boolean => on(route) && (route['blackhole'] !== undefined || route['immediate-gw'] !== undefined);
  const statics = routes.filter((route) => !isDynamic(route));
  for (const route of statics) {
    const way = route['gateway'] === undefined || !on(route) ? undefined : wayTo(router, route['gateway'].split(',')[0] ?? '', route);
    if (way === undefined) delete route['immediate-gw'];
    else route['immediate-gw'] = way;
  }
  for (const route of statics) {
    const rivals = routes.filter(
      (other) => other !== route && other['dst-address'] === route['dst-address'] && other['routing-table'] === route['routing-table'],
    );
    const beaten = rivals.some(
      (other) => (isDynamic(other) ? other['active'] === 'true' : usable(other)) && Number(other['distance']) < Number(route['distance']),
    );
    if (usable(route) && !beaten) route['active'] = 'true';
    else delete route['active'];
    route['inactive'] = usable(route) ? 'false' : 'true';
  }
}

/** Brings the routing table in line with addresses and interfaces. */
export function settleRoutes(router: RouterState): void {
  connected(router);
  settleStatic(router);
}
