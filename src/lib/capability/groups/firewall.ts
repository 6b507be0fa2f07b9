import type { Field, Fields } from '../field.ts';
import { counter, duration, flag, integer, not, rate, text, word } from '../kinds.ts';

/** Matchers and targets that the firewall menus of IPv4 and IPv6 share. Columns leave room: a menu puts its own between them. */

/** Where a packet comes from and goes to. */
export const addressMatchers = {
  protocol: not.text({ about: 'Protocol by name or number.', column: 3 }),
  srcAddress: not.network({ about: 'Address the packet comes from.', column: 4 }),
  dstAddress: not.network({ about: 'Address the packet goes to.', column: 5 }),
  dstPort: not.ports({ about: 'Ports the packet goes to.', column: 6 }),
  srcPort: not.ports({ about: 'Ports the packet comes from.' }),
  port: not.ports({ about: 'Ports on either side.' }),
  inInterface: not.text({ about: 'Interface it came in by.', column: 7 }),
  outInterface: not.text({ about: 'Interface it goes out by.', column: 8 }),
  inInterfaceList: not.text({ about: 'Interface list it came in by.' }),
  outInterfaceList: not.text({ about: 'Interface list it goes out by.' }),
  srcAddressList: not.text({ about: 'Address list the source is in.' }),
  dstAddressList: not.text({ about: 'Address list the destination is in.' }),
  srcAddressType: not.text({ about: 'Kind of source address.' }),
  dstAddressType: not.text({ about: 'Kind of destination address.' }),
  srcMacAddress: not.text({ about: 'Hardware address it comes from.' }),
} as const;

export const stateMatcher = {
  connectionState: not.setOf('established', 'related', 'new', 'invalid', 'untracked')({ about: 'State of its connection.', column: 9 }),
} as const;

/** What is known of a packet's connection; raw rules come before that. */
export const connectionMatchers = {
  connectionMark: not.text({ about: 'Mark of its connection.' }),
  connectionType: not.text({ about: 'Helper that knows its connection.' }),
  connectionBytes: not.text({ about: 'Bytes its connection has carried, from-to.' }),
  connectionLimit: not.text({ about: 'Connections from one address block, count,length.' }),
  connectionRate: not.text({ about: 'Rate of its connection, from-to.' }),
  routingMark: not.text({ about: 'Routing table it is sent by.' }),
} as const;

export const packetMatchers = {
  packetMark: not.text({ about: 'Mark of the packet.' }),
  packetSize: not.text({ about: 'Size in bytes, or a range.' }),
  inBridgePort: not.text({ about: 'Bridge port it came in by.' }),
  outBridgePort: not.text({ about: 'Bridge port it goes out by.' }),
  inBridgePortList: not.text({ about: 'List of bridge ports it came in by.' }),
  outBridgePortList: not.text({ about: 'List of bridge ports it goes out by.' }),
  icmpOptions: not.text({ about: 'ICMP type and code.' }),
  tcpMss: not.text({ about: 'TCP segment size, or a range.' }),
  dscp: not.text({ about: 'DSCP value.' }),
  tos: not.text({ about: 'Type of service.', from: '7.21' }),
  priority: not.text({ about: 'Priority of the packet.' }),
  ingressPriority: not.text({ about: 'Priority it came in with.' }),
  ipsecPolicy: word({ about: 'Matched by an IPsec policy, as in,ipsec.' }),
  content: not.text({ about: 'Text in the packet.' }),
  limit: not.text({ about: 'Fits up to a rate, as 5,5:packet.' }),
  dstLimit: word({ about: 'Fits up to a rate for each destination.' }),
  nth: not.text({ about: 'Every n-th packet.' }),
  random: integer({ min: 1, max: 99 })({ about: 'Fits with this chance in percent.' }),
  perConnectionClassifier: not.text({ about: 'Share of connections, as both-addresses:2/0.' }),
  time: not.text({ about: 'Time of day and week, as 8h-17h,mon,tue.' }),
} as const;

export const tcpFlagMatcher = { tcpFlags: not.text({ about: 'TCP flags that are set or not.' }) } as const;
export const tlsMatcher = { tlsHost: not.text({ about: 'Host name of a TLS handshake.' }) } as const;

export const ipv4Matchers = {
  ttl: word({ about: 'Time to live, as equal:64.' }),
  ipv4Options: word({ about: 'IPv4 header options.' }),
  fragment: flag({ about: 'A later fragment.' }),
  psd: word({ about: 'Port scan detection weights.' }),
  hotspot: not.text({ about: 'HotSpot state of the client.' }),
} as const;

export const ipv6Matchers = {
  hopLimit: word({ about: 'Hop limit, as equal:64.' }),
  headers: not.text({ about: 'IPv6 extension headers.' }),
} as const;

