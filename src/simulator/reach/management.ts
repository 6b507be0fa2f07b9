import { contains, parsePrefix } from '../addresses.ts';
import type { Service } from '../faults.ts';
import type { RouterState } from '../state/router.ts';
import type { Row } from '../state/row.ts';
import { findRow, rowsOf } from '../state/tables.ts';
import type { Management, ManagementSpec } from './packet.ts';

const bits = (route: Row): number => parsePrefix(route['dst-address'] ?? '')?.bits ?? 0;

/** The name of the interface through which the router answers an address. */
export function wayOut(router: RouterState, address: string): string | undefined {
  const route = rowsOf(router, '/ip/route')
    .filter((one) => one['active'] === 'true' && (one['routing-table'] ?? 'main') === 'main' && contains(one['dst-address'] ?? '', address))
    .sort((a, b) => bits(b) - bits(a))[0];
  if (!route || route['blackhole'] !== undefined) return undefined;
  const [, name] = (route['immediate-gw'] ?? route['gateway'] ?? '').split('%');
  return name ?? (route['connect'] === 'true' ? route['gateway'] : route['immediate-gw']);
}

const PORTS: Readonly<Record<Service, string>> = { www: '80', 'www-ssl': '443', ssh: '22' };

/** Which port the station calls for a service: the one it had from the start. */
export const portCalled = ({ recording }: RouterState, service: Service): string =>
  recording.menus.get('/ip/service')?.find((row) => row['name'] === service && row['dynamic'] !== 'true')?.['port'] ?? PORTS[service];

/** Where the station is, from what was asked for, the recording, and the routes: in this order. */
export function managementOf(router: RouterState, spec: ManagementSpec, recorded: ManagementSpec): Management {
  const out = wayOut(router, router.station);
  const name = spec.interface ?? (spec.source === undefined ? recorded.interface : undefined) ?? out;
  const owner = name === undefined ? undefined : findRow(router, '/interface', name);
  const own = rowsOf(router, '/ip/address').find((row) => row['interface'] === name && row['disabled'] !== 'true');
  const recordedAddress = recorded.address === undefined ? undefined : router.copy.text(recorded.address);
  return Object.freeze({
    source: router.station,
    interfaceId: owner?.['.id'],
    address: spec.address ?? (spec.source === undefined ? recordedAddress : undefined) ?? own?.['address']?.split('/')[0],
    returns: out !== undefined && out === name,
  });
}
