import { defineCapability } from '../define.ts';
import { duration, flag, network, text, time } from '../kinds.ts';

export const firewallAddressList = defineCapability({
  id: 'firewall-address-list',
  title: 'Firewall address lists',
  about: 'Named lists of addresses that firewall rules refer to.',
  menu: '/ip/firewall/address-list',
  shape: 'list',
  large: true,
  topic: 'firewall',
  key: ['list', 'address'],
  tool: { read: 'list_firewall_address_lists', plan: 'plan_address_list_change' },
  fields: {
    list: text({ about: 'Name of the list.', required: true, column: 1 }),
    address: network({ about: 'Address, prefix, range, or a host name to be resolved.', required: true, column: 2 }),
    comment: text({ about: 'Note kept on the router.', column: 3 }),
    disabled: flag({ about: 'Kept but not in force.', column: 5 }),
    // An entry with a time-out counts down by itself and is dynamic: shown, never planned.
    timeout: duration()({ about: 'Time until the entry goes by itself.', readOnly: true, live: true, column: 4 }),
    creationTime: time({ about: 'When the entry was made.', readOnly: true }),
  },
  // Lists named mcp- are the ones this software manages; any other may be what lets people in.
  risk: ({ before, after }) =>
    (after?.list ?? before?.list ?? '').startsWith('mcp-') && (before?.list ?? 'mcp-').startsWith('mcp-') ? 'low' : 'medium',
});
