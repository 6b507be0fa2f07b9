import { defineCapability } from '../define.ts';
import { arpFields } from '../groups/interface.ts';
import { duration, flag, integer, mac, oneOf, openFlag, text, word } from '../kinds.ts';
import { differs, isNote } from '../touched.ts';

/** Bridges whose spanning tree is left alone in production, by name. */
const LOCKED: readonly string[] = ['bridge-lan', 'bridge-core', 'bridge-prod'];

export const bridge = defineCapability({
  id: 'bridge',
  title: 'Bridges',
  about: 'Bridges that join ports into one network.',
  menu: '/interface/bridge',
  shape: 'list',
  topic: 'bridge',
  key: ['name'],
  fence: 'bridge-writes',
  tool: { read: 'list_bridges' },
  fields: {
    name: text({ about: 'Name of the interface.', required: true, column: 1 }),
    running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 2 }),
    vlanFiltering: flag({ about: 'Forward by VLAN; switching it can cut management off.', column: 3 }),
    protocolMode: oneOf('mstp', 'none', 'rstp', 'stp')({ about: 'Spanning tree protocol.', column: 4 }),
    priority: integer({ max: 65_535 })({ about: 'Priority; the lower number wins.', column: 5 }),
    macAddress: mac({ about: 'Hardware address.', readOnly: true, live: true, column: 6 }),
    pvid: integer({ min: 1, max: 4094 })({ about: 'VLAN of untagged frames.', column: 7 }),
    mtu: integer({ max: 65_535, words: ['auto'] })({ about: 'Largest packet in bytes.', column: 8 }),
    disabled: flag({ about: 'Kept but not in force.', column: 9 }),
    comment: text({ about: 'Note kept on the router.', column: 10 }),
    addDhcpOption82: flag({ about: 'Add the port to DHCP requests of clients.', until: '7.23' }),
    adminMac: mac({ about: 'Hardware address given by hand.' }),
    ageingTime: duration()({ about: 'How long an unseen host is remembered.' }),
    autoMac: flag({ about: 'Take the hardware address of the first port.', fallback: 'yes' }),
    dhcpSnooping: flag({ about: 'Drop DHCP answers from ports that are not trusted.' }),
    etherType: oneOf('0x8100', '0x88a8', '0x9100')({ about: 'Type of the VLAN tag.' }),
    fastForward: flag({ about: 'Forward between two ports on a fast path.', fallback: 'yes' }),
    forwardDelay: duration()({ about: 'Wait before a port forwards in STP.' }),
    frameTypes: oneOf(
      'admit-all',
      'admit-only-untagged-and-priority-tagged',
      'admit-only-vlan-tagged',
    )({ about: 'Which frames are let in.' }),
    igmpSnooping: flag({ about: 'Learn who wants which multicast group.' }),
    igmpVersion: integer({ min: 2, max: 3 })({ about: 'IGMP version of the querier.' }),
    ingressFiltering: openFlag({ about: 'Drop received frames of VLANs the port is not in.' }),
    lastMemberInterval: duration()({ about: 'Wait for other members when one leaves.' }),
    lastMemberQueryCount: integer()({ about: 'Questions asked when a member leaves.' }),
    maxHops: integer({ min: 6, max: 40 })({ about: 'Hops an MSTP message may take.' }),
    maxMessageAge: duration()({ about: 'How long an STP message counts.' }),
    membershipInterval: duration()({ about: 'How long a multicast member counts without renewing.' }),
    mldVersion: integer({ min: 1, max: 2 })({ about: 'MLD version of the querier.' }),
    multicastQuerier: flag({ about: 'Ask for multicast members.' }),
    multicastRouter: oneOf('disabled', 'permanent', 'temporary-query')({ about: 'Whether a multicast router is there.' }),
    querierInterval: duration()({ about: 'How long another querier counts.' }),
    queryInterval: duration()({ about: 'Time between multicast questions.' }),
    queryResponseInterval: duration()({ about: 'Time to answer a multicast question.' }),
    regionName: text({ about: 'MSTP region.' }),
    regionRevision: integer({ max: 65_535 })({ about: 'Revision of the MSTP region.' }),
    startupQueryCount: integer()({ about: 'Questions asked at start.' }),
    startupQueryInterval: duration()({ about: 'Time between questions at start.' }),
    transmitHoldCount: integer({ min: 1, max: 10 })({ about: 'STP messages a second.' }),
    forwardReservedAddresses: flag({ about: 'Pass frames for reserved link addresses.', from: '7.16' }),
    maxLearnedEntries: integer({ words: ['auto', 'unlimited'] })({ about: 'Hosts that may be learned.', from: '7.16' }),
    mvrp: flag({ about: 'Learn VLANs from neighbours.', from: '7.15' }),
    portCostMode: oneOf('long', 'short')({ about: 'Scale of the path costs.', from: '7.13' }),
    mlagHeartbeat: duration('none')({ about: 'Time between heartbeats of an MLAG pair.', from: '7.22' }),
    mlagPeerPort: word({ about: 'Port towards the MLAG peer.', from: '7.22' }),
    mlagPriority: integer({ max: 128 })({ about: 'Which of an MLAG pair leads: the lower number.', from: '7.22' }),
    raGuard: flag({ about: 'Drop IPv6 router advertisements from ports that are not trusted.', from: '7.22' }),
    dhcpAgentCircuitId: word({ about: 'Circuit text added to DHCP requests.', from: '7.23' }),
    dhcpAgentRemoteId: word({ about: 'Remote text added to DHCP requests.', from: '7.23' }),
    dhcpv6AgentCircuitId: word({ about: 'Circuit text added to DHCPv6 requests.', from: '7.23' }),
    dhcpv6AgentRemoteId: word({ about: 'Remote text added to DHCPv6 requests.', from: '7.23' }),
    dhcpv6Snooping: flag({ about: 'Drop DHCPv6 answers from ports that are not trusted.', from: '7.23' }),
    querierUsesBridgeAddress: flag({ about: 'Ask from the address of the bridge.', from: '7.24' }),
    actualMtu: integer()({ about: 'Largest packet in force, in bytes.', readOnly: true, live: true }),
    l2mtu: integer()({ about: 'Largest frame in bytes.', readOnly: true, live: true }),
    managed: flag({ about: 'Kept by a controller.', readOnly: true, live: true }),
    ...arpFields,
  },
  // A bridge carries whoever is behind its ports, and often its own management address.
  risk: (change) => {
    if (change.verb === 'add') return 'low';
    if (change.verb === 'remove') return 'high';
    const cuts =
      differs(
        change.before,
        change.after,
        'name',
        'disabled',
        'vlanFiltering',
        'protocolMode',
        'pvid',
        'frameTypes',
        'ingressFiltering',
        'etherType',
      ) || differs(change.before, change.after, 'adminMac', 'autoMac', 'arp', 'mtu', 'dhcpSnooping', 'dhcpv6Snooping', 'raGuard');
    return cuts ? 'high' : isNote(change) ? 'low' : 'medium';
  },
  refuse: (change, { environment }) =>
    change.verb === 'set' &&
    environment === 'prod' &&
    LOCKED.includes(change.before?.name ?? '') &&
    differs(change.before, change.after, 'protocolMode')
      ? `spanning tree of ${change.before?.name} is not changed in production`
      : undefined,
});
