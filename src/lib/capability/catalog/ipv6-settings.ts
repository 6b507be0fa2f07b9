import { defineCapability } from '../define.ts';
import { counter, flag, integer, oneOf, word } from '../kinds.ts';

export const ipv6Settings = defineCapability({
  id: 'ipv6-settings',
  title: 'IPv6 settings',
  about: 'How the whole router treats IPv6: forwarding, advertisements, neighbours.',
  menu: '/ipv6/settings',
  shape: 'singleton',
  topic: 'ipv6',
  key: [],
  fields: {
    disableIpv6: flag({ about: 'Switch IPv6 off.', column: 1 }),
    forward: flag({ about: 'Pass packets between interfaces.', column: 2 }),
    // Recorded as a switch: sent yes, the router keeps the longer word.
    acceptRedirects: oneOf('no', 'yes-if-forwarding-disabled')({ about: 'Follow ICMPv6 redirects.', column: 3 }),
    acceptRouterAdvertisements: oneOf(
      'no',
      'yes',
      'yes-if-forwarding-disabled',
    )({ about: 'Take addresses from other routers.', column: 4 }),
    acceptRouterAdvertisementsOn: word({ about: 'Interface lists on which it does so.', from: '7.21' }),
    disableLinkLocalAddress: flag({ about: 'Make no link-local addresses.', from: '7.18' }),
    maxNeighborEntries: integer({ max: 2_147_483_647 })({ about: 'Most neighbours it keeps.', column: 5 }),
    softMaxNeighborEntries: integer()({ about: 'Neighbours above which old ones go early.', from: '7.17' }),
    minNeighborEntries: integer()({ about: 'Neighbours below which none goes early.', from: '7.17' }),
    staleNeighborTimeout: integer()({ about: 'Seconds a silent neighbour is kept.', from: '7.17' }),
    staleNeighborDetectInterval: integer()({ about: 'Seconds between looks for silent neighbours.', from: '7.17' }),
    multipathHashPolicy: oneOf('l3', 'l3-inner', 'l4')({ about: 'What spreads connections over equal routes.', from: '7.16' }),
    allowFastPath: flag({ about: 'Let packets take the fast path.', from: '7.18' }),
    ipv6FastPathActive: flag({ about: 'The fast path is in use.', readOnly: true, live: true, column: 6 }),
    ipv6FastPathBytes: counter({ about: 'Bytes on the fast path.', readOnly: true, live: true }),
    ipv6FastPathPackets: counter({ about: 'Packets on the fast path.', readOnly: true, live: true }),
    ipv6FasttrackActive: flag({ about: 'Connections are on the fast track.', readOnly: true, live: true }),
    ipv6FasttrackBytes: counter({ about: 'Bytes on the fast track.', readOnly: true, live: true }),
    ipv6FasttrackPackets: counter({ about: 'Packets on the fast track.', readOnly: true, live: true }),
  },
  // One switch here takes IPv6 away, or the routes that it learned.
  risk: () => 'high',
});
