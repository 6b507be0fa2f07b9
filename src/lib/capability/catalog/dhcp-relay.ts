import { defineCapability } from '../define.ts';
import { address, addressSequence, duration, flag, text, word } from '../kinds.ts';

export const dhcpRelay = defineCapability({
  id: 'dhcp-relay',
  title: 'DHCP relays',
  about: 'Interfaces whose DHCP requests are passed to a server elsewhere.',
  menu: '/ip/dhcp-relay',
  shape: 'list',
  topic: 'dhcp',
  // RouterOS takes a name twice, and an interface twice.
  key: ['name', 'interface'],
  unset: 'command',
  fence: 'dhcp-writes',
  fields: {
    name: text({ about: 'Name of the relay.', required: true, column: 1 }),
    interface: text({ about: 'Interface whose hosts ask.', required: true, column: 2 }),
    dhcpServer: addressSequence({ about: 'Servers the requests go to.', required: true, column: 3 }),
    localAddress: address({ about: 'Address the server sees, which tells it the network.', column: 4 }),
    localAddressAsSrcIp: flag({ about: 'Send from that address too.', from: '7.17' }),
    dhcpServerVrf: word({ about: 'Routing table used to reach the servers.', from: '7.15' }),
    addRelayInfo: flag({ about: 'Add where the request came from.', column: 5 }),
    relayInfoRemoteId: text({ about: 'Name of this router in that information.' }),
    delayThreshold: duration('none')({ about: 'Pass on only clients that have asked for this long.' }),
    disabled: flag({ about: 'Kept but not relaying.', column: 6 }),
    invalid: flag({ about: 'Cannot work, as when its interface is missing.', readOnly: true, live: true }),
  },
  risk: () => 'medium',
});
