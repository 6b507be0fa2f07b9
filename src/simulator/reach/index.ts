import { isWithin } from '../addresses.ts';
import type { Service } from '../faults.ts';
import type { RouterState } from '../state/router.ts';
import type { Row } from '../state/row.ts';
import { findRow, rowsOf } from '../state/tables.ts';
import { judge, type Verdict } from './chains.ts';
import { portCalled, wayOut } from './management.ts';
import type { Packet } from './packet.ts';

const on = (row: Row | undefined): boolean => row !== undefined && row['disabled'] !== 'true';

/** With `vlan-filtering` the bridge itself must be a tagged member of a VLAN, or its packets never come up to the interface. */
function bridgeCarries(router: RouterState, bridge: Row, vlan: string): boolean {
  if (bridge['vlan-filtering'] !== 'true') return true;
  return rowsOf(router, '/interface/bridge/vlan').some((row) => {
    const ids = (row['vlan-ids'] ?? '').split(',').some((part) => {
      const [first, last = first] = part.split('-').map(Number);
      return Number(vlan) >= (first ?? 0) && Number(vlan) <= (last ?? 0);
    });
    return ids && on(row) && row['bridge'] === bridge['name'] && (row['tagged'] ?? '').split(',').includes(bridge['name'] ?? '');
  });
}

/** Is the interface up, and what it stands on as well? */
function isUp(router: RouterState, name: string, depth = 0): boolean {
  const row = findRow(router, '/interface', name);
  if (!row || !on(row) || row['running'] !== 'true' || depth > 8) return false;
  const vlan = rowsOf(router, '/interface/vlan').find((one) => one['name'] === name);
  if (!vlan) return true;
  const parent = vlan['interface'] ?? '';
  const bridge = rowsOf(router, '/interface/bridge').find((one) => one['name'] === parent);
  return isUp(router, parent, depth + 1) && (!bridge || bridgeCarries(router, bridge, vlan['vlan-id'] ?? ''));
}

/** Over WireGuard nothing comes in that no peer may send. */
function peersAllow(router: RouterState, name: string, source: string): boolean {
  if (!rowsOf(router, '/interface/wireguard').some((row) => row['name'] === name)) return true;
  return rowsOf(router, '/interface/wireguard/peers').some(
    (row) => row['interface'] === name && on(row) && (row['allowed-address'] ?? '').split(',').some((prefix) => isWithin(prefix, source)),
  );
}

/** Is the address that is called still the router's own? */
const ownsAddress = (router: RouterState, address: string): boolean =>
  rowsOf(router, '/ip/address').some((row) => on(row) && row['address']?.split('/')[0] === address);

/** Whatever has a say in who gets in, besides services and users. */
const DECIDING =
  '/interface /interface/vlan /interface/bridge /interface/bridge/vlan /interface/wireguard /interface/wireguard/peers /interface/list /interface/list/member /ip/address /ip/route /ip/firewall/filter /ip/firewall/raw /ip/firewall/address-list'.split(
    ' ',
  );

/** Nobody has so much as looked there: then it is as recorded, and every recording lets its own station in. Large fleets live on that. */
const isUntouched = (router: RouterState): boolean => !router.stationMoved && !DECIDING.some((menu) => router.tables.has(menu));

/**
 * Does a packet of the management station get to a service? Its interface must be up, the address be the router's, the answer find
 * its way, and the firewall let it pass. The port counts when a connection is made: one that is open keeps the port it has.
 */
export function reaches(router: RouterState, service: Service, state: Packet['state'], source = router.station): Verdict {
  // Nothing listens any more on the port that is called.
  const row = rowsOf(router, '/ip/service').find((one) => one['name'] === service && one['dynamic'] !== 'true');
  const moved = row !== undefined && row['port'] !== undefined && row['port'] !== portCalled(router, service);
  if (isUntouched(router)) return moved && state === 'new' ? 'reset' : 'pass';
  const { interfaceId, address, returns } = router.management;
  if (interfaceId === undefined || address === undefined) return moved && state === 'new' ? 'reset' : 'pass';
  const name = findRow(router, '/interface', interfaceId)?.['name'];
  if (name === undefined || !isUp(router, name) || !ownsAddress(router, address) || !peersAllow(router, name, source)) return 'silence';
  if (returns && wayOut(router, source) !== name) return 'silence';
  const verdict = judge(router, { source, destination: address, interface: name, port: portCalled(router, service), state });
  return verdict === 'pass' && moved && state === 'new' ? 'reset' : verdict;
}