/** Of IPv4, and not of raw rules. */
export const deepMatchers = {
  layer7Protocol: not.text({ about: 'Layer 7 pattern.' }),
  realm: not.text({ about: 'Routing realm.' }),
} as const;

/** What every rule may do besides, and what is known of it. */
export const ruleFields = {
  jumpTarget: word({ about: 'Chain to jump to.' }),
  addressList: text({ about: 'List the address is added to.' }),
  addressListTimeout: duration('none-dynamic', 'none-static')({ about: 'How long it stays on the list.' }),
  log: flag({ about: 'Write a log line for each packet that fits.' }),
  logPrefix: text({ about: 'Text in front of the log line.' }),
  disabled: flag({ about: 'Kept but not asked.', column: 12 }),
  invalid: flag({ about: 'Refers to something that does not exist.', readOnly: true, live: true }),
  comment: text({ about: 'Note kept on the router.', column: 13 }),
  bytes: counter({ about: 'Bytes that fitted.', readOnly: true, live: true, column: 14 }),
  packets: counter({ about: 'Packets that fitted.', readOnly: true, live: true }),
} as const;

const live = { readOnly: true, live: true } as const;

/** What a router knows of a connection that it follows. */
export const connectionFields = {
  protocol: text({ about: 'Protocol by name or number.', ...live, column: 1 }),
  // Most versions write the port into the address; field lists of newer ones name it apart.
  srcAddress: text({ about: 'Where it comes from, with the port on most versions.', ...live, column: 2 }),
  srcPort: counter({ about: 'Port it comes from.', ...live }),
  dstAddress: text({ about: 'Where it goes to, with the port on most versions.', ...live, column: 3 }),
  dstPort: counter({ about: 'Port it goes to.', ...live }),
  replySrcAddress: text({ about: 'Where answers come from, after translation.', ...live, column: 4 }),
  replySrcPort: counter({ about: 'Port answers come from.', ...live }),
  replyDstAddress: text({ about: 'Where answers go to, after translation.', ...live }),
  replyDstPort: counter({ about: 'Port answers go to.', ...live }),
  tcpState: text({ about: 'State of a TCP connection.', ...live, column: 5 }),
  timeout: duration()({ about: 'Time until it is forgotten.', ...live, column: 6 }),
  connectionMark: text({ about: 'Mark put on it by a rule.', ...live }),
  connectionType: text({ about: 'Helper that knows it, such as ftp.', ...live }),
  origBytes: counter({ about: 'Bytes sent by the side that began it.', ...live, column: 7 }),
  replBytes: counter({ about: 'Bytes sent in answer.', ...live, column: 8 }),
  origRate: rate({ about: 'Bits a second of the side that began it.', ...live }),
  replRate: rate({ about: 'Bits a second in answer.', ...live }),
  origPackets: counter({ about: 'Packets sent by the side that began it.', ...live }),
  replPackets: counter({ about: 'Packets sent in answer.', ...live }),
  origFasttrackBytes: counter({ about: 'Bytes of the beginning side on the fast track.', ...live }),
  replFasttrackBytes: counter({ about: 'Bytes in answer on the fast track.', ...live }),
  origFasttrackPackets: counter({ about: 'Packets of the beginning side on the fast track.', ...live }),
  replFasttrackPackets: counter({ about: 'Packets in answer on the fast track.', ...live }),
  icmpType: counter({ about: 'Type of an ICMP message.', ...live }),
  icmpCode: counter({ about: 'Code of an ICMP message.', ...live }),
  icmpId: counter({ about: 'Identifier of an ICMP echo.', ...live }),
  greProtocol: counter({ about: 'Protocol inside GRE.', ...live }),
  greVersion: counter({ about: 'Version of GRE.', ...live }),
  greKey: counter({ about: 'Number that tells GRE tunnels apart.', ...live, secret: false }),
  expected: flag({ about: 'Announced by another connection.', ...live }),
  seenReply: flag({ about: 'It was answered.', ...live }),
  assured: flag({ about: 'Kept when the table is full.', ...live }),
  confirmed: flag({ about: 'Its first packet left the router.', ...live }),
  dying: flag({ about: 'About to be forgotten.', ...live }),
  fasttrack: flag({ about: 'Passes most rules by.', ...live }),
  hwOffload: flag({ about: 'Carried by the hardware.', ...live }),
  srcnat: flag({ about: 'Its source is translated.', ...live }),
  dstnat: flag({ about: 'Its destination is translated.', ...live }),
  usesHelper: flag({ about: 'A helper follows it.', ...live }),
} as const;

/** The same fields for a menu that is only read. */
export const onlyRead = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, { kind, traits }]): [string, Field] => [name, { kind, traits: { ...traits, readOnly: true } }]),
  );
