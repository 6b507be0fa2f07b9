import { defineCapability } from '../define.ts';
import { counter, flag, integer, mac, text, time } from '../kinds.ts';

export const interfaces = defineCapability({
  id: 'interface',
  title: 'Interfaces',
  about: 'All interfaces of a router with their state and traffic.',
  menu: '/interface',
  shape: 'fixed',
  topic: 'interface',
  key: ['name'],
  tool: { read: 'list_interfaces', one: 'get_interface' },
  fields: {
    name: text({ about: 'Name of the interface.', required: true, column: 1 }),
    type: text({ about: 'Kind of interface, such as ether, bridge or vlan.', readOnly: true, column: 2 }),
    running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 3 }),
    disabled: flag({ about: 'Switched off by configuration.', column: 4 }),
    mtu: integer({ max: 65_535, words: ['auto'] })({ about: 'Largest packet in bytes.', column: 5 }),
    actualMtu: integer()({ about: 'Largest packet in force, in bytes.', readOnly: true, live: true }),
    l2mtu: integer({ max: 65_536 })({ about: 'Largest frame in bytes.', wire: 'l2mtu' }),
    maxL2mtu: integer()({ about: 'Largest frame the hardware takes, in bytes.', readOnly: true, wire: 'max-l2mtu' }),
    macAddress: mac({ about: 'Hardware address.', readOnly: true, column: 6 }),
    comment: text({ about: 'Note kept on the router.', column: 9 }),
    defaultName: text({ about: 'Name the interface was born with.', readOnly: true }),
    inactive: flag({ about: 'Its driver or package is not active.', readOnly: true, live: true }),
    slave: flag({ about: 'Part of a bridge or bond.', readOnly: true, live: true }),
    passthrough: flag({ about: 'Belongs to a passthrough.', readOnly: true, live: true }),
    vrf: text({ about: 'Routing table it belongs to.', readOnly: true, live: true }),
    linkDowns: counter({ about: 'How often the link went down.', readOnly: true, live: true }),
    lastLinkUpTime: time({ about: 'When the link last came up.', readOnly: true, live: true }),
    lastLinkDownTime: time({ about: 'When the link last went down.', readOnly: true, live: true }),
    rxByte: counter({ about: 'Bytes received.', readOnly: true, live: true, column: 7 }),
    txByte: counter({ about: 'Bytes sent.', readOnly: true, live: true, column: 8 }),
    rxPacket: counter({ about: 'Packets received.', readOnly: true, live: true }),
    txPacket: counter({ about: 'Packets sent.', readOnly: true, live: true }),
    rxDrop: counter({ about: 'Received packets dropped.', readOnly: true, live: true }),
    txDrop: counter({ about: 'Packets dropped before sending.', readOnly: true, live: true }),
    rxError: counter({ about: 'Receive errors.', readOnly: true, live: true }),
    txError: counter({ about: 'Send errors.', readOnly: true, live: true }),
    txQueueDrop: counter({ about: 'Packets dropped by queues.', readOnly: true, live: true }),
    fpRpsDrop: counter({ about: 'Fast-path packets dropped by packet steering.', readOnly: true, live: true }),
    fpRxByte: counter({ about: 'Bytes received on the fast path.', readOnly: true, live: true }),
    fpRxPacket: counter({ about: 'Packets received on the fast path.', readOnly: true, live: true }),
    fpTxByte: counter({ about: 'Bytes sent on the fast path.', readOnly: true, live: true }),
    fpTxPacket: counter({ about: 'Packets sent on the fast path.', readOnly: true, live: true }),
  },
  // Any interface may be the one we are connected through, until the path is known.
  risk: ({ before, after }) => {
    if (before?.disabled !== after?.disabled) return 'high';
    return before?.mtu !== after?.mtu || before?.l2mtu !== after?.l2mtu || before?.name !== after?.name ? 'medium' : 'low';
  },
});
