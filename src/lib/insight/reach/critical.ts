import * as catalog from '../../capability/catalog/index.ts';
import type { Decoded } from '../../capability/codec.ts';
import type { Capability } from '../../capability/define.ts';
import { bridgeNamed, pvidOf, vlanRows } from './bridging.ts';
import { holds, isV6 } from './net.ts';
import { groundOf } from './path.ts';
import { ownerOf } from './routes.ts';
import { isSet, listOf, textOf } from './rows.ts';
import { serviceName } from './service.ts';
import { type Family, IPV4, IPV6, type ReachWorld, rowsIn } from './world.ts';

/** Which rows of a capability our way hangs on. */
type Picks = (world: ReachWorld, family: Family) => readonly Decoded[];

const familyOf = (world: ReachWorld): Family => (world.ways.some(({ source }) => isV6(source)) ? IPV6 : IPV4);

/** Interfaces of our ways with what they stand on, and the bridge ports we come in by. */
const pathOf = (world: ReachWorld): ReadonlySet<string> =>
  new Set(
    world.ways.flatMap((way) => [
      ...(way.interface === undefined ? [] : groundOf(world, way.interface)),
      ...(way.port === undefined ? [] : [way.port]),
    ]),
  );

const withName = (world: ReachWorld, capability: Capability, field: string): readonly Decoded[] =>
  rowsIn(world, capability).filter((row) => pathOf(world).has(textOf(row, field)));

/** The rules of a chain, and of those it jumps to. */
function rulesFrom(rows: readonly Decoded[], chain: string): readonly Decoded[] {
  const chains = new Set([chain]);
  for (const name of chains) {
    for (const row of rows) if (textOf(row, 'chain') === name && textOf(row, 'jumpTarget') !== '') chains.add(textOf(row, 'jumpTarget'));
  }
  return rows.filter((row) => chains.has(textOf(row, 'chain')));
}

/** Lists that these rules refer to by a field. */
const listsIn = (rules: readonly Decoded[], ...fields: readonly string[]): ReadonlySet<string> =>
  new Set(rules.flatMap((rule) => fields.map((field) => textOf(rule, field).replace(/^!/, ''))).filter(Boolean));

const gateRules = (world: ReachWorld, { filter, raw }: Family): readonly Decoded[] => [
  ...rulesFrom(rowsIn(world, filter), 'input'),
  ...rulesFrom(rowsIn(world, raw), 'prerouting'),
];

/** Lists of interfaces that rules of our gate refer to, with those they include and exclude. */
function interfaceLists(world: ReachWorld, family: Family): ReadonlySet<string> {
  const names = new Set(listsIn(gateRules(world, family), 'inInterfaceList'));
  for (const name of names) {
    const row = rowsIn(world, catalog.interfaceList).find((one) => textOf(one, 'name') === name);
    for (const other of row ? [...listOf(row, 'include'), ...listOf(row, 'exclude')] : []) names.add(other);
  }
  return names;
}

const entries: Picks = (world, family) => {
  const lists = listsIn(gateRules(world, family), 'srcAddressList', 'dstAddressList');
  const ends = world.ways.flatMap(({ source, destination }) => [source, destination]);
  return rowsIn(world, family.addressList).filter(
    (row) => lists.has(textOf(row, 'list')) && ends.some((end) => holds(textOf(row, 'address'), end) === true),
  );
};

const routes: Picks = (world, { route }) =>
  rowsIn(world, route).filter((row) => world.ways.some(({ source }) => holds(textOf(row, 'dstAddress'), source) === true));

const family = (kind: 'address' | 'route' | 'filter' | 'raw' | 'addressList', of: Family, picks: Picks): readonly [Capability, Picks] => [
  of[kind],
  (world, ours) => (ours === of ? picks(world, ours) : []),
];

/** Rows that carry the VLAN of our way over its bridge. */
function bridgeVlans(world: ReachWorld): readonly Decoded[] {
  const found = world.ways.flatMap((way) => {
    const names = way.interface === undefined ? [] : groundOf(world, way.interface);
    return names.flatMap((name, at) => {
      const bridge = bridgeNamed(world, name);
      const vlan = world.ground.vlans[names[at - 1] ?? ''];
      return bridge ? vlanRows(world, name, vlan?.vlanId ?? pvidOf(bridge)) : [];
    });
  });
  return [...new Set(found)];
}

const PICKS: readonly (readonly [Capability, Picks])[] = [
  [
    catalog.ipService,
    (world) =>
      rowsIn(world, catalog.ipService).filter(
        (row) => [serviceName('rest', world.secure), 'ssh'].includes(textOf(row, 'name')) && !isSet(row, 'connection'),
      ),
  ],
  [catalog.user, (world) => rowsIn(world, catalog.user).filter((row) => textOf(row, 'name') === world.username)],
  [catalog.interfaces, (world) => withName(world, catalog.interfaces, 'name')],
  [catalog.vlan, (world) => withName(world, catalog.vlan, 'name')],
  [catalog.bridge, (world) => withName(world, catalog.bridge, 'name')],
  [catalog.bridgePort, (world) => withName(world, catalog.bridgePort, 'interface')],
  [catalog.bridgeVlan, (world) => bridgeVlans(world)],
  [
    catalog.interfaceList,
    (world, ours) =>
      rowsIn(world, catalog.interfaceList).filter((row) => !isSet(row, 'builtin') && interfaceLists(world, ours).has(textOf(row, 'name'))),
  ],
  [
    catalog.interfaceListMember,
    (world, ours) =>
      withName(world, catalog.interfaceListMember, 'interface').filter((row) => interfaceLists(world, ours).has(textOf(row, 'list'))),
  ],
  ...[IPV4, IPV6].flatMap((of) => [
    family('address', of, (world) => [...new Set(world.ways.flatMap(({ destination }) => ownerOf(world, destination) ?? []))]),
    family('route', of, routes),
    family('raw', of, (world) => rulesFrom(rowsIn(world, of.raw), 'prerouting')),
    family('filter', of, (world) => rulesFrom(rowsIn(world, of.filter), 'input')),
    family('addressList', of, entries),
  ]),
];

/** Capabilities whose rows our way to a router hangs on. */
export const CRITICAL: readonly Capability[] = PICKS.map(([capability]) => capability);

/**
 * The static rows of one capability that our way hangs on, by `.id` and in their order.
 * @example criticalIds(world, ipService) // ['*2', '*3']
 */
export function criticalIds(world: ReachWorld, capability: Capability): readonly string[] {
  const [, picks] = PICKS.find(([one]) => one.id === capability.id) ?? [];
  return picks ? picks(world, familyOf(world)).flatMap((row) => (row.dynamic || row.id === '' ? [] : [row.id])) : [];
}

/** What a plan watches besides what it touches: when one of these rows changes, the prediction no longer holds. */
export const criticalRows = (world: ReachWorld): readonly { readonly capability: string; readonly ids: readonly string[] }[] =>
  CRITICAL.flatMap((capability) => {
    const ids = criticalIds(world, capability);
    return ids.length > 0 ? [{ capability: capability.id, ids }] : [];
  });
