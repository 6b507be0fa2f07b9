import { defineCapability } from '../define.ts';
import { address, flag, integer, oneOf, openFlag, prefix, text, textSet, wordSet } from '../kinds.ts';
import { differs } from '../touched.ts';

export const ipv6DhcpClient = defineCapability({
  id: 'ipv6-dhcp-client',
  title: 'DHCPv6 clients',
  about: 'Interfaces that take addresses or prefixes from a DHCPv6 server.',
  menu: '/ipv6/dhcp-client',
  shape: 'list',
  topic: 'dhcp',
  // Two clients of one interface differ in what they ask for, or in where they put it.
  key: ['interface', 'request', 'poolName'],
  fence: 'dhcp-writes',
  fields: {
    interface: text({ about: 'Interface that asks.', required: true, column: 1 }),
    request: wordSet('address', 'info', 'prefix')({ about: 'What it asks for.', required: true, column: 2 }),
    status: text({ about: 'What the client is doing, such as bound.', readOnly: true, live: true, column: 3 }),
    prefix: text({ about: 'Prefix it was given, and for how long.', readOnly: true, live: true, column: 4 }),
    address: text({ about: 'Address it was given, and for how long.', readOnly: true, live: true, column: 5 }),
    poolName: text({ about: 'Pool made from the prefix.', column: 6 }),
    poolPrefixLength: integer({ min: 32, max: 128 })({ about: 'Length of the prefixes that pool gives out.' }),
    prefixHint: prefix({ about: 'Prefix it would like.' }),
    addDefaultRoute: flag({ about: 'Make a default route from what it is told.', column: 7 }),
    defaultRouteDistance: integer({ min: 1, max: 255 })({ about: 'Distance of that route.' }),
    defaultRouteTables: textSet({ about: 'Routing tables that get that route.', from: '7.19', fallback: 'default' }),
    checkGateway: oneOf('none', 'arp', 'ping', 'bfd')({ about: 'How the gateway is watched.', from: '7.19' }),
    usePeerDns: openFlag({ about: 'Use the name servers it is told.' }),
    rapidCommit: openFlag({ about: 'Ask for the short form of the exchange.' }),
    acceptPrefixWithoutAddress: openFlag({
      about: 'Be content with a prefix when an address was asked for too.',
      from: '7.20',
    }),
    allowReconfigure: flag({ about: 'Let the server announce changes.', from: '7.17' }),
    validateServerDuid: openFlag({ about: 'Take answers only from the server it knows.', from: '7.18' }),
    useInterfaceDuid: flag({ about: 'Make its identifier from this interface.' }),
    customDuid: text({ about: 'Identifier to use in its place.', from: '7.18' }),
    customIanaId: integer()({ about: 'Number of its request for an address.', from: '7.20' }),
    customIapdId: integer()({ about: 'Number of its request for a prefix.', from: '7.20' }),
    prefixAddressLists: textSet({ about: 'Firewall lists the prefix is put on.', from: '7.17' }),
    dhcpOptions: textSet({ about: 'Options it sends.' }),
    script: text({ about: 'Script run when a prefix comes or goes.' }),
    disabled: flag({ about: 'Switched off.', column: 8 }),
    invalid: flag({ about: 'Cannot work, as when its interface is missing.', readOnly: true, live: true }),
    comment: text({ about: 'Note kept on the router.', column: 9 }),
    dhcpServerV6: address({ about: 'Server that answered.', readOnly: true, live: true }),
    duid: text({ about: 'Its identifier.', readOnly: true }),
    reconfigureKey: text({ about: 'Key by which it trusts a change.', readOnly: true, live: true, secret: true }),
    reconfigureLastCounter: text({ about: 'Number of the last change it was told.', readOnly: true, live: true }),
  },
  // The prefix numbers everything behind the router, and the default route is the way back to us.
  risk: ({ verb, before, after }) => {
    if (verb === 'remove') return before?.disabled ? 'medium' : 'high';
    if (verb === 'add') return after?.disabled || !after?.addDefaultRoute ? 'medium' : 'high';
    return differs(
      before,
      after,
      'interface',
      'request',
      'disabled',
      'addDefaultRoute',
      'defaultRouteDistance',
      'defaultRouteTables',
      'poolName',
    )
      ? 'high'
      : 'medium';
  },
  refuse: ({ verb, after }) =>
    verb !== 'remove' && after?.prefixHint?.includes(':') === false ? `${after.prefixHint} is not an IPv6 prefix` : undefined,
});
