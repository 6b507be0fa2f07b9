import { defineCapability } from '../define.ts';
import { addressSequence, duration, flag, integer, oneOf, text } from '../kinds.ts';
import { differs } from '../touched.ts';

export const pppProfile = defineCapability({
  id: 'ppp-profile',
  title: 'PPP profiles',
  about: 'What a PPP, PPPoE, L2TP, SSTP or OpenVPN session is given when it comes up.',
  menu: '/ppp/profile',
  shape: 'list',
  topic: 'vpn',
  key: ['name'],
  unset: 'command',
  fields: {
    name: text({ about: 'Name that secrets, clients and servers refer to.', required: true, column: 1 }),
    localAddress: text({ about: 'Own address, or a pool of them.', column: 2 }),
    remoteAddress: text({ about: 'Address of the far end, or a pool of them.', column: 3 }),
    dnsServer: addressSequence({ about: 'DNS servers the far end is told.', column: 4 }),
    winsServer: addressSequence({ about: 'WINS servers the far end is told.' }),
    useEncryption: oneOf('no', 'yes', 'required', 'default')({ about: 'The link is encrypted.', fallback: 'default', column: 5 }),
    rateLimit: text({ about: 'Rate limits from the far end and to it.', column: 6 }),
    onlyOne: oneOf('no', 'yes', 'default')({ about: 'One session for each user.', fallback: 'default', column: 7 }),
    useCompression: oneOf('no', 'yes', 'default')({ about: 'The link is compressed.', fallback: 'default' }),
    useIpv6: oneOf('no', 'yes', 'required', 'default')({ about: 'IPv6 is spoken on the link.' }),
    useMpls: oneOf('no', 'yes', 'required', 'default')({ about: 'MPLS is spoken on the link.', fallback: 'default' }),
    useUpnp: oneOf('no', 'yes', 'default')({ about: 'The far end may open ports by UPnP.', fallback: 'default' }),
    changeTcpMss: oneOf('no', 'yes', 'default')({ about: 'TCP segments are made to fit.', fallback: 'default' }),
    sessionTimeout: duration('none')({ about: 'Longest time a session lasts.' }),
    idleTimeout: duration('none')({ about: 'Time without traffic after which a session ends.' }),
    addressList: text({ about: 'Address list the far end is put on.' }),
    interfaceList: text({ about: 'Interface list the session is put on.' }),
    incomingFilter: text({ about: 'Firewall chain for packets from the far end.' }),
    outgoingFilter: text({ about: 'Firewall chain for packets to the far end.' }),
    parentQueue: text({ about: 'Queue that the queue of the session hangs on.' }),
    insertQueueBefore: text({ about: 'Place of its queue: first, bottom or before a queue.' }),
    queueType: text({ about: 'Type of its queue.' }),
    remoteIpv6PrefixPool: text({ about: 'Pool its IPv6 prefix comes from.' }),
    remoteIpv6PrefixReuse: flag({ about: 'The same IPv6 prefix is given again.', from: '7.20' }),
    dhcpv6PdPool: text({ about: 'Pool of IPv6 prefixes that are delegated.', wire: 'dhcpv6-pd-pool' }),
    dhcpv6LeaseTime: duration()({ about: 'Time a delegated prefix is valid.', wire: 'dhcpv6-lease-time', from: '7.20' }),
    dhcpv6UseRadius: flag({ about: 'RADIUS is asked for delegated prefixes.', wire: 'dhcpv6-use-radius', from: '7.20' }),
    bridge: text({ about: 'Bridge the session joins.' }),
    bridgeHorizon: integer({ words: ['none'] })({ about: 'Ports of one horizon do not see each other.' }),
    bridgeLearning: oneOf('no', 'yes', 'default')({ about: 'The bridge learns addresses behind it.', fallback: 'default' }),
    bridgePathCost: integer({ min: 1, max: 200_000_000 })({ about: 'Spanning tree cost of the bridge port.' }),
    bridgePortPriority: integer({ max: 255 })({ about: 'Spanning tree priority of the bridge port.' }),
    bridgePortTrusted: flag({ about: 'DHCP servers behind the bridge port are believed.', from: '7.17' }),
    bridgePortVid: integer({ min: 1, max: 4094 })({ about: 'VLAN of untagged frames on the bridge port.', from: '7.17' }),
    onUp: text({ about: 'Script that runs when a session comes up.' }),
    onDown: text({ about: 'Script that runs when a session ends.' }),
    default: flag({ about: 'Came with the router.', readOnly: true, column: 8 }),
    comment: text({ about: 'Note kept on the router.', column: 9 }),
  },
  // A new one is used by nobody. A script in a profile runs with the rights of the system.
  risk: ({ verb, before, after }) => {
    if (differs(before, after, 'onUp', 'onDown') && after) return 'high';
    return verb === 'add' ? 'low' : 'medium';
  },
  refuse: ({ verb, before }) =>
    verb === 'remove' && before?.default ? 'a profile that came with the router cannot be removed' : undefined,
});
