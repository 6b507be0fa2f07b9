import * as catalog from '../../capability/catalog/index.ts';
import type { Decoded } from '../../capability/codec.ts';
import { type Finding, shut, unclear } from './finding.ts';
import { inInterfaceList } from './lists.ts';
import { some } from './match.ts';
import { holds } from './net.ts';
import { isOn, isSet, listOf, textOf } from './rows.ts';
import { type ReachWorld, rowsIn, type Way } from './world.ts';

export type Transport = 'rest' | 'ssh';

export const serviceName = (transport: Transport, secure: boolean): string => (transport === 'ssh' ? 'ssh' : secure ? 'www-ssl' : 'www');

/** The row of a service; rows of open connections have its name, too (7.19 and later). */
export const serviceRow = (world: Pick<ReachWorld, 'rows'>, name: string): Decoded | undefined =>
  rowsIn(world, catalog.ipService).find((row) => textOf(row, 'name') === name && !row.dynamic && !isSet(row, 'connection'));

/** Does a list of networks take our address? An empty one takes everybody; undefined where it is not understood. */
function takes(row: Decoded, source: string): boolean | undefined {
  const unread = ['address', 'available-from'].some((wire) => (row.extra[wire] ?? '') !== '');
  const networks = listOf(row, 'address').map((network) => holds(network, source));
  if (!unread && (networks.length === 0 || networks.includes(true))) return true;
  return unread || networks.includes(undefined) ? undefined : false;
}

/** The routing table an interface is in, as far as VRFs say. */
function vrfOf(world: ReachWorld, name: string): string | undefined {
  for (const row of rowsIn(world, catalog.ipVrf)) {
    if (!isOn(row) || isSet(row, 'builtin') || textOf(row, 'name') === 'main') continue;
    // An interface or a list of them may stand there.
    const inside = listOf(row, 'interfaces').map((one) => (one === name ? 'yes' : onListIn(world, one, name)));
    if (some(inside) === 'maybe') return undefined;
    if (some(inside) === 'yes') return textOf(row, 'name');
  }
  return 'main';
}

const onListIn = (world: ReachWorld, list: string, name: string) =>
  rowsIn(world, catalog.interfaceList).some((row) => textOf(row, 'name') === list) ? inInterfaceList(world, list, name) : 'no';

/** Is the service on, on the port that is called, and open to where we come from? */
export function serviceFinding(world: ReachWorld, way: Way, transport: Transport): Finding | undefined {
  const name = serviceName(transport, world.secure);
  const row = serviceRow(world, name);
  if (!row) return unclear(`The router shows no service ${name}.`);
  if (!isOn(row)) return shut(`The service ${name} is switched off.`, row);
  const called = world.ports[transport];
  if (called !== undefined && textOf(row, 'port') !== String(called))
    return shut(`The service ${name} does not listen on port ${called}.`, row);
  const taken = takes(row, way.source);
  if (taken === false) return shut(`The service ${name} does not take connections from our address.`, row);
  return (
    vrfFinding(world, way, name, row) ??
    (called === undefined ? unclear(`Nothing shows on which port of the router the service ${name} is called.`, row) : undefined) ??
    (taken === undefined ? unclear(`Where the service ${name} takes connections from is not understood.`, row) : undefined) ??
    (isSet(row, 'invalid') ? unclear(`The router calls its service ${name} invalid.`, row) : undefined) ??
    (transport === 'rest' && world.secure && textOf(row, 'certificate') !== world.certificate
      ? unclear(`The service ${name} shows another certificate than the one we know.`, row)
      : undefined)
  );
}

function vrfFinding(world: ReachWorld, way: Way, name: string, row: Decoded): Finding | undefined {
  const listens = textOf(row, 'vrf') || 'main';
  const inside = way.interface === undefined ? undefined : vrfOf(world, way.interface);
  if (inside === listens) return undefined;
  // Without any VRF everything is in the main table, whatever the interface is.
  const onlyMain = rowsIn(world, catalog.ipVrf).every((one) => isSet(one, 'builtin') || textOf(one, 'name') === 'main');
  if (inside === undefined && onlyMain && listens === 'main') return undefined;
  return inside === undefined
    ? unclear(`Nothing shows whether the service ${name} listens in the routing table of our way.`, row)
    : shut(`The service ${name} listens in another routing table than that of our interface.`, row);
}

/** May our account log in from where we come from? */
export function accountFinding(world: ReachWorld, way: Way): Finding | undefined {
  const row = rowsIn(world, catalog.user).find((one) => textOf(one, 'name') === world.username);
  // An account of a RADIUS server is in no list of the router.
  if (!row) return undefined;
  if (!isOn(row)) return shut('Our account is switched off.', row);
  const taken = takes(row, way.source);
  if (taken === false) return shut('Our account may not log in from our address.', row);
  return taken === undefined ? unclear('Where our account may log in from is not understood.', row) : undefined;
}
