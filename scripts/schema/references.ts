/**
 * Kinds that no tree tells. Mostly fields that name a row of another menu. Which ones was seen in completions (the names of this image's own interfaces, tables,
 * profiles) and in refusals (`input does not match any value of bridge`); the words are what may stand there besides a name.
 */

const LIST_WORDS = 'all|none|any|dynamic|static';

/** Whole key first (`menu field`), then the bare field name. A field of the same name elsewhere may be something else. */
const BY_KEY: Readonly<Record<string, string>> = {
  '/interface/bonding slaves': 'refs /interface',
  '/interface/bridge/port bridge': 'ref /interface/bridge',
  '/interface/bridge/port interface': 'ref /interface',
  '/interface/bridge/vlan bridge': 'ref /interface/bridge',
  '/interface/bridge/vlan tagged': 'refs /interface',
  '/interface/bridge/vlan untagged': 'refs /interface',
  '/interface/bridge/vlan vlan-ids': 'ints 1..4094',
  '/interface/bridge/host bridge': 'ref /interface/bridge',
  '/interface/bridge/mdb bridge': 'ref /interface/bridge',
  '/interface/bridge/msti bridge': 'ref /interface/bridge',
  '/interface/wireguard/peers interface': 'ref /interface/wireguard',
  '/interface/list/member list': 'ref /interface/list',
  '/interface/list include': 'refs /interface/list',
  '/interface/list exclude': 'refs /interface/list',
  '/interface/wifi/access-list interface': 'open any',
  '/ip/dhcp-server address-pool': 'ref /ip/pool static-only|none',
  '/ip/dhcp-server/lease server': 'ref /ip/dhcp-server all',
  '/ip/pool next-pool': 'ref /ip/pool none',
  '/ip/address address': 'cidr',
  '/ip/route gateway': '',
  '/ip/route blackhole': 'flag',
  '/ipv6/route blackhole': 'flag',
  '/routing/table fib': 'flag',
  '/routing/ospf/interface-template passive': 'flag',
  '/ip/neighbor/discovery-settings discover-interface-list': `ref /interface/list ${LIST_WORDS}`,
  '/ip/hotspot/user profile': '',
  '/ip/hotspot profile': '',
  '/ip/smb interfaces': '',
  '/ip/vrf interfaces': 'refs /interface',
  '/ppp/secret profile': 'ref /ppp/profile',
  '/ppp/secret service': 'enum any|async|l2tp|ovpn|pppoe|pptp|sstp',
  '/queue/tree parent': '',
  '/queue/simple max-limit': 'rates',
  '/queue/simple limit-at': 'rates',
  '/queue/simple burst-limit': 'rates',
  '/queue/simple burst-threshold': 'rates',
  '/queue/tree max-limit': 'rate',
  '/queue/tree limit-at': 'rate',
  '/queue/tree burst-limit': 'rate',
  '/queue/tree burst-threshold': 'rate',
  '/queue/simple parent': 'ref /queue/simple none',
  '/queue/simple queue': '',
  '/queue/tree queue': 'ref /queue/type default|none',
  '/routing/ospf/area instance': 'ref /routing/ospf/instance',
  '/routing/ospf/interface-template area': 'ref /routing/ospf/area',
  '/routing/ospf/interface-template interfaces': '',
  '/routing/bgp/connection instance': 'ref /routing/bgp/instance',
  '/routing/bgp/evpn instance': 'ref /routing/bgp/instance',
  '/routing/bgp/vpn instance': 'ref /routing/bgp/instance',
  '/routing/rip/interface-template instance': 'ref /routing/rip/instance',
  '/ip/ipsec/identity peer': 'ref /ip/ipsec/peer',
  '/ip/ipsec/key/psk peer': 'ref /ip/ipsec/peer',
  '/ip/dhcp-server/option/sets options': 'refs /ip/dhcp-server/option',
  '/system/logging action': 'ref /system/logging/action',
  '/system/leds leds': '',
  '/snmp trap-interfaces': '',
  '/user group': 'ref /user/group',
  '/user/ssh-keys user': 'ref /user',
  '/tool/graphing/interface interface': 'ref /interface',
};

const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/^(?:in|out)-interface-list$/, `ref /interface/list ${LIST_WORDS}`],
  [/^(?:in|out)-(?:interface|bridge-port)$/, 'ref /interface'],
  [/^interface$/, 'ref /interface'],
  [/^(?:vrf|routing-table)$/, 'ref /routing/table main'],
];
/** Menus in which `interface` is free text or names something that is no interface of this box. */
const FREE =
  /^\/(?:caps-man|interface\/wifi\/(?:capsman|provisioning|radio)|interface\/ppp-client|interface\/lte\/apn|container|routing\/(?:bfd|pimsm|isis|rip|ospf))/;

/** Completions list this image's own rows beside the words that may always stand there. */
const OWN_ROWS = /^(?:ether\d+|lo|!|,|<.*>)$/;

export function referenceTo(menu: string, name: string, completions: readonly string[] | undefined): string | undefined {
  const exact = BY_KEY[`${menu} ${name}`];
  const found = exact ?? (FREE.test(menu) ? undefined : BY_NAME.find(([pattern]) => pattern.test(name))?.[1]);
  if (found !== 'ref /interface' && found !== 'refs /interface') return found;
  const words = [...new Set(completions ?? ['all', 'none'])].filter((word) => !OWN_ROWS.test(word));
  return words.length === 0 ? found : `${found} ${words.join('|')}`;
}
