import { defineAction } from '../define.ts';
import { counter, integer, network, text } from '../kinds.ts';

export const torch = defineAction({
  id: 'torch',
  title: 'Torch',
  about: 'Watches who talks with whom over an interface, for some seconds.',
  menu: '/tool',
  command: 'torch',
  topic: 'diagnostics',
  effect: 'none',
  perMinute: 6,
  args: {
    interface: text({ about: 'Interface to watch.', required: true }),
    duration: integer({ min: 2, max: 30 })({ about: 'Seconds; 5 by default.' }),
    srcAddress: network({ about: 'Only what comes from here.' }),
    dstAddress: network({ about: 'Only what goes there.' }),
    port: text({ about: 'Only this port, by number or name, or any.' }),
  },
  answer: {
    ipProtocol: text({ about: 'Protocol.', readOnly: true, column: 1 }),
    srcAddress: text({ about: 'From where.', readOnly: true, column: 2 }),
    srcPort: text({ about: 'From which port.', readOnly: true, column: 3 }),
    dstAddress: text({ about: 'To where.', readOnly: true, column: 4 }),
    dstPort: text({ about: 'To which port.', readOnly: true, column: 5 }),
    tx: counter({ about: 'Sent, in bits a second.', readOnly: true, column: 6 }),
    rx: counter({ about: 'Received, in bits a second.', readOnly: true, column: 7 }),
    txPackets: counter({ about: 'Packets sent a second.', readOnly: true }),
    rxPackets: counter({ about: 'Packets received a second.', readOnly: true }),
    macProtocol: text({ about: 'Protocol of the frame.', readOnly: true }),
    vlanId: text({ about: 'VLAN.', readOnly: true }),
    dscp: text({ about: 'DSCP value.', readOnly: true }),
    srcMac: text({ about: 'Hardware address it comes from.', readOnly: true }),
    dstMac: text({ about: 'Hardware address it goes to.', readOnly: true }),
    section: integer()({ about: 'Number of the second.', readOnly: true }),
  },
  calls: ({ duration = '5', ...args }) => [
    { 'src-address': '0.0.0.0/0', 'dst-address': '0.0.0.0/0', port: 'any', ...args, duration: `${duration}s` },
  ],
  // Every second is told anew: the last one stands for now. What has neither end is the sum of all.
  rows: (items) => {
    const last = Math.max(...items.map(({ section }) => (typeof section === 'number' ? section : 0)));
    return items.filter(({ section }) => (section ?? 0) === last).map(({ section: _section, ...item }) => item);
  },
  summary: (items) => {
    const all = items.find(({ srcAddress, dstAddress }) => !srcAddress && !dstAddress);
    return { flows: items.filter((item) => item !== all).length, txBps: all?.['tx'] ?? null, rxBps: all?.['rx'] ?? null };
  },
});
