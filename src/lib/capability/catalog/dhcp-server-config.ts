import { defineCapability } from '../define.ts';
import { flag, text } from '../kinds.ts';

export const dhcpServerConfig = defineCapability({
  id: 'dhcp-server-config',
  title: 'DHCP server settings',
  about: 'What all DHCP servers of a router share.',
  menu: '/ip/dhcp-server/config',
  shape: 'table',
  topic: 'dhcp',
  key: [],
  fields: {
    storeLeasesDisk: text({ about: 'How often leases are saved, never or immediately.', readOnly: true, column: 1 }),
    accounting: flag({ about: 'Report leases to a RADIUS server.', readOnly: true, column: 2 }),
    interimUpdate: text({ about: 'Time between such reports.', readOnly: true, column: 3 }),
    radiusPassword: text({ about: 'Password sent to the RADIUS server.', readOnly: true, secret: true }),
  },
});
