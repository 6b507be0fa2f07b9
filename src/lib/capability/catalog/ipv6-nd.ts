import { defineCapability } from '../define.ts';
import { addressSequence, duration, flag, integer, isTimeSpan, oneOf, text, textSet, timeSpan } from '../kinds.ts';

export const ipv6Nd = defineCapability({
  id: 'ipv6-nd',
  title: 'IPv6 router advertisements',
  about: 'What a router announces about itself to the IPv6 hosts of an interface.',
  menu: '/ipv6/nd',
  shape: 'list',
  topic: 'ipv6',
  key: ['interface'],
  fields: {
    interface: text({ about: 'Interface it is for, or all.', required: true, column: 1 }),
    raInterval: timeSpan({ about: 'Time between advertisements, shortest and longest.', column: 2 }),
    raLifetime: duration('none')({ about: 'How long hosts keep this router as a default router.', column: 3 }),
    raPreference: oneOf('low', 'medium', 'high')({ about: 'Preference among several routers.', column: 4 }),
    raDelay: duration()({ about: 'Least time between two advertisements.' }),
    managedAddressConfiguration: flag({ about: 'Hosts get addresses by DHCPv6.', column: 5 }),
    otherConfiguration: flag({ about: 'Hosts get other settings by DHCPv6.', column: 6 }),
    advertiseDns: oneOf('yes', 'no', 'self')({ about: 'Announce name servers.', column: 7 }),
    dns: addressSequence({ about: 'Name servers to announce.' }),
    advertiseMacAddress: flag({ about: 'Announce the hardware address.', fallback: 'yes' }),
    mtu: integer({ words: ['unspecified'] })({ about: 'Largest packet to announce, in bytes.' }),
    hopLimit: integer({ max: 255, words: ['unspecified'] })({ about: 'Hop limit to announce.' }),
    reachableTime: duration('unspecified')({ about: 'How long a neighbour counts as reachable.' }),
    retransmitInterval: duration('unspecified')({ about: 'Time between questions for a neighbour.' }),
    pref64: textSet({ about: 'NAT64 prefixes to announce.' }),
    disabled: flag({ about: 'Kept but not announcing.', column: 8 }),
    default: flag({ about: 'The row for all interfaces that every router has.', readOnly: true }),
    invalid: flag({ about: 'Its interface does not exist.', readOnly: true, live: true }),
    comment: text({ about: 'Note kept on the router.', column: 9 }),
  },
  // Hosts lose their way out when advertisements stop; the router itself stays within reach.
  risk: () => 'medium',
  refuse: ({ verb, before, after }) => {
    if (verb === 'remove') return before?.default ? 'RouterOS keeps the row for all interfaces; disable it instead' : undefined;
    const span = after?.raInterval;
    return span !== undefined && !isTimeSpan(span) ? 'ra-interval takes the shortest and the longest time, such as 3m20s-10m' : undefined;
  },
});
