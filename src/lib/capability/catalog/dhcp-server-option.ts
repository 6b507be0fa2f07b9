import { defineCapability } from '../define.ts';
import { flag, text } from '../kinds.ts';

export const dhcpServerOption = defineCapability({
  id: 'dhcp-server-option',
  title: 'DHCP options',
  about: 'Extra options that DHCP servers can send.',
  menu: '/ip/dhcp-server/option',
  shape: 'table',
  topic: 'dhcp',
  key: ['name'],
  fields: {
    name: text({ about: 'Name by which networks and leases refer to it.', readOnly: true, column: 1 }),
    code: text({ about: 'Number of the option.', readOnly: true, column: 2 }),
    value: text({ about: 'Value as it was written.', readOnly: true, column: 3 }),
    rawValue: text({ about: 'Value as it is sent, in hexadecimal.', readOnly: true, column: 4 }),
    force: flag({ about: 'Sent even when the client does not ask for it.', readOnly: true, column: 5 }),
    comment: text({ about: 'Note kept on the router.', readOnly: true, column: 6 }),
  },
});
