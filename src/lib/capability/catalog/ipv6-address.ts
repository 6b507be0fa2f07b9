import { readAddress } from '../address.ts';
import { defineCapability } from '../define.ts';
import { duration, flag, oneOf, openFlag, prefix, text } from '../kinds.ts';
import { covers, differs } from '../touched.ts';

export const ipv6Address = defineCapability({
  id: 'ipv6-address',
  title: 'IPv6 addresses',
  about: 'IPv6 addresses of a router and the interfaces that carry them.',
  menu: '/ipv6/address',
  shape: 'list',
  topic: 'ipv6',
  key: ['address', 'interface'],
  fields: {
    address: prefix({ about: 'Address with its prefix length.', required: true, column: 1 }),
    interface: text({ about: 'Interface that carries it.', required: true, column: 2 }),
    advertise: openFlag({ about: 'Announce the prefix to hosts, so that they take addresses from it.', column: 3 }),
    fromPool: text({ about: 'Pool the prefix comes from; the router then works out the address.', column: 4 }),
    fromPoolPolicy: oneOf('recommended', 'strict', 'without-acquire')({ about: 'How the prefix is taken from the pool.', from: '7.23' }),
    eui64: flag({ about: 'The router fills in the second half from the hardware address.', wire: 'eui-64' }),
    noDad: flag({ about: 'Do not look whether somebody else has the address.' }),
    autoLinkLocal: flag({ about: 'Give the interface a link-local address too.', fallback: 'yes', from: '7.18' }),
    disabled: flag({ about: 'Kept but not in force.', column: 6 }),
    comment: text({ about: 'Note kept on the router.', column: 7 }),
    actualInterface: text({ about: 'Interface it is active on, such as the bridge of a port.', readOnly: true, live: true }),
    vrf: text({ about: 'Routing table it belongs to.', readOnly: true, live: true }),
    global: flag({ about: 'Good beyond its own link.', readOnly: true, live: true }),
    linkLocal: flag({ about: 'Good on its own link only.', readOnly: true, live: true, column: 5 }),
    deprecated: flag({ about: 'No longer used for new connections.', readOnly: true, live: true }),
    invalid: flag({ about: 'Its interface does not exist.', readOnly: true, live: true }),
    slave: flag({ about: 'Its interface is part of a bridge.', readOnly: true, live: true }),
    valid: duration('forever')({ about: 'Time until it goes.', readOnly: true, live: true }),
    preferred: duration('forever')({ about: 'Time until it is deprecated.', readOnly: true, live: true }),
  },
  risk: ({ verb, before, after }, { ownHost }) => {
    if (verb === 'add') return 'low';
    // A host name may mean any of the router's addresses.
    const carriesUs = covers(before?.address, ownHost) || readAddress(ownHost) === undefined;
    return carriesUs && differs(before, after, 'address', 'interface', 'disabled', 'fromPool', 'eui64') ? 'high' : 'medium';
  },
  refuse: ({ verb, before, after }) => {
    if (verb === 'remove' || !after?.address) return undefined;
    if (!after.address.includes(':')) return `${after.address} is not an IPv6 address`;
    const worked = (after.fromPool || after.eui64) && differs(before, after, 'address', 'fromPool', 'eui64');
    return worked
      ? 'the router works out such an address itself, so that the change could not be checked; write the address out'
      : undefined;
  },
});
