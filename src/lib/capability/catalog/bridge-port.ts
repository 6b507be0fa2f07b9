import { defineCapability } from '../define.ts';
import { isNote, touches } from '../groups-interface.ts';
import { counter, duration, flag, integer, oneOf, text, textSet } from '../kinds.ts';
import { openFlag } from '../kinds-b.ts';

export const bridgePort = defineCapability({
  id: 'bridge-port',
  title: 'Bridge ports',
  about: 'The interfaces that belong to bridges, and how each behaves.',
  menu: '/interface/bridge/port',
  shape: 'ordered',
  topic: 'bridge',
  // An interface is a port of one bridge at most.
  key: ['interface'],
  fence: 'bridge-writes',
  tool: { read: 'list_bridge_ports' },
  fields: {
    interface: text({ about: 'Interface that is the port.', required: true, column: 1 }),
    bridge: text({ about: 'Bridge it belongs to.', required: true, column: 2 }),
    role: text({ about: 'Part the port plays in spanning tree.', readOnly: true, live: true, column: 3 }),
    status: text({ about: 'What the port is doing.', readOnly: true, live: true, column: 4 }),
    pvid: integer({ min: 1, max: 4094 })({ about: 'VLAN of untagged frames.', column: 5 }),
    frameTypes: oneOf(
      'admit-all',
      'admit-only-untagged-and-priority-tagged',
      'admit-only-vlan-tagged',
    )({ about: 'Which frames are let in.', column: 6 }),
    hwOffload: flag({ about: 'The switch chip forwards for it.', readOnly: true, live: true, column: 7 }),
    disabled: flag({ about: 'Kept but not in the bridge.', column: 8 }),
    comment: text({ about: 'Note kept on the router.', column: 9 }),
    autoIsolate: flag({ about: 'Forward only once spanning tree agrees.' }),
    bpduGuard: flag({ about: 'Switch the port off when a bridge is heard on it.' }),
    broadcastFlood: openFlag({ about: 'Send broadcasts out of this port.' }),
    edge: oneOf('auto', 'no', 'no-discover', 'yes', 'yes-discover')({ about: 'Whether only end devices are on the port.' }),
    fastLeave: flag({ about: 'Forget a multicast member at once when it leaves.' }),
    horizon: integer({ words: ['none'] })({ about: 'Ports with the same number do not exchange frames.' }),
    hw: openFlag({ about: 'Use the switch chip where possible.' }),
    ingressFiltering: openFlag({ about: 'Drop received frames of VLANs the port is not in.' }),
    internalPathCost: integer({ min: 1, max: 200_000_000 })({ about: 'Cost inside an MSTP region.' }),
    learn: oneOf('auto', 'no', 'yes')({ about: 'Whether addresses are learned on the port.' }),
    multicastRouter: oneOf('disabled', 'permanent', 'temporary-query')({ about: 'Whether a multicast router is there.' }),
    pathCost: integer({ min: 1, max: 200_000_000 })({ about: 'Cost of the path in spanning tree.' }),
    pointToPoint: oneOf('auto', 'no', 'yes')({ about: 'Whether one bridge at most is on the link.' }),
    priority: integer({ max: 255 })({ about: 'Priority; the lower number wins.' }),
    restrictedRole: flag({ about: 'The port never leads to the root.' }),
    restrictedTcn: flag({ about: 'Ignore topology changes heard on the port.' }),
    tagStacking: flag({ about: 'Put a second tag on tagged frames.' }),
    trusted: flag({ about: 'DHCP servers are allowed behind the port.' }),
    unknownMulticastFlood: openFlag({ about: 'Send unknown multicast out of this port.' }),
    unknownUnicastFlood: openFlag({ about: 'Send unknown unicast out of this port.' }),
    mvrpApplicantState: oneOf('non-participant', 'normal-participant')({ about: 'Whether VLANs are declared on the port.', from: '7.15' }),
    mvrpRegistrarState: oneOf('fixed', 'normal')({ about: 'Whether VLANs are taken from the port.', from: '7.15' }),
    trustedRa: flag({ about: 'IPv6 routers are allowed behind the port.', from: '7.22' }),
    trustedDhcpv6: flag({ about: 'DHCPv6 servers are allowed behind the port.', from: '7.23' }),
    actualPathCost: integer()({ about: 'Path cost in force.', readOnly: true, live: true }),
    debugInfo: text({ about: 'Inner state of spanning tree, as text.', readOnly: true, live: true }),
    declaredVlanIds: textSet({ about: 'VLANs declared by MVRP.', readOnly: true, live: true }),
    designatedBridgeId: text({ about: 'Bridge that leads on this link.', readOnly: true, live: true }),
    designatedCost: integer()({ about: 'Cost of the leading bridge to the root.', readOnly: true, live: true }),
    designatedPortId: text({ about: 'Port of the leading bridge.', readOnly: true, live: true }),
    discardTransitions: counter({ about: 'How often the port stopped forwarding.', readOnly: true, live: true }),
    edgePort: flag({ about: 'Found to be an edge port.', readOnly: true, live: true }),
    edgePortDiscovery: flag({ about: 'Edge ports are looked for.', readOnly: true, live: true }),
    externalFdbStatus: flag({ about: 'Addresses are learned in hardware of another owner.', readOnly: true, live: true }),
    forwardTransitions: counter({ about: 'How often the port began to forward.', readOnly: true, live: true }),
    forwarding: flag({ about: 'Let it reach other clients.', readOnly: true, live: true }),
    hwOffloadGroup: text({ about: 'Switch group that forwards for it.', readOnly: true, live: true }),
    inactive: flag({ about: 'Its interface is not there or not up.', readOnly: true, live: true }),
    internalRootPathCost: integer()({ about: 'Cost to the regional root.', readOnly: true, live: true }),
    lastTopologyChange: duration()({ about: 'Time since the tree changed.', readOnly: true, live: true }),
    learning: flag({ about: 'Addresses are learned.', readOnly: true, live: true }),
    managed: flag({ about: 'Kept by a controller.', readOnly: true, live: true }),
    parent: text({ about: 'Port it was made for.', readOnly: true, live: true }),
    pointToPointPort: flag({ about: 'Found to be point to point.', readOnly: true, live: true }),
    portId: text({ about: 'Number of the port in spanning tree.', readOnly: true, live: true }),
    registeredVlanIds: textSet({ about: 'VLANs registered by MVRP.', readOnly: true, live: true }),
    rootPathCost: integer()({ about: 'Cost to the root.', readOnly: true, live: true }),
    rxBpdu: counter({ about: 'STP messages received.', readOnly: true, live: true }),
    rxTc: counter({ about: 'Topology changes heard.', readOnly: true, live: true }),
    sendingRstp: flag({ about: 'Speaks RSTP.', readOnly: true, live: true }),
    topologyChanges: counter({ about: 'How often the tree changed here.', readOnly: true, live: true }),
    txBpdu: counter({ about: 'STP messages sent.', readOnly: true, live: true }),
    txTc: counter({ about: 'Topology changes sent.', readOnly: true, live: true }),
  },
  // The port may be the one we are connected through.
  risk: (change) => {
    if (change.verb === 'remove') return 'high';
    if (change.verb === 'add') return 'medium';
    const cuts =
      touches(change, 'interface', 'bridge', 'disabled', 'pvid', 'frameTypes', 'ingressFiltering', 'tagStacking', 'horizon') ||
      touches(change, 'edge', 'bpduGuard', 'restrictedRole', 'autoIsolate', 'learn', 'trusted');
    return cuts ? 'high' : isNote(change) ? 'low' : 'medium';
  },
  refuse: ({ verb, after }, { rows }) => {
    const there = verb === 'add' ? rows.find((row) => row.interface === after?.interface) : undefined;
    return there ? `${there.interface} is a port of ${there.bridge} already` : undefined;
  },
});
