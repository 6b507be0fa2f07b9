import { insideIpv4, readPrefix } from '../address.ts';
import { defineCapability } from '../define.ts';
import { address, addressSequence, flag, integer, network, text, textSet, word } from '../kinds.ts';

export const dhcpServerNetwork = defineCapability({
  id: 'dhcp-server-network',
  title: 'DHCP networks',
  about: 'What DHCP clients of a network are told: gateway, name servers, options.',
  menu: '/ip/dhcp-server/network',
  shape: 'list',
  topic: 'dhcp',
  key: ['address'],
  unset: 'command',
  fence: 'dhcp-writes',
  fields: {
    address: network({ about: 'Network the settings are for, as a prefix.', required: true, column: 1 }),
    gateway: addressSequence({ about: 'Default gateways of the clients.', column: 2 }),
    netmask: integer({ max: 32 })({ about: 'Prefix length told to clients; 0 is that of the network.' }),
    dnsServer: addressSequence({ about: 'Name servers of the clients, in order.', column: 3 }),
    dnsNone: flag({ about: 'Tell clients no name server.' }),
    domain: text({ about: 'Domain of the clients.', column: 4 }),
    ntpServer: addressSequence({ about: 'Time servers of the clients.', column: 5 }),
    ntpNone: flag({ about: 'Tell clients no time server.', from: '7.20' }),
    winsServer: addressSequence({ about: 'Windows name servers of the clients.' }),
    capsManager: addressSequence({ about: 'CAPsMAN controllers for access points.' }),
    nextServer: address({ about: 'Server a client starts its system from.' }),
    bootFileName: text({ about: 'File a client starts its system from.' }),
    dhcpOption: textSet({ about: 'Names of extra options.', column: 6 }),
    dhcpOptionSet: word({ about: 'Set of extra options.' }),
    comment: text({ about: 'Note kept on the router.', column: 7 }),
  },
  risk: ({ verb }) => (verb === 'add' ? 'low' : verb === 'remove' ? 'high' : 'medium'),
  refuse: ({ verb, before, after }) => {
    const touched = (['address', 'gateway', 'netmask'] as const).some((name) => String(before?.[name]) !== String(after?.[name]));
    if (verb === 'remove' || !after?.address || !touched) return undefined;
    const inside = readPrefix(after.address) ?? readPrefix(`${after.address}/32`);
    if (!inside || inside.address.includes(':')) return `${after.address} is not an IPv4 network such as 192.168.88.0/24`;
    // A shorter mask told to clients widens what they take for their own network.
    const told = typeof after.netmask === 'number' && after.netmask > 0 ? Math.min(after.netmask, inside.length) : inside.length;
    const outside = after.gateway?.find((gateway) => !insideIpv4(String(gateway), { ...inside, length: told }));
    return outside && `the gateway ${outside} is not inside the network ${after.address}`;
  },
});
