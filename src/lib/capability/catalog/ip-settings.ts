import { defineCapability } from '../define.ts';
import { counter, duration, flag, integer, oneOf } from '../kinds.ts';

export const ipSettings = defineCapability({
  id: 'ip-settings',
  title: 'IPv4 settings',
  about: 'How the whole router treats IPv4: forwarding, redirects, checks of senders.',
  menu: '/ip/settings',
  shape: 'singleton',
  topic: 'ip',
  key: [],
  fields: {
    ipForward: flag({ about: 'Pass packets between interfaces.', column: 1 }),
    rpFilter: oneOf('no', 'loose', 'strict')({ about: 'Drop packets whose sender would be answered another way.', column: 2 }),
    tcpSyncookies: flag({ about: 'Withstand floods of half-open TCP connections.', column: 3 }),
    allowFastPath: flag({ about: 'Let packets take the fast path.', column: 4 }),
    acceptRedirects: flag({ about: 'Follow ICMP redirects.', column: 5 }),
    sendRedirects: flag({ about: 'Send ICMP redirects.', column: 6 }),
    secureRedirects: flag({ about: 'Follow redirects to known gateways only.' }),
    acceptSourceRoute: flag({ about: 'Follow a way that the packet itself prescribes.', column: 7 }),
    arpTimeout: duration()({ about: 'How long an ARP entry is trusted.' }),
    maxNeighborEntries: integer({ max: 2_147_483_647 })({ about: 'Size of the ARP table.', column: 8 }),
    icmpRateLimit: integer()({ about: 'ICMP answers, each in this many milliseconds.' }),
    icmpRateMask: integer()({ about: 'Types of ICMP that are limited, as a bit mask.' }),
    icmpErrorsUseInboundInterfaceAddress: flag({ about: 'Send ICMP errors from the interface a packet came in by.', from: '7.17' }),
    tcpTimestamps: oneOf('disabled', 'enabled', 'random-offset')({ about: 'Time stamps in TCP.', from: '7.17' }),
    ipv4MultipathHashPolicy: oneOf(
      'l3',
      'l3-inner',
      'l4',
    )({
      about: 'What spreads connections over equal routes.',
      from: '7.16',
    }),
    ipv4FragmentTime: integer()({ about: 'Seconds a fragment waits for the rest.', from: '7.23' }),
    ipv4HighFragmentThresh: integer()({ about: 'Memory for fragments in bytes.', from: '7.23' }),
    routeCache: flag({ about: 'Remember routes of destinations.', until: '7.13' }),
    ipv4FastPathActive: flag({ about: 'The fast path is in use.', readOnly: true, live: true }),
    ipv4FastPathBytes: counter({ about: 'Bytes on the fast path.', readOnly: true, live: true }),
    ipv4FastPathPackets: counter({ about: 'Packets on the fast path.', readOnly: true, live: true }),
    ipv4FasttrackActive: flag({ about: 'Connections are on the fast track.', readOnly: true, live: true }),
    ipv4FasttrackBytes: counter({ about: 'Bytes on the fast track.', readOnly: true, live: true }),
    ipv4FasttrackPackets: counter({ about: 'Packets on the fast track.', readOnly: true, live: true }),
  },
  // One switch here stops all forwarding, or drops us for coming by another way.
  risk: () => 'high',
});
