import { isIpv4, readPrefix } from '../address.ts';
import { defineCapability } from '../define.ts';
import { duration, flag, network, text, time } from '../kinds.ts';

export const ipv6FirewallAddressList = defineCapability({
  id: 'ipv6-firewall-address-list',
  title: 'IPv6 firewall address lists',
  about: 'Named lists of IPv6 addresses that firewall rules refer to.',
  menu: '/ipv6/firewall/address-list',
  shape: 'list',
  topic: 'ipv6',
  key: ['list', 'address'],
  large: true,
  fence: 'firewall-writes',
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
  risk: ({ before, after }) => ([before, after].every((entry) => !entry || (entry.list ?? '').startsWith('mcp-')) ? 'low' : 'medium'),
  refuse: ({ verb, after }) => {
    const [first = ''] = (after?.address ?? '').split('-');
    const isOld = isIpv4(first) || isIpv4(readPrefix(after?.address ?? '')?.address ?? '');
    return verb !== 'remove' && isOld ? `${after?.address} is an IPv4 address; its lists are in firewall-address-list` : undefined;
  },
});
