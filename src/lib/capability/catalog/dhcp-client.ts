import { defineCapability } from '../define.ts';
import { address, duration, flag, integer, mac, oneOf, prefix, text, textSet } from '../kinds.ts';
import { differs } from '../touched.ts';

export const dhcpClient = defineCapability({
  id: 'dhcp-client',
  title: 'DHCP clients',
  about: 'Interfaces that take their IPv4 address from a DHCP server.',
  menu: '/ip/dhcp-client',
  shape: 'list',
  topic: 'dhcp',
  // A client has a name since 7.22 only, and an interface may have several: nothing names one on every version.
  key: [],
  unset: 'command',
  fence: 'dhcp-writes',
  fields: {
    interface: text({ about: 'Interface that asks for an address.', required: true, column: 1 }),
    name: text({ about: 'Name of the client.', from: '7.22' }),
    status: text({ about: 'What the client is doing, such as bound.', readOnly: true, live: true, column: 2 }),
    address: prefix({ about: 'Address it was given.', readOnly: true, live: true, column: 3 }),
    gateway: address({ about: 'Gateway it was told.', readOnly: true, live: true, column: 4 }),
    dhcpServer: address({ about: 'Server that gave the address.', readOnly: true, live: true, column: 5 }),
    expiresAfter: duration()({ about: 'Time until the address ends.', readOnly: true, live: true, column: 6 }),
    addDefaultRoute: oneOf('yes', 'no', 'special-classless')({ about: 'Make the default route from what it is told.', column: 7 }),
    defaultRouteDistance: integer({ min: 1, max: 255 })({ about: 'Distance of that route.' }),
    defaultRouteTables: textSet({ about: 'Routing tables that get that route.', from: '7.18' }),
    checkGateway: oneOf('none', 'arp', 'ping', 'bfd')({ about: 'How the gateway is watched.', from: '7.19' }),
    usePeerDns: flag({ about: 'Use the name servers it is told.', fallback: 'yes', column: 8 }),
    usePeerNtp: flag({ about: 'Use the time servers it is told.', fallback: 'yes' }),
    dhcpOptions: textSet({ about: 'Options it sends.' }),
    script: text({ about: 'Script run when the address comes or goes.' }),
    allowReconfigure: flag({ about: 'Let the server announce changes.', from: '7.19' }),
    useBroadcast: oneOf('always', 'never', 'both')({ about: 'Ask for answers by broadcast.', from: '7.20' }),
    vlanPriority: integer({ max: 7 })({ about: 'VLAN priority of its packets.', from: '7.20' }),
    dscp: integer({ max: 63 })({ about: 'DSCP value of its packets.', from: '7.20' }),
    disabled: flag({ about: 'Switched off.', column: 9 }),
    invalid: flag({ about: 'Cannot work, as when its interface is missing.', readOnly: true, live: true }),
    comment: text({ about: 'Note kept on the router.', column: 10 }),
    netmask: text({ about: 'Network mask it was told.', readOnly: true, live: true }),
    primaryDns: address({ about: 'First name server it was told.', readOnly: true, live: true }),
    secondaryDns: address({ about: 'Second name server it was told.', readOnly: true, live: true }),
    primaryNtp: address({ about: 'First time server it was told.', readOnly: true, live: true }),
    secondaryNtp: address({ about: 'Second time server it was told.', readOnly: true, live: true }),
    capsManagers: textSet({ about: 'CAPsMAN controllers it was told.', readOnly: true, live: true }),
    customHostnameSuffix: text({ about: 'Ending of the host name it sends.', readOnly: true }),
    customSourceMacAddress: mac({ about: 'Hardware address it sends from.', readOnly: true }),
    reconfigureKey: text({ about: 'Key by which it trusts a change.', readOnly: true, live: true, secret: true }),
    reconfigureLastCounter: text({ about: 'Number of the last change it was told.', readOnly: true, live: true }),
  },
  // Its address may be the one we reach the router by, and its default route the way back to us.
  risk: ({ verb, before, after }) => {
    if (verb === 'remove') return before?.disabled ? 'medium' : 'high';
    if (verb === 'add') return after?.disabled || after?.addDefaultRoute === 'no' ? 'medium' : 'high';
    return differs(before, after, 'interface', 'disabled', 'addDefaultRoute', 'defaultRouteDistance', 'defaultRouteTables', 'dhcpOptions')
      ? 'high'
      : 'medium';
  },
  refuse: ({ verb, after }, { rows }) =>
    verb === 'add' && !after?.name && rows.some((row) => row.interface === after?.interface)
      ? `the interface ${after?.interface} already has a DHCP client`
      : undefined,
});
