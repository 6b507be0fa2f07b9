import { defineAction } from '../define.ts';
import { decimal, host, integer, text } from '../kinds.ts';

export const traceroute = defineAction({
  id: 'traceroute',
  title: 'Traceroute',
  about: 'Finds the routers on the way from this router to an address.',
  menu: '/tool',
  command: 'traceroute',
  topic: 'diagnostics',
  effect: 'none',
  tool: 'traceroute',
  perMinute: 10,
  args: {
    target: host({ about: 'Address or name at the end of the way.', required: true, wire: 'address' }),
    maxHops: integer({ min: 1, max: 64 })({ about: 'Farthest hop to look for; 30 by default.' }),
    interface: text({ about: 'Interface to send it by.' }),
    vrf: text({ about: 'Routing table to look in.' }),
  },
  answer: {
    hop: integer()({ about: 'Number of the hop, from 1.', readOnly: true, column: 1 }),
    address: text({ about: 'Who answered there; empty where nobody did.', readOnly: true, column: 2 }),
    // A word (`timeout`) where there was no answer.
    last: decimal({ words: ['timeout'] })({
      about: 'Last time there and back in milliseconds, or why there is none.',
      readOnly: true,
      column: 3,
    }),
    loss: decimal({ max: 100, unit: '%' })({ about: 'Share of probes lost, in percent.', readOnly: true, column: 4 }),
    sent: integer()({ about: 'Probes sent.', readOnly: true }),
    avg: decimal()({ about: 'Mean time in milliseconds.', readOnly: true }),
    best: decimal()({ about: 'Shortest time in milliseconds.', readOnly: true }),
    worst: decimal()({ about: 'Longest time in milliseconds.', readOnly: true }),
    stdDev: decimal()({ about: 'Spread of the times in milliseconds.', readOnly: true }),
    status: text({ about: 'What the hop said besides.', readOnly: true }),
    section: integer()({ about: 'Number of the round.', readOnly: true }),
  },
  // One round, or it would go on until RouterOS breaks it off; the time-out of a probe keeps 64 silent hops within the minute.
  calls: ({ 'max-hops': hops = '30', ...args }) => [{ ...args, 'max-hops': hops, count: '1', timeout: '800ms' }],
  // The router repeats the hops it knew with every one it finds: the last round is the whole way.
  rows: (items) =>
    lastRound(items).map(({ section: _section, hop: _hop, address, status, ...item }, nth) => ({
      hop: nth + 1,
      address: address === '' ? null : (address ?? null),
      rttMs: typeof item['last'] === 'number' ? item['last'] : null,
      ...item,
      status: status === '' ? null : (status ?? null),
    })),
  summary: (items, { target }) => ({
    target,
    hops: items.length,
    // A name is looked up by the router, and which address it found is not said.
    reachedTarget: /^[\d.]+$|:/.test(String(target)) ? items.at(-1)?.['address'] === target : null,
  }),
});

function lastRound<Item extends Readonly<Record<string, unknown>>>(items: readonly Item[]): readonly Item[] {
  const sections = items.map(({ section }) => section).filter((section) => typeof section === 'number');
  if (sections.length === items.length && items.length > 0) return items.filter(({ section }) => section === Math.max(...sections));
  const first = items[0]?.['address'];
  const again = items.findLastIndex((item, nth) => nth > 0 && item['address'] === first && first !== '');
  return again > 0 ? items.slice(again) : items;
}
