import { isWithin } from '../addresses.ts';
import type { RouterState } from '../state/router.ts';
import type { Row } from '../state/row.ts';
import { findRow, rowsOf } from '../state/tables.ts';
import type { Packet } from './packet.ts';

type Matcher = (value: string, packet: Packet, router: RouterState) => boolean;

/** What a rule says besides what it matches on. */
const NO_MATCHERS = new Set(
  'chain action comment disabled dynamic invalid log log-prefix bytes packets jump-target reject-with address-list address-list-timeout hw-offload creation-time'.split(
    ' ',
  ),
);

const inPorts = (value: string, port: string): boolean =>
  value.split(',').some((part) => {
    const [first, last = first] = part.split('-').map(Number);
    return Number(port) >= (first ?? 0) && Number(port) <= (last ?? 0);
  });

const inAddressList = (router: RouterState, list: string, address: string): boolean =>
  rowsOf(router, '/ip/firewall/address-list').some(
    (row) => row['list'] === list && row['disabled'] !== 'true' && isWithin(row['address'] ?? '', address),
  );

const dynamicInterface = (router: RouterState, name: string): boolean => findRow(router, '/interface', name)?.['dynamic'] === 'true';

/** Members, those of the lists it includes, without those of the lists it excludes. */
function inInterfaceList(router: RouterState, list: string, name: string, depth = 0): boolean {
  if (list === 'all') return true;
  if (list === 'dynamic' || list === 'static') return dynamicInterface(router, name) === (list === 'dynamic');
  const row = rowsOf(router, '/interface/list').find((one) => one['name'] === list);
  if (!row || depth > 8) return false;
  const among = (field: string): boolean =>
    (row[field] ?? '')
      .split(',')
      .filter(Boolean)
      .some((other) => inInterfaceList(router, other, name, depth + 1));
  const member = rowsOf(router, '/interface/list/member').some(
    (one) => one['list'] === list && one['interface'] === name && one['disabled'] !== 'true',
  );
  return (member || among('include')) && !among('exclude');
}

const flags = ({ state }: Packet): readonly string[] => (state === 'new' ? ['syn'] : ['ack']);

const MATCHERS: Readonly<Record<string, Matcher>> = Object.freeze({
  protocol: (value) => value === 'tcp' || value === '6',
  'src-address': (value, { source }) => isWithin(value, source),
  'dst-address': (value, { destination }) => isWithin(value, destination),
  'src-address-list': (value, { source }, router) => inAddressList(router, value, source),
  'dst-address-list': (value, { destination }, router) => inAddressList(router, value, destination),
  'in-interface': (value, packet) => value === packet.interface,
  'in-interface-list': (value, packet, router) => inInterfaceList(router, value, packet.interface),
  'dst-port': (value, { port }) => inPorts(value, port),
  port: (value, { port }) => inPorts(value, port),
  'connection-state': (value, { state }) => value.split(',').includes(state),
  'connection-nat-state': () => false,
  'dst-address-type': (value) => value.split(',').includes('local'),
  'src-address-type': (value) => value.split(',').includes('unicast'),
  'tcp-flags': (value, packet) =>
    value.split(',').every((flag) => (flag.startsWith('!') ? !flags(packet).includes(flag.slice(1)) : flags(packet).includes(flag))),
  'packet-mark': (value) => value === 'no-mark',
  'connection-mark': (value) => value === 'no-mark',
  'routing-mark': (value) => value === 'main' || value === 'no-mark',
  // One station that asks one thing at a time stays below every limit.
  limit: () => true,
  'dst-limit': () => true,
  'connection-limit': () => false,
});

/** Does the rule match? One that matches on what no simulated packet has (a time, a layer 7 pattern) never does. */
export function matchesRule(router: RouterState, rule: Readonly<Row>, packet: Packet): boolean {
  if (rule['disabled'] === 'true' || rule['invalid'] === 'true') return false;
  return Object.entries(rule).every(([name, value]) => {
    if (name.startsWith('.') || name.startsWith('~') || value === '' || NO_MATCHERS.has(name)) return true;
    const matcher = MATCHERS[name];
    if (!matcher) return false;
    // A leading mark turns the whole matcher round; among the flags of TCP every one has its own.
    const negated = value.startsWith('!') && name !== 'tcp-flags';
    return matcher(negated ? value.slice(1) : value, packet, router) !== negated;
  });
}
