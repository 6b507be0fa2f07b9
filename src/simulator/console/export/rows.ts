import { fallback } from '../../defaults.ts';
import { isSecret } from '../../secrets.ts';
import type { RouterState } from '../../state/router.ts';
import type { Row } from '../../state/row.ts';
import { isDynamic, kindOf, menuSchema } from '../../state/tables.ts';
import { exportValue } from './text.ts';

export interface ExportStyle {
  readonly verbose: boolean;
  readonly secrets: boolean;
}

/** Written even when they are as they come. */
const ALWAYS: Readonly<Record<string, readonly string[]>> = {
  '/ip/route': ['disabled', 'distance', 'dst-address', 'gateway', 'routing-table', 'scope', 'suppress-hw-offload', 'target-scope'],
  '/system/script': ['dont-require-permissions', 'name', 'owner', 'policy', 'source'],
  '/system/scheduler': ['name', 'on-event', 'policy', 'start-date', 'start-time'],
  '/ip/firewall/filter': ['action'],
  '/ip/firewall/nat': ['action'],
  '/ip/firewall/mangle': ['action'],
  '/ip/firewall/raw': ['action'],
  '/ip/dns/static': ['type'],
  '/ip/address': ['network'],
};
/** What single settings and built-in rows are when nobody touched them. */
const UNTOUCHED: Readonly<Record<string, Readonly<Row>>> = {
  '/system/identity': { name: 'MikroTik' },
  '/system/note': { 'show-at-login': 'true' },
  '/system/clock': { 'time-zone-autodetect': 'true' },
  '/interface/bridge': { 'ether-type': '0x8100', 'frame-types': 'admit-all', 'ingress-filtering': 'true', pvid: '1' },
  '/interface/bridge/port': { 'mvrp-applicant-state': 'normal-participant', 'mvrp-registrar-state': 'normal' },
  '/interface/wireguard/peers': { 'client-keepalive': '0s', 'client-listen-port': '0' },
  '/system/ntp/client': { mode: 'unicast', vrf: 'main' },
  '/ip/service': { 'tls-version': 'any', vrf: 'main', certificate: 'none', 'max-sessions': '20' },
  '/interface/ethernet': { mtu: '1500', arp: 'enabled', 'auto-negotiation': 'true' },
  '/ip/dns': {
    'address-list-extra-time': '0s',
    'doh-max-concurrent-queries': '50',
    'doh-max-server-connections': '5',
    'doh-timeout': '5s',
    'max-concurrent-queries': '100',
    'max-concurrent-tcp-sessions': '20',
    'query-server-timeout': '2s',
    'query-total-timeout': '10s',
    vrf: 'main',
    'cache-size': '2048',
    'cache-max-ttl': '1w',
    'max-udp-packet-size': '4096',
  },
};
/** Of the ports only what is told apart from the rest. */
const ETHERNET = new Set(['name', 'comment', 'disabled', 'mtu', 'arp', 'auto-negotiation', 'speed', 'poe-out']);

const word = (value: string): string => (value === 'true' ? 'yes' : value === 'false' ? 'no' : value);

const shortRate = (bits: string): string =>
  bits
    .replace(/^(\d+?)000000000$/, '$1G')
    .replace(/^(\d+?)000000$/, '$1M')
    .replace(/^(\d+?)000$/, '$1k');

/** Bits a second get shorter, truth becomes yes and no. */
const shown = (kind: string | undefined, value: string): string =>
  kind === 'rate' || kind === 'rates' ? value.split('/').map(shortRate).join('/') : word(value);

function isDefault(menu: string, name: string, value: string, built: Readonly<Row> | undefined): boolean {
  const usual = built?.[name] ?? UNTOUCHED[menu]?.[name] ?? fallback(menu, name);
  if (usual !== undefined) return usual === value;
  return value === '' || value === 'false' || value === 'none' || value === 'auto' || value === 'default';
}

/** The arguments of a row, by name: what differs from a fresh one, or everything. */
function argumentsOf(router: RouterState, menu: string, row: Readonly<Row>, style: ExportStyle): string[] {
  const fields = menuSchema(router, menu)?.fields;
  // Rows that came with the router are compared with what they were then.
  const built =
    row['default'] === 'true' || isFixed(router, menu)
      ? router.recording.menus.get(menu)?.find((one) => one['.id'] === row['.id'])
      : undefined;
  const found: string[] = [];
  for (const [name, value] of Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const field = fields?.get(name);
    if (name.startsWith('.') || name.startsWith('~') || field?.access === 'r' || (fields && fields.size > 0 && !field)) continue;
    if (name === 'default-name' || (menu === '/interface/ethernet' && !ETHERNET.has(name))) continue;
    if (isSecret(menu, name) && !style.secrets) continue;
    if (field?.kind === 'flag') {
      if (value === '' || value === 'true') found.push(name);
      continue;
    }
    const always = ALWAYS[menu]?.includes(name) === true;
    if (!style.verbose && !always && isDefault(menu, name, value, built)) continue;
    found.push(`${name}=${exportValue(shown(field?.kind, value))}`);
  }
  return found;
}

/** Rows that are there, whoever wrote the configuration: they can be set, and neither added nor taken away. */
function isFixed(router: RouterState, menu: string): boolean {
  const schema = menuSchema(router, menu);
  // Menus of which no schema was taken: what was recorded is how they came.
  if (!schema) return true;
  const { kind, commands } = schema;
  return kind !== 'singleton' && commands.has('set') && !commands.has('add') && menu !== '/ip/service' && menu !== '/interface/ethernet';
}

/** How a row that cannot be added is named. */
function selector(router: RouterState, menu: string, row: Readonly<Row>): string | undefined {
  if (menu === '/interface/ethernet') return `[ find default-name=${exportValue(row['default-name'] ?? row['name'] ?? '')} ]`;
  if (menu === '/ip/service') return row['name'] ?? '';
  if (isFixed(router, menu)) return exportValue(row['name'] ?? row['interface'] ?? '');
  return row['default'] === 'true' ? '[ find default=yes ]' : undefined;
}

/** The commands that make a menu what it is. */
export function commandsOf(router: RouterState, menu: string, rows: readonly Readonly<Row>[], style: ExportStyle): string[] {
  const single = kindOf(router, menu) === 'singleton';
  return rows.flatMap((row) => {
    if (!single && (isDynamic(row) || row['builtin'] === 'true')) return [];
    if (menu === '/user/group' && /^(?:read|write|full)$/.test(row['name'] ?? '')) return [];
    const named = single ? undefined : selector(router, menu, row);
    const given = argumentsOf(router, menu, row, style).filter((text) => {
      if (named === undefined) return true;
      return menu === '/interface/ethernet' ? text !== `name=${exportValue(row['default-name'] ?? '')}` : !text.startsWith('name=');
    });
    if (named === undefined) return single && given.length === 0 ? [] : [`${single ? 'set' : 'add'} ${given.join(' ')}`.trim()];
    return given.length === 0 ? [] : [`set ${named} ${given.join(' ')}`];
  });
}
