import { defineCapability } from '../define.ts';
import { address, flag, mac, text } from '../kinds.ts';

export const ipArp = defineCapability({
  id: 'ip-arp',
  title: 'ARP table',
  about: 'Which hardware address answers for which IPv4 address; learned, or entered by hand.',
  menu: '/ip/arp',
  shape: 'list',
  topic: 'ip',
  key: ['address', 'interface'],
  large: true,
  tool: { read: 'get_arp_table' },
  fields: {
    address: address({ about: 'IPv4 address.', required: true, column: 1 }),
    macAddress: mac({ about: 'Hardware address that answers.', column: 2 }),
    interface: text({ about: 'Interface it is reached by.', required: true, column: 3 }),
    status: text({ about: 'State of the entry, such as reachable, stale or failed.', readOnly: true, live: true, column: 4 }),
    published: flag({ about: 'Answer for this address on behalf of its owner.' }),
    complete: flag({ about: 'The hardware address is known.', readOnly: true, live: true, column: 5 }),
    dhcp: flag({ about: 'Made by the DHCP server.', readOnly: true, live: true, column: 6 }),
    disabled: flag({ about: 'Kept but not in force.' }),
    invalid: flag({ about: 'Its interface does not exist.', readOnly: true, live: true }),
    vrf: text({ about: 'Routing table it belongs to.', readOnly: true, live: true }),
    comment: text({ about: 'Note kept on the router.', column: 7 }),
  },
  // An entry for the wrong station, ours or the gateway's, cuts it off; one for our own address never helps.
  risk: ({ before, after }, { ownHost }) => (before?.address === ownHost || after?.address === ownHost ? 'high' : 'medium'),
});
