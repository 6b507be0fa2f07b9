import type { RouterState } from '../state/router.ts';
import type { Row } from '../state/row.ts';
import { findRow, rowsOf } from '../state/tables.ts';
import type { WriteDone } from './journal.ts';
import { renameReferences } from './references.ts';

/** Menus whose rows are interfaces, and the type `/interface` shows for them. */
const TYPES: Readonly<Record<string, string>> = Object.freeze({
  '/interface/6to4': '6to4-tunnel',
  '/interface/bonding': 'bond',
  '/interface/bridge': 'bridge',
  '/interface/eoip': 'eoip',
  '/interface/eoipv6': 'eoipv6',
  '/interface/ethernet': 'ether',
  '/interface/gre': 'gre-tunnel',
  '/interface/gre6': 'gre6-tunnel',
  '/interface/ipip': 'ipip-tunnel',
  '/interface/ipipv6': 'ipipv6-tunnel',
  '/interface/l2tp-client': 'l2tp-out',
  '/interface/l2tp-ether': 'l2tp-ether',
  '/interface/l2tp-server': 'l2tp-in',
  '/interface/lte': 'lte',
  '/interface/macsec': 'macsec',
  '/interface/macvlan': 'macvlan',
  '/interface/ovpn-client': 'ovpn-out',
  '/interface/ovpn-server': 'ovpn-in',
  '/interface/ppp-client': 'ppp-out',
  '/interface/ppp-server': 'ppp-in',
  '/interface/pppoe-client': 'pppoe-out',
  '/interface/pppoe-server': 'pppoe-in',
  '/interface/pptp-client': 'pptp-out',
  '/interface/pptp-server': 'pptp-in',
  '/interface/sstp-client': 'sstp-out',
  '/interface/sstp-server': 'sstp-in',
  '/interface/veth': 'veth',
  '/interface/vlan': 'vlan',
  '/interface/vrrp': 'vrrp',
  '/interface/vxlan': 'vxlan',
  '/interface/wifi': 'wifi',
  '/interface/wireguard': 'wg',
  '/interface/wireless': 'wlan',
});

export const isInterfaceMenu = (menu: string): boolean => menu === '/interface' || Object.hasOwn(TYPES, menu);

/** What both views of one interface show. */
const SHARED = ['name', 'mtu', 'l2mtu', 'mac-address', 'disabled', 'running', 'comment'] as const;

const COUNTERS = [
  'rx-byte',
  'tx-byte',
  'rx-packet',
  'tx-packet',
  'rx-drop',
  'tx-drop',
  'rx-error',
  'tx-error',
  'tx-queue-drop',
  'link-downs',
] as const;

function share(from: Row, to: Row, names: readonly string[]): void {
  for (const name of names) {
    const value = from[name];
    if (value !== undefined) to[name] = value;
    else if (name === 'comment') delete to[name];
  }
}

/** A disabled interface does not run; enabled again it does what it did before. */
function power(row: Row, before: Readonly<Row> | undefined): void {
  const off = row['disabled'] === 'true';
  const wasOff = before?.['disabled'] === 'true';
  if (off && !wasOff) {
    row['~ran'] = row['running'] ?? 'false';
    if (row['running'] !== undefined) row['running'] = 'false';
  } else if (!off && wasOff && row['running'] !== undefined) row['running'] = row['~ran'] ?? 'true';
}

function appear(router: RouterState, menu: string, row: Row): void {
  const shown: Row = { '.id': row['.id'] ?? '', type: TYPES[menu] ?? 'unknown' };
  const mtu = row['mtu'] ?? '1500';
  shown['actual-mtu'] = row['actual-mtu'] ?? (/^\d+$/.test(mtu) ? mtu : '1500');
  shown['mtu'] = mtu;
  for (const counter of COUNTERS) shown[counter] = '0';
  shown['running'] = row['disabled'] === 'true' ? 'false' : 'true';
  share(row, shown, SHARED);
  rowsOf(router, '/interface').push(shown);
}

/** The typed menu and the row in it that stands for the same interface. */
function typedTwin(router: RouterState, id: string): { menu: string; row: Row } | undefined {
  for (const menu of Object.keys(TYPES)) {
    if (!router.tables.has(menu) && !router.recording.menus.has(menu)) continue;
    const row = findRow(router, menu, id);
    if (row) return { menu, row };
  }
  return undefined;
}

/** Ports of a bridge and members of a bond are slaves. */
export function markSlaves(router: RouterState): void {
  const ports = rowsOf(router, '/interface/bridge/port').filter((row) => row['disabled'] !== 'true');
  const bonded = rowsOf(router, '/interface/bonding').flatMap((row) => (row['slaves'] ?? '').split(','));
  const slaves = new Set([...ports.map((row) => row['interface'] ?? ''), ...bonded]);
  for (const row of rowsOf(router, '/interface')) {
    if (slaves.has(row['name'] ?? '')) row['slave'] = 'true';
    else delete row['slave'];
  }
}

/** Keeps `/interface` and the menu of its type saying the same, and every mention of an interface by its name true. */
export function mirrorInterface(router: RouterState, done: WriteDone): void {
  const { menu, row, before } = done;
  const id = row['.id'] ?? '';
  if (done.verb === 'add') appear(router, menu, row);
  const shown = findRow(router, '/interface', id);
  if (done.verb === 'remove') {
    const rows = rowsOf(router, '/interface');
    if (shown) rows.splice(rows.indexOf(shown), 1);
    renameReferences(router, '/interface', row['name'] ?? '', id);
  }
  if (done.verb !== 'set') return;
  power(row, before);
  const twin = menu === '/interface' ? typedTwin(router, id)?.row : shown;
  if (twin) {
    const names = SHARED.filter((name) => name !== 'running' || row['running'] !== undefined);
    share(row, twin, menu === '/interface' ? names.filter((name) => name === 'comment' || Object.hasOwn(twin, name)) : names);
    if (row['~ran'] !== undefined) twin['~ran'] = row['~ran'];
  }
  if (shown && /^\d+$/.test(row['mtu'] ?? '')) shown['actual-mtu'] = row['mtu'] ?? '';
  if (before?.['name'] !== undefined && before['name'] !== row['name'])
    renameReferences(router, '/interface', before['name'], row['name'] ?? '');
}
