import * as catalog from '../../capability/catalog/index.ts';
import type { Decoded } from '../../capability/codec.ts';
import { holds, isV6, lengthOf, plainAddress } from './net.ts';
import { isOn, isSet, textOf } from './rows.ts';
import { IPV4, IPV6, type ReachWorld, rowsIn } from './world.ts';

type Rows = Pick<ReachWorld, 'rows'> & Partial<Pick<ReachWorld, 'touched'>>;

/** How the router answers an address: by an interface, by none, or nobody can tell. */
export type WayBack =
  /** `gateway`: whoever passes it on; missing where we are on the link ourselves. */
  | { readonly by: 'interface'; readonly interface: string; readonly gateway?: string; readonly row?: Decoded }
  | { readonly by: 'nothing'; readonly row?: Decoded }
  | { readonly by: 'unknown'; readonly row?: Decoded };

interface Candidate {
  readonly length: number;
  readonly distance: number;
  readonly row: Decoded;
  readonly link: boolean;
}

const ownAddresses = (world: Rows, address: string): readonly Decoded[] =>
  rowsIn(world, (isV6(address) ? IPV6 : IPV4).address).filter((row) => isOn(row) && !isSet(row, 'invalid'));

/** The interface an address is active on: the bridge, where its own is a port of one. */
function carrierOf(world: Rows, row: Decoded): string {
  const name = textOf(row, 'interface');
  const port = rowsIn(world, catalog.bridgePort).find((one) => isOn(one) && textOf(one, 'interface') === name);
  return port ? textOf(port, 'bridge') : name;
}

const isUp = (world: Rows, name: string): boolean =>
  rowsIn(world, catalog.interfaces).some((row) => textOf(row, 'name') === name && isOn(row) && row.item['running'] !== false);

/** Networks of own addresses whose interface is up: they are worked out, as a changed address changes its route. */
function linksTo(world: Rows, address: string): readonly Candidate[] {
  return ownAddresses(world, address)
    .filter((row) => holds(textOf(row, 'address'), address) === true && isUp(world, carrierOf(world, row)))
    .map((row) => ({ length: lengthOf(textOf(row, 'address')), distance: 0, row, link: true }));
}

/** Nothing is changed that brings a sleeping route to life. */
const isAsRead = ({ touched }: Rows): boolean => {
  const wakes = [IPV4, IPV6].flatMap(({ route, address }) => [route.id, address.id]);
  return ![...(touched ?? [])].some((id) => wakes.includes(id) || id.includes('interface') || id === catalog.vlan.id);
};

/** Routes that are no networks of own addresses. One that cannot be used as things are may be when they change. */
function routesTo(world: Rows, address: string): readonly Candidate[] {
  return rowsIn(world, (isV6(address) ? IPV6 : IPV4).route)
    .filter(
      (row) =>
        isOn(row) &&
        !isSet(row, 'connect') &&
        !(isSet(row, 'inactive') && isAsRead(world)) &&
        (textOf(row, 'routingTable') || 'main') === 'main',
    )
    .filter((row) => holds(textOf(row, 'dstAddress'), address) === true)
    .map((row) => ({
      length: lengthOf(textOf(row, 'dstAddress')),
      distance: Number(textOf(row, 'distance') || '1'),
      row,
      link: false,
    }));
}

/** Do rules of routing send answers to us by another table? */
const isSteered = (world: Rows, source: string, destination: string): boolean =>
  rowsIn(world, catalog.routingRule).some((rule) => {
    if (!isOn(rule) || isSet(rule, 'default')) return false;
    const table = textOf(rule, 'table');
    const apart = (field: string, address: string) => textOf(rule, field) !== '' && holds(textOf(rule, field), address) === false;
    if (apart('dstAddress', source) || apart('srcAddress', destination)) return false;
    return !(textOf(rule, 'action').startsWith('lookup') && table === 'main') && table !== 'local';
  });

/** Where the packets of a route go: to an interface, or to a neighbour that is found by another route. */
function hopOf(world: Rows, row: Decoded): WayBack {
  if (isSet(row, 'inactive')) return { by: 'unknown', row };
  if (isSet(row, 'blackhole')) return { by: 'nothing', row };
  const gateway = textOf(row, 'gateway');
  // Several next hops at once, or one in another table.
  if (gateway === '' || gateway.includes(',') || gateway.includes('@')) return { by: 'unknown', row };
  const [next = '', zone] = gateway.split('%');
  const address = plainAddress(next);
  if (address === undefined) return isUp(world, next) ? { by: 'interface', interface: next, row } : { by: 'nothing', row };
  if (zone !== undefined) return isUp(world, zone) ? { by: 'interface', interface: zone, gateway: address, row } : { by: 'nothing', row };
  const link = best(linksTo(world, address));
  if (link) return { by: 'interface', interface: carrierOf(world, link.row), gateway: address, row };
  // A next hop behind another route is the router's to find.
  return { by: 'unknown', row };
}

/** The longest prefix wins, then the lowest distance. */
const best = (candidates: readonly Candidate[]): Candidate | undefined =>
  [...candidates].sort((a, b) => b.length - a.length || a.distance - b.distance)[0];

/**
 * How the router answers us. Learned routes that were not read are not considered: whoever reads the world sees to that.
 * @param destination the router's own address, from which it answers
 */
export function wayBack(world: Rows, source: string, destination: string): WayBack {
  if (isSteered(world, source, destination)) return { by: 'unknown' };
  const candidates = [...linksTo(world, source), ...routesTo(world, source)];
  const first = best(candidates);
  if (!first) return { by: 'nothing' };
  const equals = candidates.filter((one) => one.length === first.length && one.distance === first.distance);
  const hops = equals.map(
    (one): WayBack => (one.link ? { by: 'interface', interface: carrierOf(world, one.row), row: one.row } : hopOf(world, one.row)),
  );
  const [hop] = hops;
  if (!hop || hops.some((one) => one.by !== hop.by || interfaceOf(one) !== interfaceOf(hop))) return { by: 'unknown', row: first.row };
  // A route whose gateway is gone is not used, and the next best one is.
  if (hop.by === 'nothing' && !isSet(first.row, 'blackhole') && candidates.length > equals.length) return { by: 'unknown', row: first.row };
  return hop;
}

export const interfaceOf = (way: WayBack): string | undefined => (way.by === 'interface' ? way.interface : undefined);

/** The row that gives the router an address. */
export const ownerOf = (world: Rows, address: string): Decoded | undefined =>
  ownAddresses(world, address).find((row) => plainAddress(textOf(row, 'address').split('/')[0] ?? '') === address);
