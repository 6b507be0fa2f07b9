import { missingBecause } from '../../capability/availability.ts';
import * as catalog from '../../capability/catalog/index.ts';
import { type Decoded, decodeRow } from '../../capability/codec.ts';
import type { Capability } from '../../capability/define.ts';
import { wireFields } from '../../capability/read-call.ts';
import type { CallOptions, Reader, Row } from '../../client/types.ts';
import { RouterError } from '../../core/errors.ts';
import type { Device } from '../../device/device.ts';
import { bridgeNamed } from './bridging.ts';
import { isV6 } from './net.ts';
import { CARRIERS, groundNow, groundOf, interfaceFinding, routeFinding } from './path.ts';
import { wayBack } from './routes.ts';
import { isOn, textOf } from './rows.ts';
import { serviceName, serviceRow } from './service.ts';
import { type Called, destinationsOf, isSecure, portBehind, portOf, sourcesOf } from './session.ts';
import { type Family, IPV4, IPV6, type ReachWorld, rowsIn, type Way } from './world.ts';

export interface ReachDeps {
  readonly device: Called & Pick<Device, 'username' | 'facts'>;
  readonly options?: CallOptions;
}

interface Wanted {
  readonly fields?: readonly string[];
  readonly where?: Row;
}

/** Reads into one map; what the router refuses to show is remembered, and nothing is concluded from it. */
interface Reading {
  readonly rows: Map<string, readonly Decoded[]>;
  readonly unread: Set<string>;
  read(capability: Capability, wanted?: Wanted): Promise<readonly Decoded[]>;
  /** The same, kept for the prediction. */
  keep(capability: Capability, ...wanted: readonly Wanted[]): Promise<void>;
}

function readingOf(reader: Reader, { device: { facts }, options = {} }: ReachDeps): Reading {
  const rows = new Map<string, readonly Decoded[]>();
  const unread = new Set<string>();
  const read: Reading['read'] = async (capability, { fields, where } = {}) => {
    if (missingBecause(capability, facts) !== undefined) return [];
    const only = fields && wireFields(capability, fields, facts.version);
    try {
      const found = await reader.read(
        { verb: 'read', menu: capability.menu, ...(only && { fields: only }), ...(where && { where }) },
        options,
      );
      return found.map((row) => decodeRow(capability, row, facts.version));
    } catch (thrown) {
      if (!(thrown instanceof RouterError)) throw thrown;
      if (thrown.code !== 'NO_SUCH_MENU') unread.add(capability.id);
      return [];
    }
  };
  return {
    rows,
    unread,
    read,
    keep: async (capability, ...wanted) => {
      const found: Decoded[] = [];
      for (const one of wanted.length > 0 ? wanted : [{}]) found.push(...(await read(capability, one)));
      // Asked for in two ways, a row may come twice.
      rows.set(capability.id, [...new Map(found.map((row, at) => [row.id || at, row])).values()]);
    },
  };
}

const INTERFACE_FIELDS = ['name', 'type', 'running', 'disabled', 'inactive'];
const PEER_FIELDS = ['interface', 'allowedAddress', 'disabled'];
/** What is read whole, whatever our way is. */
const WHOLE: readonly Capability[] = [...CARRIERS, catalog.ipVrf, catalog.routingRule, catalog.firewallConnectionTracking];

/**
 * Reads what our way to a router hangs on: some twenty menus, one after the other, of large ones only what concerns us.
 * @throws UnreachableError the line broke; what the router merely refuses to show makes the prediction unknown
 * @example const world = await readReachWorld(link, { device }); predictReach(world, 'rest')
 */
export async function readReachWorld(reader: Reader, deps: ReachDeps): Promise<ReachWorld> {
  const { device } = deps;
  const reading = readingOf(reader, deps);
  const logins = await reading.read(catalog.userActive, { where: { name: device.username } });
  const sources = sourcesOf(logins, device.username);
  const family = sources.some(isV6) ? IPV6 : IPV4;
  await reading.keep(catalog.ipService);
  await reading.keep(catalog.user, { fields: ['name', 'address', 'disabled'], where: { name: device.username } });
  await reading.keep(catalog.interfaces, { fields: INTERFACE_FIELDS });
  for (const capability of [...WHOLE, family.address, family.raw, family.nat, family.filter]) await reading.keep(capability);
  await reading.keep(family.route, { where: { dynamic: 'false' } }, { where: { 'dst-address': family === IPV6 ? '::/0' : '0.0.0.0/0' } });
  if (rowsIn(reading, catalog.interfaces).some((row) => textOf(row, 'type') === 'wg')) {
    await reading.keep(catalog.wireguardPeers, { fields: PEER_FIELDS });
  }
  const lists = listsOf(reading, family);
  if (lists.length > 0) await reading.keep(family.addressList, ...lists.map((list) => ({ where: { list } })));
  const [rest, ssh] = [portOf(reading, device, 'rest'), portOf(reading, device, 'ssh')];
  const web = serviceRow(reading, serviceName('rest', isSecure(device)));
  const world: ReachWorld = {
    rows: reading.rows,
    unread: reading.unread,
    touched: new Set<string>(),
    lists: new Set(lists),
    ways: [],
    ground: groundNow(reading),
    username: device.username,
    secure: isSecure(device),
    ports: { ...(rest !== undefined && { rest }), ...(ssh !== undefined && { ssh }) },
    certificate: web ? textOf(web, 'certificate') : '',
    renamed: false,
  };
  const sameFamily = sources.every((source) => isV6(source) === (family === IPV6));
  return Object.freeze({ ...world, ways: sameFamily ? (await waysOf(reading, device, sources)).map((way) => proven(world, way)) : [] });
}

