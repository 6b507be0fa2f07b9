import { defineCapability } from '../define.ts';
import { address, flag, mac, text, textSet } from '../kinds.ts';

export const veth = defineCapability({
  id: 'veth',
  title: 'Virtual Ethernet',
  about: 'Interfaces that lead into containers.',
  menu: '/interface/veth',
  shape: 'table',
  topic: 'interface',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the interface.', column: 1 }),
    address: textSet({ about: 'Addresses with prefix length.', column: 2 }),
    gateway: address({ about: 'IPv4 gateway.', column: 3 }),
    running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 4 }),
    disabled: flag({ about: 'Kept but not in force.', column: 5 }),
    comment: text({ about: 'Note kept on the router.', column: 6 }),
    gateway6: address({ about: 'IPv6 gateway.' }),
    dhcp: flag({ about: 'Ask for an address by DHCP.', from: '7.20' }),
    macAddress: mac({ about: 'Hardware address.', from: '7.20' }),
    containerMacAddress: mac({ about: 'Hardware address inside the container.', from: '7.21' }),
    dhcpAddress: text({ about: 'Address learned by DHCP.', readOnly: true, live: true }),
  },
});
