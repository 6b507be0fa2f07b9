import { defineCapability } from '../define.ts';
import { duration, flag, openFlag, prefix, text } from '../kinds.ts';

export const ipv6NdPrefix = defineCapability({
  id: 'ipv6-nd-prefix',
  title: 'Announced IPv6 prefixes',
  about: 'Prefixes from which the hosts of an interface take addresses.',
  menu: '/ipv6/nd/prefix',
  shape: 'list',
  topic: 'ipv6',
  key: ['prefix', 'interface'],
  fields: {
    prefix: prefix({ about: 'Prefix that is announced.', required: true, column: 1 }),
    interface: text({ about: 'Interface it is announced on.', required: true, column: 2 }),
    autonomous: openFlag({ about: 'Hosts make addresses from it.', column: 3 }),
    onLink: openFlag({ about: 'Its addresses are reached without a router.', column: 4 }),
    validLifetime: duration('infinity')({ about: 'How long hosts keep its addresses.', column: 5 }),
    preferredLifetime: duration('infinity')({ about: 'How long hosts use its addresses for new connections.', column: 6 }),
    sixToFourInterface: text({ about: 'Interface whose IPv4 address is put in.', wire: '6to4-interface', fallback: 'none' }),
    dhcp6PdPreferred: flag({ about: 'Prefer prefixes given by DHCPv6.', from: '7.22' }),
    disabled: flag({ about: 'Kept but not announced.', column: 7 }),
    invalid: flag({ about: 'Its interface does not exist.', readOnly: true, live: true }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
  },
  risk: ({ verb }) => (verb === 'add' ? 'low' : 'medium'),
  refuse: ({ verb, after }) =>
    verb !== 'remove' && after?.prefix?.includes(':') === false ? `${after.prefix} is not an IPv6 prefix` : undefined,
});
