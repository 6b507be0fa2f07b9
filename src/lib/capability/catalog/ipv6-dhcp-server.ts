import { defineCapability } from '../define.ts';
import { duration, flag, integer, oneOf, openFlag, text, textSet, word } from '../kinds.ts';
import { differs, goesDown } from '../touched.ts';

export const ipv6DhcpServer = defineCapability({
  id: 'ipv6-dhcp-server',
  title: 'DHCPv6 servers',
  about: 'Servers that give IPv6 prefixes or addresses to the hosts behind an interface.',
  menu: '/ipv6/dhcp-server',
  shape: 'list',
  topic: 'dhcp',
  key: ['name'],
  fence: 'dhcp-writes',
  fields: {
    name: text({ about: 'Name of the server.', required: true, column: 1 }),
    interface: text({ about: 'Interface whose hosts it serves.', required: true, column: 2 }),
    addressPool: word({ about: 'Pool it gives out, or static-only.', column: 3 }),
    prefixPool: word({ about: 'Pool it gives prefixes from.', from: '7.17', column: 4 }),
    leaseTime: duration()({ about: 'How long a client may keep what it got.', column: 5 }),
    preference: integer({ max: 255 })({ about: 'Preference among several servers; the larger wins.' }),
    rapidCommit: openFlag({ about: 'Allow the short form of the exchange.' }),
    routeDistance: integer({ min: 1, max: 255 })({ about: 'Distance of routes to prefixes it gave.' }),
    useRadius: oneOf('no', 'yes', 'accounting')({ about: 'Ask a RADIUS server about clients, or only report to it.' }),
    bindingScript: text({ about: 'Script run when a binding begins or ends.' }),
    dhcpOption: textSet({ about: 'Names of extra options.' }),
    addressLists: textSet({ about: 'Firewall lists a client is put on.', from: '7.17' }),
    ignoreIaNaBindings: flag({ about: 'Do not keep bindings of single addresses.', from: '7.20' }),
    useReconfigure: flag({ about: 'Tell clients when their settings change.', from: '7.17' }),
    insertQueueBefore: word({ about: 'Where queues of clients go.' }),
    parentQueue: word({ about: 'Queue that queues of clients belong to.' }),
    allowDualStackQueue: openFlag({ about: 'One queue for IPv4 and IPv6 of a client.' }),
    disabled: flag({ about: 'Kept but not serving.', column: 6 }),
    invalid: flag({ about: 'Cannot serve, as when its interface is missing.', readOnly: true, live: true, column: 7 }),
    duid: text({ about: 'Its identifier.', readOnly: true }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
  },
  risk: ({ verb, before, after }) =>
    goesDown(before, after) || (verb === 'set' && differs(before, after, 'interface')) ? 'high' : 'medium',
});
