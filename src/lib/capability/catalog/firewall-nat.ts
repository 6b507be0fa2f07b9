import { insideIpv4, isIpv4, readPrefix } from '../address.ts';
import { defineCapability } from '../define.ts';
import { addressMatchers, connectionMatchers, deepMatchers, ipv4Matchers, packetMatchers, ruleFields } from '../groups/firewall.ts';
import { address, flag, integer, network, not, oneOf, ports, text } from '../kinds.ts';
import { differs } from '../touched.ts';

interface Rule {
  readonly chain?: string;
  readonly action?: string;
  readonly protocol?: string;
  readonly dstAddress?: string;
  readonly dstPort?: string;
  readonly port?: string;
  readonly disabled?: boolean;
}

/** Ports by which a router is managed when nobody moved them: SSH, Telnet, web, WinBox, API. */
const MANAGEMENT = [22, 23, 80, 443, 8291, 8728, 8729];
const TURNS_AWAY = ['dst-nat', 'redirect', 'netmap', 'same', 'socksify', 'endpoint-independent-nat', 'jump'];

const hits = (ports: string | undefined): boolean => {
  if (ports === undefined) return true;
  const listed = ports
    .replace(/^!/, '')
    .split(',')
    .map((part) => part.split('-').map(Number));
  const inside = (port: number): boolean => listed.some(([from = 0, to = from]) => from <= port && port <= to);
  return MANAGEMENT.some((port) => inside(port) !== ports.startsWith('!'));
};

/** Could the rule be about packets to this very address? Only what is certainly elsewhere is not. */
function mayMean(matcher: string | undefined, ownHost: string): boolean {
  const plain = matcher?.replace(/^!/, '');
  const [first = '', last = first] = plain?.split('-') ?? [];
  const prefix = readPrefix(first) ?? { address: first, length: 32 };
  if (!isIpv4(ownHost) || plain === undefined || first !== last || !isIpv4(prefix.address)) return true;
  return insideIpv4(ownHost, prefix) !== matcher?.startsWith('!');
}

const carriesTcp = (protocol: string | undefined): boolean =>
  protocol === undefined || ['tcp', '6'].includes(protocol.replace(/^!/, '')) !== protocol.startsWith('!');

/** Takes connections to the router's own management away from it. */
const turnsUsAway = (rule: Rule | undefined, ownHost: string): boolean =>
  rule !== undefined &&
  !rule.disabled &&
  !['srcnat', 'output', 'input'].includes(rule.chain ?? '') &&
  TURNS_AWAY.includes(rule.action ?? '') &&
  carriesTcp(rule.protocol) &&
  hits(rule.dstPort) &&
  hits(rule.port) &&
  mayMean(rule.dstAddress, ownHost);

/** What everybody behind the router goes out by. */
const hides = (rule: Rule | undefined): boolean => !rule?.disabled && ['masquerade', 'src-nat'].includes(rule?.action ?? '');

export const firewallNat = defineCapability({
  id: 'firewall-nat',
  title: 'NAT',
  about: 'Rules that translate addresses and ports of connections, asked from the top.',
  menu: '/ip/firewall/nat',
  shape: 'ordered',
  topic: 'firewall',
  key: [],
  unset: 'command',
  fence: 'firewall-writes',
  tool: { read: 'list_firewall_nat_rules' },
  fields: {
    chain: text({ about: 'Where the rule is asked: srcnat, dstnat, input, output or a chain of your own.', required: true, column: 1 }),
    action: oneOf(
      'masquerade',
      'src-nat',
      'dst-nat',
      'redirect',
      'netmap',
      'same',
      'endpoint-independent-nat',
      'socksify',
      'accept',
      'jump',
      'return',
      'log',
      'passthrough',
      'add-src-to-address-list',
      'add-dst-to-address-list',
    )({ about: 'What happens to a connection that fits.', required: true, column: 2 }),
    ...addressMatchers,
    toAddresses: network({ about: 'Address or range put in place of the old one.', column: 10 }),
    toPorts: ports({ about: 'Port or range put in place of the old one.', column: 11 }),
    ...connectionMatchers,
    ...packetMatchers,
    ...ipv4Matchers,
    ...deepMatchers,
    tlsHost: not.text({ about: 'Host name of a TLS handshake.', until: '7.16' }),
    randomisePorts: flag({ about: 'Choose source ports by chance.' }),
    sameNotByDst: flag({ about: 'Choose the address of same without looking at the destination.' }),
    socks5Server: address({ about: 'SOCKS server of socksify.', from: '7.20' }),
    socks5Port: integer({ min: 1, max: 65_535 })({ about: 'Port of that server.', from: '7.20' }),
    socksifyService: integer()({ about: 'Service row of socksify.', from: '7.20' }),
    ...ruleFields,
  },
  risk: ({ before, after }, { ownHost }) => {
    if (turnsUsAway(before, ownHost) || turnsUsAway(after, ownHost)) return 'high';
    return hides(before) && differs(before, after, 'chain', 'action', 'disabled', 'outInterface', 'outInterfaceList') ? 'high' : 'medium';
  },
});
