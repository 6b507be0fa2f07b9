import { defineCapability } from '../define.ts';
import { routeJudge } from '../groups/routes.ts';
import { address, flag, integer, prefix, text } from '../kinds.ts';

/** Providers announce the whole of IPv6, or the part of it that is in use. */
const judge = routeJudge(['::/0', '2000::/3']);

export const ipv6Route = defineCapability({
  id: 'ipv6-route',
  title: 'IPv6 routes',
  about: 'Where IPv6 packets are sent: routes entered by hand, and those the router learned.',
  menu: '/ipv6/route',
  shape: 'list',
  topic: 'ipv6',
  // As with IPv4, RouterOS takes one destination by several gateways, tables and distances: nothing names a route.
  key: [],
  large: true,
  unset: 'command',
  fence: 'routing-writes',
  fields: {
    dstAddress: prefix({ about: 'Where to, as a prefix; ::/0 is everywhere.', required: true, column: 1 }),
    gateway: text({ about: 'Next router, as address%interface, or an interface.', column: 2 }),
    distance: integer({ min: 1, max: 255 })({ about: 'Preference among routes to one place; the lowest wins.', fallback: '1', column: 3 }),
    routingTable: text({ about: 'Routing table it belongs to.', fallback: 'main', column: 4 }),
    active: flag({ about: 'In use.', readOnly: true, live: true, column: 5 }),
    blackhole: flag({ about: 'Drop the packets.' }),
    checkGateway: text({ about: 'How the gateway is watched: none, arp, ping, or bfd on newer versions.', fallback: 'none' }),
    prefSrc: address({ about: 'Address the router itself sends from.', from: '7.20' }),
    scope: integer({ max: 255 })({ about: 'Scope of the route when next hops are looked up.', fallback: '30' }),
    targetScope: integer({ max: 255 })({ about: 'Widest scope by which its next hop may be found.', fallback: '10' }),
    vrfInterface: text({ about: 'Interface that names its VRF.' }),
    suppressHwOffload: flag({ about: 'Keep it out of the hardware.', until: '7.21' }),
    disabled: flag({ about: 'Kept but not in force.', column: 6 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
    immediateGw: text({ about: 'Next router and interface in force.', readOnly: true, live: true, column: 7 }),
    inactive: flag({ about: 'Not in use.', readOnly: true, live: true }),
    static: flag({ about: 'Entered by hand.', readOnly: true, live: true }),
    connect: flag({ about: 'Follows from an address.', readOnly: true, live: true }),
    dhcp: flag({ about: 'Learned by DHCP.', readOnly: true, live: true }),
    slaac: flag({ about: 'Learned from router advertisements.', readOnly: true, live: true }),
    bgp: flag({ about: 'Learned by BGP.', readOnly: true, live: true }),
    ospf: flag({ about: 'Learned by OSPF.', readOnly: true, live: true }),
    rip: flag({ about: 'Learned by RIP.', readOnly: true, live: true }),
    isIs: flag({ about: 'Learned by IS-IS.', readOnly: true, live: true }),
    vpn: flag({ about: 'Made by a VPN.', readOnly: true, live: true }),
    bgpMplsVpn: flag({ about: 'Learned from an MPLS VPN.', readOnly: true, live: true }),
    modem: flag({ about: 'Made by a modem.', readOnly: true, live: true }),
    ecmp: flag({ about: 'One of several equal routes.', readOnly: true, live: true }),
    hwOffloaded: flag({ about: 'Carried by the hardware.', readOnly: true, live: true }),
  },
  risk: (change, { ownHost }) => judge.risk(change, ownHost),
  checks: (change) => judge.checks(change),
  refuse: (change, { rows }) => {
    const { after } = change;
    if (after && !after.dstAddress?.includes(':')) return `${after.dstAddress} is not an IPv6 prefix`;
    if (after && !after.gateway && !after.blackhole) return 'a route needs a gateway, or blackhole';
    return judge.lastDoor(change, rows);
  },
});
