import { defineAction, type Measured } from '../define.ts';
import { counter, duration, flag, integer, oneOf, text } from '../kinds.ts';

/** In the words of the router. */
const WAYS: Readonly<Record<string, string>> = { rx: 'receive', tx: 'transmit' };

export const bandwidthTest = defineAction({
  id: 'bandwidth-test',
  title: 'Bandwidth test',
  about: 'Fills the line between two routers of the fleet and measures what goes through; both must allow it.',
  menu: '/tool',
  command: 'bandwidth-test',
  topic: 'diagnostics',
  effect: 'load',
  tool: 'bandwidth_test',
  perMinute: 2,
  peer: { arg: 'targetDeviceId', allowance: 'bandwidth-test' },
  args: {
    targetDeviceId: text({ about: 'The other router, by id or name.', required: true, wire: 'address' }),
    duration: integer({ min: 5, max: 50 })({ about: 'Seconds; 10 by default.' }),
    direction: oneOf('both', 'rx', 'tx')({ about: 'Seen from this router; both by default.' }),
    protocol: oneOf('tcp', 'udp')({ about: 'What is sent; udp by default.' }),
  },
  answer: {
    status: text({ about: 'What it is doing.', readOnly: true, column: 1 }),
    direction: text({ about: 'Which way.', readOnly: true, column: 2 }),
    duration: duration()({ about: 'For how long.', readOnly: true, column: 3 }),
    rxCurrent: counter({ about: 'Received now, in bits a second.', readOnly: true, column: 4 }),
    txCurrent: counter({ about: 'Sent now, in bits a second.', readOnly: true, column: 5 }),
    rx10SecondAverage: counter({
      about: 'Received in the last ten seconds, in bits a second.',
      readOnly: true,
      wire: 'rx-10-second-average',
    }),
    tx10SecondAverage: counter({ about: 'Sent in the last ten seconds, in bits a second.', readOnly: true, wire: 'tx-10-second-average' }),
    rxTotalAverage: counter({ about: 'Received over all, in bits a second.', readOnly: true, column: 6 }),
    txTotalAverage: counter({ about: 'Sent over all, in bits a second.', readOnly: true, column: 7 }),
    lostPackets: counter({ about: 'Packets that did not arrive.', readOnly: true, column: 8 }),
    connectionCount: integer()({ about: 'Connections used.', readOnly: true }),
    randomData: flag({ about: 'What was sent could not be compressed.', readOnly: true }),
    rxSize: integer()({ about: 'Size of received packets in bytes.', readOnly: true }),
    txSize: integer()({ about: 'Size of sent packets in bytes.', readOnly: true }),
    localCpuLoad: integer()({ about: 'Load of this router in percent.', readOnly: true }),
    remoteCpuLoad: integer()({ about: 'Load of the other router in percent.', readOnly: true }),
  },
  // RouterOS gives up after 60 s, its own start included.
  calls: ({ duration: seconds = '10', direction = 'both', protocol = 'udp', ...args }) => [
    { ...args, direction: WAYS[direction] ?? direction, protocol, duration: `${seconds}s` },
  ],
  summary: (items, { targetDeviceId }) => ({ target: targetDeviceId, ...measured(items.at(-1)) }),
});

/** The last row has the averages; what it lacks was not measured. */
function measured(last: Measured | undefined): Measured {
  const mbps = (value: unknown): number | null => (typeof value === 'number' ? Math.round(value / 10_000) / 100 : null);
  return {
    status: last?.['status'] ?? null,
    avgTxMbps: mbps(last?.['txTotalAverage']),
    avgRxMbps: mbps(last?.['rxTotalAverage']),
    lostPackets: last?.['lostPackets'] ?? null,
  };
}
