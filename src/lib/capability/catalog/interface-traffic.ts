import { defineAction } from '../define.ts';
import { counter, longText, text } from '../kinds.ts';

export const interfaceTraffic = defineAction({
  id: 'interface-traffic',
  title: 'Interface traffic',
  about: 'Measures what goes over an interface right now.',
  menu: '/interface',
  command: 'monitor-traffic',
  topic: 'interface',
  effect: 'none',
  perMinute: 60,
  args: {
    // Long names of many interfaces: one question for all of them.
    interface: longText({ about: 'Interface by name; several joined by commas.', required: true, example: 'ether1,ether2' }),
  },
  answer: {
    name: text({ about: 'Interface.', readOnly: true, column: 1 }),
    rxBitsPerSecond: counter({ about: 'Bits received a second.', readOnly: true, column: 2 }),
    txBitsPerSecond: counter({ about: 'Bits sent a second.', readOnly: true, column: 3 }),
    rxPacketsPerSecond: counter({ about: 'Packets received a second.', readOnly: true, column: 4 }),
    txPacketsPerSecond: counter({ about: 'Packets sent a second.', readOnly: true, column: 5 }),
    rxDropsPerSecond: counter({ about: 'Received packets dropped a second.', readOnly: true }),
    txDropsPerSecond: counter({ about: 'Packets dropped before sending a second.', readOnly: true }),
    txQueueDropsPerSecond: counter({ about: 'Packets dropped by queues a second.', readOnly: true }),
    rxErrorsPerSecond: counter({ about: 'Receive errors a second.', readOnly: true }),
    txErrorsPerSecond: counter({ about: 'Send errors a second.', readOnly: true }),
    fpRxBitsPerSecond: counter({ about: 'Bits received on the fast path a second.', readOnly: true }),
    fpTxBitsPerSecond: counter({ about: 'Bits sent on the fast path a second.', readOnly: true }),
    fpRxPacketsPerSecond: counter({ about: 'Packets received on the fast path a second.', readOnly: true }),
    fpTxPacketsPerSecond: counter({ about: 'Packets sent on the fast path a second.', readOnly: true }),
  },
  // A command, and so a POST: as a GET it is no menu.
  calls: (args) => [{ ...args, once: '' }],
});
