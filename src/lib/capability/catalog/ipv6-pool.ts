import { readPrefix } from '../address.ts';
import { defineCapability } from '../define.ts';
import { duration, flag, integer, prefix, text } from '../kinds.ts';

export const ipv6Pool = defineCapability({
  id: 'ipv6-pool',
  title: 'IPv6 pools',
  about: 'Prefixes from which interfaces and DHCPv6 servers take smaller ones.',
  menu: '/ipv6/pool',
  shape: 'list',
  topic: 'dhcp',
  key: ['name'],
  fence: 'dhcp-writes',
  fields: {
    name: text({ about: 'Name by which others refer to it.', required: true, column: 1 }),
    prefix: prefix({ about: 'Prefix that is given out in parts.', column: 2 }),
    prefixLength: integer({ min: 1, max: 128 })({ about: 'Length of these parts.', required: true, column: 3 }),
    fromPool: text({ about: 'Pool the prefix itself comes from.', from: '7.22', column: 4 }),
    actualPrefix: text({ about: 'Prefix in force.', readOnly: true, live: true, column: 5 }),
    preferredLifetime: duration()({ about: 'Time until the prefix is deprecated.', readOnly: true, live: true }),
    validLifetime: duration()({ about: 'Time until the prefix goes.', readOnly: true, live: true, column: 6 }),
    inactive: flag({ about: 'It has no prefix to give.', readOnly: true, live: true }),
    comment: text({ about: 'Note kept on the router.', column: 7 }),
  },
  risk: ({ verb }) => (verb === 'add' ? 'low' : verb === 'remove' ? 'high' : 'medium'),
  refuse: ({ verb, before, after }, { rows }) => {
    const same = before?.prefix === after?.prefix && before?.prefixLength === after?.prefixLength;
    if (verb === 'remove' || !after || same) return undefined;
    if (!after.prefix) return after.fromPool ? undefined : 'a pool needs a prefix, or a pool to take it from';
    const whole = readPrefix(after.prefix);
    if (!whole?.address.includes(':')) return `${after.prefix} is not an IPv6 prefix`;
    if (typeof after.prefixLength === 'number' && after.prefixLength < whole.length)
      return `parts of length ${after.prefixLength} are larger than the prefix ${after.prefix}`;
    const twin = rows.find((row) => row.name !== before?.name && row.prefix === after.prefix);
    return twin && `the prefix is the one of pool ${twin.name}`;
  },
});
