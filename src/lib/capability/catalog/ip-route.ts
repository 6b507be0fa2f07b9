import { networkOf, readPrefix } from '../address.ts';
import { defineCapability } from '../define.ts';
import { routeJudge } from '../groups/routes.ts';
import { flag, integer, prefix, text } from '../kinds.ts';

const judge = routeJudge(['0.0.0.0/0', '::/0']);

export const ipRoute = defineCapability({
  id: 'ip-route',
  title: 'IPv4 routes',
  about: 'Where a router sends packets, by destination: routes set by hand and routes it learned.',
  menu: '/ip/route',
  shape: 'list',
  topic: 'routing',
  tool: { one: 'get_route' },
  // RouterOS takes the same destination by several gateways, tables and distances: nothing names a route.
  key: [],
  large: true,
  unset: 'command',
  fence: 'routing-writes',
  fields: {
    dstAddress: prefix({ about: 'Network the route leads to.', required: true, column: 1 }),
    gateway: text({ about: 'Next hop: an address, an interface, address%interface, or several joined by commas.', column: 2 }),
    distance: integer({ min: 1, max: 255 })({
      about: 'Preference among routes to one network; the lowest wins.',
      fallback: '1',
      column: 3,
    }),
    routingTable: text({ about: 'Table the route is in.', fallback: 'main', column: 4 }),
    active: flag({ about: 'In use right now.', readOnly: true, live: true, column: 5 }),
    static: flag({ about: 'Set by hand.', readOnly: true, live: true, column: 6 }),
    disabled: flag({ about: 'Kept but not used.', column: 7 }),
    inactive: flag({ about: 'Cannot be used as things are.', readOnly: true, live: true }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
    blackhole: flag({ about: 'Packets are dropped without a word.' }),
    checkGateway: text({ about: 'How the gateway is watched: none, arp, ping, or bfd on newer versions.', fallback: 'none' }),
    prefSrc: text({ about: 'Source address of packets the router itself sends this way.' }),
    scope: integer({ max: 255 })({ about: 'Scope of the route when next hops are looked up.', fallback: '30' }),
    targetScope: integer({ max: 255 })({ about: 'Widest scope by which its next hop may be found.', fallback: '10' }),
    suppressHwOffload: flag({ about: 'Kept out of hardware.', until: '7.21' }),
    vrfInterface: text({ about: 'Interface that ties it to a VRF.' }),
    immediateGw: text({ about: 'Next hop after look-up, with its interface.', readOnly: true, live: true }),
    localAddress: text({ about: 'Own address it goes out with.', readOnly: true, live: true }),
    ecmp: flag({ about: 'One of several equal ways.', readOnly: true, live: true }),
    hwOffloaded: flag({ about: 'Forwarded by hardware.', readOnly: true, live: true }),
    connect: flag({ about: 'Network of an own address.', readOnly: true, live: true }),
    dhcp: flag({ about: 'Learned by DHCP.', readOnly: true, live: true }),
    bgp: flag({ about: 'Learned by BGP.', readOnly: true, live: true }),
    bgpMplsVpn: flag({ about: 'Learned by BGP for an MPLS VPN.', readOnly: true, live: true }),
    ospf: flag({ about: 'Learned by OSPF.', readOnly: true, live: true }),
    rip: flag({ about: 'Learned by RIP.', readOnly: true, live: true }),
    isIs: flag({ about: 'Learned by IS-IS.', readOnly: true, live: true }),
    vpn: flag({ about: 'Brought by a PPP or VPN link.', readOnly: true, live: true }),
    modem: flag({ about: 'Brought by a modem.', readOnly: true, live: true }),
  },
  risk: (change, { ownHost }) => judge.risk(change, ownHost),
  checks: (change) => judge.checks(change),
  refuse: (change, { rows }) => {
    const { before, after } = change;
    const wanted = after?.dstAddress === before?.dstAddress ? undefined : readPrefix(after?.dstAddress ?? '');
    if (wanted && networkOf(wanted) !== wanted.address)
      return `the destination has host bits set: the network is ${networkOf(wanted)}/${wanted.length}`;
    return judge.lastDoor(change, rows);
  },
});
