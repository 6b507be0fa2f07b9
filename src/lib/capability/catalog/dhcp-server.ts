import { defineCapability } from '../define.ts';
import { address, duration, flag, integer, oneOf, openFlag, text, textSet, word } from '../kinds.ts';
import { differs, goesDown } from '../touched.ts';

export const dhcpServer = defineCapability({
  id: 'dhcp-server',
  title: 'DHCP servers',
  about: 'Servers that give IPv4 addresses to the hosts behind an interface.',
  menu: '/ip/dhcp-server',
  shape: 'list',
  topic: 'dhcp',
  key: ['name'],
  fence: 'dhcp-writes',
  tool: { read: 'get_dhcp_server_status' },
  fields: {
    name: text({ about: 'Name of the server.', required: true, column: 1 }),
    interface: text({ about: 'Interface whose hosts it serves.', required: true, column: 2 }),
    addressPool: word({ about: 'Pool it gives out, or static-only.', column: 3 }),
    leaseTime: duration()({ about: 'How long a client may keep an address.', column: 4 }),
    authoritative: oneOf(
      'yes',
      'no',
      'after-2sec-delay',
      'after-10sec-delay',
    )({
      about: 'Refuse addresses that other servers gave.',
      column: 5,
    }),
    disabled: flag({ about: 'Kept but not serving.', column: 6 }),
    invalid: flag({ about: 'Cannot serve, as when its interface is missing.', readOnly: true, live: true, column: 7 }),
    relay: address({ about: 'Serve clients of this relay only.' }),
    serverAddress: address({ about: 'Address it answers from.' }),
    useRadius: oneOf('no', 'yes', 'accounting')({ about: 'Ask a RADIUS server about clients.' }),
    leaseScript: text({ about: 'Script run when a lease begins or ends.' }),
    addArp: flag({ about: 'Enter leases into the ARP table.' }),
    alwaysBroadcast: flag({ about: 'Answer by broadcast even when it was not asked for.' }),
    conflictDetection: openFlag({ about: 'Look for the address on the network before giving it.' }),
    bootpSupport: oneOf('none', 'static', 'dynamic')({ about: 'Serve BOOTP clients.' }),
    bootpLeaseTime: duration('forever', 'lease-time')({ about: 'How long a BOOTP client keeps an address.' }),
    clientMacLimit: integer({ words: ['unlimited'] })({ about: 'Leases one hardware address may hold.' }),
    delayThreshold: duration('none')({ about: 'Answer only clients that have asked for this long.' }),
    dhcpOptionSet: word({ about: 'Set of extra options sent to clients.' }),
    addressLists: textSet({ about: 'Firewall lists a client is put on.', from: '7.17' }),
    insertQueueBefore: word({ about: 'Where queues of clients go.' }),
    parentQueue: word({ about: 'Queue that queues of clients belong to.' }),
    allowDualStackQueue: openFlag({ about: 'One queue for IPv4 and IPv6 of a client.' }),
    useFramedAsClassless: openFlag({ about: 'Send RADIUS routes as classless routes.' }),
    useReconfigure: flag({ about: 'Tell clients when their settings change.', from: '7.19' }),
    dynamicLeaseIdentifiers: word({ about: 'What tells clients apart.', from: '7.21' }),
    supportBroadbandTr101: flag({ about: 'Read line identifiers of access nodes.', from: '7.21' }),
    addDnsEntries: flag({ about: 'Enter names of clients into DNS.', from: '7.23' }),
    addDnsEntriesSuffix: text({ about: 'Domain added to these names.', from: '7.23' }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
  },
  // A server that goes takes the addresses of its clients with it; one too many gives out wrong ones.
  risk: ({ verb, before, after }) =>
    goesDown(before, after) || (verb === 'set' && differs(before, after, 'interface')) ? 'high' : 'medium',
});
