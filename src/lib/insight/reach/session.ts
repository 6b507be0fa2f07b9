import * as catalog from '../../capability/catalog/index.ts';
import type { Decoded } from '../../capability/codec.ts';
import { hostOf, isLoopback } from '../../device/address.ts';
import type { Device } from '../../device/device.ts';
import { isV6, plainAddress } from './net.ts';
import { ownerOf } from './routes.ts';
import { isOn, isSet, listOf, textOf } from './rows.ts';
import { serviceName, serviceRow, type Transport } from './service.ts';
import { IPV4, IPV6, type ReachWorld, rowsIn } from './world.ts';

/** More of them are not followed. */
const MOST_ADDRESSES = 8;

type Rows = Pick<ReachWorld, 'rows'>;
export type Called = Pick<Device, 'address' | 'ssh'>;

export const isSecure = ({ address }: Called): boolean => new URL(address).protocol === 'https:';

const hostIn = (text: string): string | undefined => plainAddress(text.replace(/^\[([^\]]*)\].*$/, '$1').replace(/^([\d.]+):\d+$/, '$1'));

/**
 * Where the router sees our account coming from. Logins over REST stay in the list after they ended (7.16 to 7.24), so that there may
 * be several; ours is one of them, for the list was read over it.
 * @param logins rows of `/user/active`
 */
export function sourcesOf(logins: readonly Decoded[], username: string): readonly string[] {
  const ours = logins.filter((row) => textOf(row, 'name') === username && !isSet(row, 'byRomon'));
  const by = (...ways: readonly string[]) => ours.filter((row) => ways.includes(textOf(row, 'via')));
  const rest = by('rest-api');
  const rows = rest.length > 0 ? rest : by('ssh', 'api', 'web');
  const addresses = new Set(rows.map((row) => hostIn(textOf(row, 'address'))));
  // One that is not understood may be ours.
  if (addresses.has(undefined) || addresses.size > MOST_ADDRESSES) return [];
  return [...addresses].filter((one) => one !== undefined);
}

/** Own addresses of the family in force: one of them is called, whatever name or tunnel leads to it. */
const ownAddresses = (world: Rows, source: string): readonly string[] =>
  rowsIn(world, (isV6(source) ? IPV6 : IPV4).address)
    .filter((row) => isOn(row) && !isSet(row, 'invalid'))
    .flatMap((row) => plainAddress(textOf(row, 'address').split('/')[0] ?? '') ?? []);

/** What the router itself says of our session: its end of the connections that come from us (7.19 and later). */
const toldBy = (world: Rows, source: string): readonly string[] =>
  rowsIn(world, catalog.ipService)
    .filter(
      (row) => isSet(row, 'connection') && /^(?:www|www-ssl|ssh)$/.test(textOf(row, 'name')) && hostIn(textOf(row, 'remote')) === source,
    )
    .flatMap((row) => hostIn(textOf(row, 'local')) ?? []);

/**
 * Which of its addresses the router may be called by. What we call may be this machine's end of a tunnel, a name, or an address that is
 * translated on the way: then it is one of the router's own, and where the router says which, that one.
 */
export function destinationsOf(world: Rows, { address }: Called, source: string, seen: readonly string[]): readonly string[] {
  const called = isLoopback(address) ? undefined : plainAddress(hostOf(address));
  if (called !== undefined && isV6(called) === isV6(source) && ownerOf(world, called)) return [called];
  const own = ownAddresses(world, source);
  const told = [...new Set([...toldBy(world, source), ...seen])].filter((one) => own.includes(one));
  const found = told.length > 0 ? told : own;
  return found.length > MOST_ADDRESSES ? [] : found;
}

/**
 * The port that a new connection is made to, as the router sees it. At our end of a tunnel it is another one: then it is the one on
 * which the service listens now, for we are in. One that is translated on the way is not guessed.
 */
export function portOf(world: Rows, device: Called, transport: Transport): number | undefined {
  const row = serviceRow(world, serviceName(transport, isSecure(device)));
  const listens = row && Number(textOf(row, 'port'));
  const url = new URL(device.address);
  const rest = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const called = transport === 'ssh' ? (device.ssh?.port ?? listens) : rest;
  if (isLoopback(device.address) || called === listens) return listens;
  return undefined;
}

/** The bridge port behind which the router learned a hardware address. */
export function portBehind(hosts: readonly Decoded[]): string | undefined {
  const ports = new Set(hosts.filter((row) => !isSet(row, 'local') && isOn(row)).flatMap((row) => listOf(row, 'onInterface')));
  return ports.size === 1 ? [...ports][0] : undefined;
}
