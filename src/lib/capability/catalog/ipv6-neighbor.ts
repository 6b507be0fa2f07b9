import { defineCapability } from '../define.ts';
import { flag, text } from '../kinds.ts';

export const ipv6Neighbor = defineCapability({
  id: 'ipv6-neighbor',
  title: 'IPv6 neighbours',
  about: 'Which hardware address answers for which IPv6 address.',
  menu: '/ipv6/neighbor',
  shape: 'table',
  topic: 'ipv6',
  key: ['address', 'interface'],
  large: true,
  fields: {
    address: text({ about: 'IPv6 address.', readOnly: true, live: true, column: 1 }),
    macAddress: text({ about: 'Hardware address that answers.', readOnly: true, live: true, column: 2 }),
    interface: text({ about: 'Interface it is reached by.', readOnly: true, live: true, column: 3 }),
    status: text({ about: 'State of the entry, such as reachable, stale or failed.', readOnly: true, live: true, column: 4 }),
    router: flag({ about: 'It is a router.', readOnly: true, live: true, column: 5 }),
    disabled: flag({ about: 'Kept but not in force.', readOnly: true }),
    vrf: text({ about: 'Routing table it belongs to.', readOnly: true, live: true }),
    comment: text({ about: 'Note kept on the router.', readOnly: true }),
  },
});
