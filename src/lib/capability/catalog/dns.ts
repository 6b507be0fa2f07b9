import { defineCapability } from '../define.ts';
import { addressSequence, duration, flag, integer, text, textSet } from '../kinds.ts';

export const dns = defineCapability({
  id: 'dns',
  title: 'DNS client and cache',
  about: 'The servers a router asks for names, and its cache.',
  menu: '/ip/dns',
  shape: 'singleton',
  topic: 'dns-ntp',
  key: [],
  tool: { read: 'get_dns_status', plan: 'plan_dns_change', direct: 'update_dns_servers' },
  fields: {
    servers: addressSequence({ about: 'DNS servers, in the order in which they are asked.', column: 1 }),
    dynamicServers: addressSequence({ about: 'Servers learned from DHCP or PPP.', readOnly: true, live: true, column: 2 }),
    allowRemoteRequests: flag({ about: 'Answer DNS queries of other hosts.', column: 3 }),
    useDohServer: text({ about: 'DNS over HTTPS server address.', column: 4 }),
    verifyDohCert: flag({ about: 'Check the certificate of the DNS over HTTPS server.' }),
    dohMaxServerConnections: integer()({ about: 'Connections to the DNS over HTTPS server.' }),
    dohMaxConcurrentQueries: integer()({ about: 'Queries in flight to the DNS over HTTPS server.' }),
    dohTimeout: duration()({ about: 'Wait for an answer over HTTPS.' }),
    maxUdpPacketSize: integer({ min: 50, max: 65_507 })({ about: 'Largest UDP packet in bytes.' }),
    queryServerTimeout: duration()({ about: 'Wait for one server.' }),
    queryTotalTimeout: duration()({ about: 'Wait for all servers together.' }),
    maxConcurrentQueries: integer()({ about: 'Queries in flight.' }),
    maxConcurrentTcpSessions: integer()({ about: 'TCP sessions in flight.' }),
    cacheSize: integer({ min: 64 })({ about: 'Cache size in KiB.', column: 5 }),
    cacheMaxTtl: duration()({ about: 'Longest time an answer is kept.' }),
    cacheUsed: integer()({ about: 'Cache in use in KiB.', readOnly: true, live: true, column: 6 }),
    addressListExtraTime: duration()({ about: 'Extra time for address-list entries made from names.' }),
    vrf: text({ about: 'Routing table used to reach the servers.', fallback: 'main', from: '7.15' }),
    mdnsRepeatIfaces: textSet({ about: 'Interfaces between which mDNS is repeated.', from: '7.16' }),
  },
  // Opening the resolver to others makes the router an amplifier if its firewall does not stand in the way.
  risk: ({ before, after }) => (!before?.allowRemoteRequests && after?.allowRemoteRequests ? 'medium' : 'low'),
  // Reserved, and nobody's (RFC 2606): a resolver that sees the world knows it.
  checks: ({ after }) => (after?.servers?.length ? ['dns example.com'] : []),
});
