import { defineCapability } from '../define.ts';
import { text } from '../kinds.ts';

export const ipPoolUsed = defineCapability({
  id: 'ip-pool-used',
  title: 'Pool addresses in use',
  about: 'Addresses that pools have given out just now, and to whom.',
  menu: '/ip/pool/used',
  shape: 'table',
  topic: 'dhcp',
  key: ['pool', 'address'],
  large: true,
  fields: {
    pool: text({ about: 'Pool it comes from.', readOnly: true, live: true, column: 1 }),
    address: text({ about: 'Address that is in use.', readOnly: true, live: true, column: 2 }),
    owner: text({ about: 'Service that took it, such as DHCP.', readOnly: true, live: true, column: 3 }),
    info: text({ about: 'Who has it, as a hardware address or a user.', readOnly: true, live: true, column: 4 }),
  },
});
