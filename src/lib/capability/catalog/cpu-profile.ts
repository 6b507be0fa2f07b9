import { defineAction } from '../define.ts';
import { decimal, integer, text } from '../kinds.ts';

export const cpuProfile = defineAction({
  id: 'cpu-profile',
  title: 'CPU profile',
  about: 'Shows what keeps the processor busy, over some seconds.',
  menu: '/tool',
  command: 'profile',
  topic: 'diagnostics',
  effect: 'none',
  perMinute: 6,
  args: {
    duration: integer({ min: 1, max: 30 })({ about: 'Seconds; 3 by default.' }),
  },
  answer: {
    name: text({ about: 'Kind of work.', readOnly: true, column: 1 }),
    usage: decimal({ unit: '%' })({ about: 'Share of the processor in percent.', readOnly: true, column: 2 }),
    cpu: text({ about: 'Which processor.', readOnly: true }),
    section: integer()({ about: 'Number of the sample.', readOnly: true }),
  },
  calls: ({ duration = '3' }) => [{ duration: `${duration}s` }],
  // Every sample is told anew: the last one stands for now.
  rows: (items) => {
    const last = Math.max(...items.map(({ section }) => (typeof section === 'number' ? section : 0)));
    return items.filter(({ section }) => (section ?? 0) === last).map(({ section: _section, ...item }) => item);
  },
  summary: (items) => ({ totalPercent: items.find(({ name }) => name === 'total')?.['usage'] ?? null }),
});
