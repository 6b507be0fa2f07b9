import { defineAction, type Measured } from '../define.ts';
import { duration, host, integer, text } from '../kinds.ts';

/** No more calls than this: each answers when its probes are back, and is one step of progress. */
const STEPS = 10;

export const ping = defineAction({
  id: 'ping',
  title: 'Ping',
  about: 'Sends echo requests from the router and times the answers.',
  menu: '/tool',
  command: 'ping',
  topic: 'diagnostics',
  effect: 'none',
  tool: 'ping',
  perMinute: 10,
  args: {
    target: host({ about: 'Address or name to ping.', required: true, wire: 'address' }),
    count: integer({ min: 1, max: 100 })({ about: 'How many requests; 4 by default.' }),
    packetSize: integer({ min: 28, max: 65_500 })({ about: 'Size of a request in bytes.', wire: 'size' }),
    interface: text({ about: 'Interface to send it by.' }),
    vrf: text({ about: 'Routing table to look in.' }),
  },
  answer: {
    seq: integer()({ about: 'Number of the request, from 0.', readOnly: true, column: 1 }),
    host: text({ about: 'Who answered.', readOnly: true, column: 2 }),
    status: text({ about: 'Why there was no answer.', readOnly: true, column: 3 }),
    time: duration()({ about: 'Time there and back.', readOnly: true, column: 4 }),
    ttl: integer()({ about: 'Hops the answer had left.', readOnly: true, column: 5 }),
    size: integer()({ about: 'Bytes.', readOnly: true }),
    sent: integer()({ about: 'Requests so far.', readOnly: true }),
    received: integer()({ about: 'Answers so far.', readOnly: true }),
    packetLoss: integer()({ about: 'Share lost so far, in percent.', readOnly: true }),
    minRtt: duration()({ about: 'Shortest time so far.', readOnly: true }),
    avgRtt: duration()({ about: 'Mean time so far.', readOnly: true }),
    maxRtt: duration()({ about: 'Longest time so far.', readOnly: true }),
  },
  calls: ({ count = '4', ...args }) => {
    const all = Number(count);
    const each = Math.ceil(all / STEPS);
    return Array.from({ length: Math.ceil(all / each) }, (_, nth) => ({ ...args, count: String(Math.min(each, all - nth * each)) }));
  },
  // Each call counts from 0 again.
  rows: (items) => items.map(({ host, status, time, ttl, size }, seq) => ({ seq, host, status, time, ttl, size })),
  summary: (items, { target }) => {
    const times = items.map(({ time }) => time).filter((time) => typeof time === 'number');
    return {
      host: target,
      packetsSent: items.length,
      packetsReceived: times.length,
      packetLossPercent: items.length === 0 ? null : Math.round((1 - times.length / items.length) * 1_000) / 10,
      ...roundTrips(times),
    };
  },
});

/** Milliseconds; null where nothing was measured. */
function roundTrips(times: readonly number[]): Measured {
  const ms = (seconds: number): number => Math.round(seconds * 1_000_000) / 1_000;
  if (times.length === 0) return { minRttMs: null, avgRttMs: null, maxRttMs: null };
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return { minRttMs: ms(Math.min(...times)), avgRttMs: ms(mean), maxRttMs: ms(Math.max(...times)) };
}
