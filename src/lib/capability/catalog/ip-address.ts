import { insideIpv4, readPrefix } from '../address.ts';
import { defineCapability } from '../define.ts';
import { address, flag, prefix, text } from '../kinds.ts';

export const ipAddress = defineCapability({
  id: 'ip-address',
  title: 'IP addresses',
  about: 'IPv4 addresses of a router and the interfaces that carry them.',
  menu: '/ip/address',
  shape: 'list',
  topic: 'ip',
  // RouterOS takes the same address twice, but never twice on one interface.
  key: ['address', 'interface'],
  tool: { read: 'list_ip_addresses', one: 'get_ip_address', plan: 'plan_ip_address_change' },
  fields: {
    address: prefix({ about: 'Address with its prefix length.', required: true, column: 1 }),
    interface: text({ about: 'Interface that carries it.', required: true, column: 2 }),
    network: address({ about: 'Network address; RouterOS works it out.', readOnly: true, column: 3 }),
    actualInterface: text({ about: 'Interface it is active on, such as the bridge of a port.', readOnly: true, live: true }),
    vrf: text({ about: 'Routing table it belongs to.', readOnly: true, live: true }),
    disabled: flag({ about: 'Kept but not in force.', column: 4 }),
    invalid: flag({ about: 'Its interface does not exist.', readOnly: true, live: true }),
    slave: flag({ about: 'Its interface is part of a bridge.', readOnly: true, live: true }),
    comment: text({ about: 'Note kept on the router.', column: 5 }),
  },
  risk: ({ verb, before, after }, { ownHost }) => {
    const carriesUs = before?.address !== undefined && insideIpv4(ownHost, readPrefix(before.address) ?? { address: '', length: 32 });
    const stays = before?.address === after?.address && before?.interface === after?.interface && before?.disabled === after?.disabled;
    if (carriesUs && (verb === 'remove' || !stays)) return 'high';
    return verb === 'add' ? 'low' : 'medium';
  },
  refuse: ({ verb, after }, { rows }) => {
    const wanted = verb === 'add' && after?.address ? readPrefix(after.address) : undefined;
    if (!wanted) return undefined;
    const overlaps = rows.some((row) => {
      const there = row.address ? readPrefix(row.address) : undefined;
      const meets = there && (insideIpv4(wanted.address, there) || insideIpv4(there.address, wanted));
      return meets && (row.interface !== after?.interface || there.address === wanted.address);
    });
    return overlaps ? 'the address overlaps one that the router already has' : undefined;
  },
});
