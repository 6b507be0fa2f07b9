import * as catalog from '../../capability/catalog/index.ts';
import type { Decoded } from '../../capability/codec.ts';
import type { Capability } from '../../capability/define.ts';
import { bridgeFinding, bridgeNamed } from './bridging.ts';
import { type Finding, shut, unclear } from './finding.ts';
import { holds } from './net.ts';
import { interfaceOf, ownerOf, wayBack } from './routes.ts';
import { isOn, isSet, listOf, textOf } from './rows.ts';
import { IPV4, IPV6, type ReachWorld, rowsIn, type Way } from './world.ts';

type Rows = Pick<ReachWorld, 'rows'>;

const DEEPEST = 8;

/** Kinds of interfaces whose ground is known: what carries them is looked at as well. */
const GROUNDED: ReadonlySet<string> = new Set(['ether', 'vlan', 'bridge', 'wifi', 'wlan']);
/** What carries an interface, and the lists it stands in. */
export const CARRIERS: readonly Capability[] = [
  catalog.vlan,
  catalog.bridge,
  catalog.bridgePort,
  catalog.bridgeVlan,
  catalog.interfaceList,
  catalog.interfaceListMember,
];
/** Menus below `/interface` that are looked at here, or that no packet depends on. */
const LOOKED_AT: ReadonlySet<string> = new Set([catalog.interfaces, ...CARRIERS].map(({ id }) => id));

/** Whatever is judged without knowing the way. */
const PASSING: ReadonlySet<string> = new Set(
  [
    ...[IPV4, IPV6].flatMap(({ filter, raw, nat, addressList }) => [filter, raw, nat, addressList]),
    catalog.ipService,
    catalog.user,
    catalog.firewallConnectionTracking,
    catalog.interfaceList,
    catalog.interfaceListMember,
  ].map(({ id }) => id),
);

const named = (world: Rows, name: string): Decoded | undefined =>
  rowsIn(world, catalog.interfaces).find((row) => textOf(row, 'name') === name);

const vlanNamed = (world: Rows, name: string): Decoded | undefined =>
  rowsIn(world, catalog.vlan).find((row) => textOf(row, 'name') === name);

/** An interface and those it stands on, from the top. */
export function groundOf(world: Rows, name: string): readonly string[] {
  const names = [name];
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const vlan = vlanNamed(world, names.at(-1) ?? '');
    if (!vlan) break;
    names.push(textOf(vlan, 'interface'));
  }
  return names;
}

/** The address that is called must still be the router's own. */
export function addressFinding(world: ReachWorld, way: Way): Finding | undefined {
  return ownerOf(world, way.destination) ? undefined : shut('The router no longer has the address that we call.');
}

/** Our answers must find their way, and it should be the one they had. */
export function routeFinding(world: ReachWorld, way: Way): Finding | undefined {
  if (way.interface === undefined) {
    return [...world.touched].some((id) => !PASSING.has(id))
      ? unclear('What changes may be our way, and nothing shows which that is.')
      : undefined;
  }
  const back = wayBack(world, way.source, way.destination);
  if (back.by === 'nothing') return shut('The router has no route back to us.', back.row);
  if (interfaceOf(back) === way.interface) return undefined;
  return unclear('Answers to us go another way than they did.', back.row);
}

/** Every interface of our way must be there, switched on and up. */
export function interfaceFinding(world: ReachWorld, way: Way): Finding | undefined {
  if (way.interface === undefined) return undefined;
  let doubt: Finding | undefined;
  const names = groundOf(world, way.interface);
  for (const [at, name] of [...names, ...(way.port === undefined ? [] : [way.port])].entries()) {
    const row = named(world, name);
    if (!row) return shut('An interface of our way is gone.', vlanNamed(world, names[at - 1] ?? ''));
    if (!isOn(row)) return shut('An interface of our way is switched off.', row);
    const vlan = vlanNamed(world, names[at - 1] ?? '');
    const bridge = at < names.length ? bridgeNamed(world, name) : undefined;
    const found = bridge ? bridgeFinding(world, way, bridge, vlan && textOf(vlan, 'vlanId')) : undefined;
    if (found?.verdict === 'no') return found;
    doubt ??= found ?? (row.item['running'] === false ? unclear('An interface of our way is not running.', row) : undefined);
  }
  return vlanFinding(world, names) ?? tunnelFinding(world, way) ?? doubt ?? unjudgedFinding(world, way, names);
}