/** We are in: what would keep us out of a way is not our way, so that it is not taken for known. */
function proven(world: ReachWorld, way: Way): Way {
  const { port: _, ...coarser } = way;
  const fits = (one: Way): boolean => interfaceFinding(world, one)?.verdict !== 'no' && routeFinding(world, one)?.verdict !== 'no';
  if (fits(way)) return way;
  return fits(coarser) ? coarser : { source: way.source, destination: way.destination };
}

/** Address lists that rules in force refer to; an entry elsewhere decides nothing. */
function listsOf(world: Pick<ReachWorld, 'rows'>, { filter, raw, nat }: Family): readonly string[] {
  const rules = [filter, raw, nat].flatMap((menu) => rowsIn(world, menu)).filter(isOn);
  const names = rules.flatMap((rule) => [textOf(rule, 'srcAddressList'), textOf(rule, 'dstAddressList')]);
  return [...new Set(names.map((name) => name.replace(/^!/, '')).filter(Boolean))];
}

async function waysOf(reading: Reading, device: Called, sources: readonly string[]): Promise<readonly Way[]> {
  const ways: Way[] = [];
  const learns = sources.length > 0 && (await learnsRoutes(reading));
  for (const source of sources) {
    const destinations = destinationsOf(reading, device, source, await seenBy(reading, device, source));
    for (const destination of destinations) ways.push(await wayOf(reading, source, destination, learns));
    // Without one of them the set is not all there is.
    if (destinations.length === 0) return [];
  }
  return ways;
}

/** Do neighbours teach the router routes, so that those that were read may not be all that concern us? */
async function learnsRoutes(reading: Reading): Promise<boolean> {
  for (const capability of [catalog.bgpConnection, catalog.ospfInstance, catalog.ripInstance]) {
    const rows = await reading.read(capability);
    if (reading.unread.delete(capability.id) || rows.some(isOn)) return true;
  }
  return false;
}

async function wayOf(reading: Reading, source: string, destination: string, learns: boolean): Promise<Way> {
  const back = wayBack(reading, source, destination);
  if (back.by !== 'interface') return { source, destination };
  const link = back.row && rowsIn(reading, catalog.ipAddress).concat(rowsIn(reading, catalog.ipv6Address)).includes(back.row);
  const isDefault = ['0.0.0.0/0', '::/0'].includes(back.row ? textOf(back.row, 'dstAddress') : '');
  // A default route is the last resort: a learned one may be better.
  if (!link && isDefault && learns) return { source, destination };
  const port = await bridgePortTo(reading, back.interface, back.gateway ?? source);
  return { source, destination, interface: back.interface, ...(port !== undefined && { port }) };
}

/** The port of a bridge below our interface behind which the next station on our way is. */
async function bridgePortTo(reading: Reading, name: string, neighbour: string): Promise<string | undefined> {
  const bridge = groundOf(reading, name).find((one) => bridgeNamed(reading, one));
  if (bridge === undefined) return undefined;
  const table = isV6(neighbour) ? catalog.ipv6Neighbor : catalog.ipArp;
  const [row] = await reading.read(table, { where: { address: neighbour } });
  const mac = row && textOf(row, 'macAddress');
  const hosts = mac ? await reading.read(catalog.bridgeHost, { where: { 'mac-address': mac } }) : [];
  // It helps where it is there, and is not missed where it is not.
  for (const { id } of [table, catalog.bridgeHost]) reading.unread.delete(id);
  return portBehind(hosts.filter((one) => textOf(one, 'bridge') === bridge));
}

/** Which own addresses the router sees us on, from the connections it follows: asked one by one, as there may be many thousands. */
async function seenBy(reading: Reading, device: Called, source: string): Promise<readonly string[]> {
  const all = destinationsOf(reading, device, source, []);
  const port = portOf(reading, device, 'rest');
  if (all.length < 2 || port === undefined || isV6(source)) return [];
  const seen: string[] = [];
  for (const address of all) {
    const fields = ['protocol', 'srcAddress', 'dstAddress'];
    const rows = await reading.read(catalog.firewallConnection, { fields, where: { 'dst-address': `${address}:${port}` } });
    if (rows.some((row) => textOf(row, 'protocol') === 'tcp' && textOf(row, 'srcAddress').split(':')[0] === source)) seen.push(address);
  }
  reading.unread.delete(catalog.firewallConnection.id);
  return seen;
}