/** A VLAN interface that takes other tags, or stands on another interface, than when we came in. */
function vlanFinding(world: ReachWorld, names: readonly string[]): Finding | undefined {
  for (const name of names) {
    const row = vlanNamed(world, name);
    const was = world.ground.vlans[name];
    if (row && was && (was.interface !== textOf(row, 'interface') || was.vlanId !== textOf(row, 'vlanId'))) {
      return unclear('The VLAN we come by is another one, or on another interface.', row);
    }
  }
  return undefined;
}

/** Over WireGuard nothing comes in that no peer may send. */
function tunnelFinding(world: ReachWorld, way: Way): Finding | undefined {
  const row = named(world, way.interface ?? '');
  if (!row || textOf(row, 'type') !== 'wg') return undefined;
  const peers = rowsIn(world, catalog.wireguardPeers).filter((peer) => isOn(peer) && textOf(peer, 'interface') === way.interface);
  const allowed = peers.some((peer) => listOf(peer, 'allowedAddress').some((prefix) => holds(prefix, way.source) === true));
  return allowed ? undefined : shut('No peer of the tunnel we come through may send from our address.', row);
}

/** What a plan changes of our way and is not judged here: the ground of a tunnel, the settings of a port or a radio. */
function unjudgedFinding(world: ReachWorld, way: Way, names: readonly string[]): Finding | undefined {
  const all = [...names, ...(way.port === undefined ? [] : [way.port])];
  const floating = all.flatMap((name) => named(world, name) ?? []).find((row) => !GROUNDED.has(textOf(row, 'type')));
  if (floating && world.touched.size > 0) return unclear('What the tunnel or bond we come through stands on is not judged.', floating);
  // Without a known port any member of the bridge may be ours.
  const bridges = names.filter((name) => bridgeNamed(world, name));
  const members = rowsIn(world, catalog.bridgePort).filter((row) => way.port === undefined && bridges.includes(textOf(row, 'bridge')));
  const ours = new Set([...all, ...members.map((row) => textOf(row, 'interface'))]);
  for (const id of world.touched) {
    if (LOOKED_AT.has(id)) continue;
    const row = (world.rows.get(id) ?? []).find((one) => ours.has(textOf(one, 'name')) || ours.has(textOf(one, 'interface')));
    const below = MENUS_OF_INTERFACES.has(id);
    if (row && below) return unclear('A setting of our interfaces changes that is not judged.', row);
  }
  const ports = world.touched.has(catalog.bridgePort.id) || world.touched.has(catalog.interfaces.id);
  return ports && way.port === undefined && bridges.length > 0 && hasLess(world, bridges)
    ? unclear('A port of the bridge we come in by is taken away or switched off, and nothing shows which one is ours.')
    : undefined;
}

const MENUS_OF_INTERFACES: ReadonlySet<string> = new Set(
  Object.values(catalog).flatMap((one) => ('shape' in one && one.menu.startsWith('/interface/') ? [one.id] : [])),
);

/** Has a bridge fewer ports in force than when we came in? */
function hasLess(world: ReachWorld, bridges: readonly string[]): boolean {
  const there = (name: string): boolean => {
    const row = rowsIn(world, catalog.bridgePort).find((one) => textOf(one, 'interface') === name);
    const interfaceRow = named(world, name);
    return row !== undefined && interfaceRow !== undefined && isOn(row) && isOn(interfaceRow) && bridges.includes(textOf(row, 'bridge'));
  };
  return Object.entries(world.ground.ports).some(([name, bridge]) => bridges.includes(bridge) && !there(name));
}

/** What the interfaces are like now: the ground of a world that was just read. */
export function groundNow(world: Rows): ReachWorld['ground'] {
  const ports = rowsIn(world, catalog.bridgePort).filter(
    (row) => isOn(row) && named(world, textOf(row, 'interface'))?.item['disabled'] !== true,
  );
  return {
    vlans: Object.fromEntries(
      rowsIn(world, catalog.vlan).map((row) => [
        textOf(row, 'name'),
        { vlanId: textOf(row, 'vlanId'), interface: textOf(row, 'interface') },
      ]),
    ),
    filtering: rowsIn(world, catalog.bridge)
      .filter((row) => isSet(row, 'vlanFiltering'))
      .map((row) => textOf(row, 'name')),
    ports: Object.fromEntries(ports.map((row) => [textOf(row, 'interface'), textOf(row, 'bridge')])),
  };
}
