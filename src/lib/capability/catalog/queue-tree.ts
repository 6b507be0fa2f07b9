import { defineCapability } from '../define.ts';
import { counter, duration, flag, integer, text, textSet, word } from '../kinds.ts';
import { rate } from '../kinds-c.ts';

export const queueTree = defineCapability({
  id: 'queue-tree',
  title: 'Queue tree',
  about: 'Rate limits for marked packets, one inside another.',
  menu: '/queue/tree',
  shape: 'list',
  topic: 'queue',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the queue.', required: true, column: 1 }),
    parent: text({ about: 'Queue or interface it belongs to, or global.', required: true, column: 2 }),
    packetMark: textSet({ about: 'Marks of the packets it is for.', column: 3 }),
    maxLimit: rate({ about: 'Rate it may reach.', column: 4 }),
    limitAt: rate({ about: 'Rate it is promised.', column: 5 }),
    priority: integer({ min: 1, max: 8 })({ about: 'Priority; 1 goes first.', column: 6 }),
    queue: word({ about: 'Kind of queue.' }),
    burstLimit: rate({ about: 'Rate of a burst.' }),
    burstThreshold: rate({ about: 'Average rate below which bursts are allowed.' }),
    burstTime: duration()({ about: 'Time over which that average is taken.' }),
    bucketSize: word({ about: 'Size of the bucket against the limit.' }),
    disabled: flag({ about: 'Kept but not in force.', column: 9 }),
    invalid: flag({ about: 'Refers to something that does not exist.', readOnly: true, live: true }),
    comment: text({ about: 'Note kept on the router.', column: 10 }),
    rate: rate({ about: 'Rate now.', readOnly: true, live: true, column: 7 }),
    bytes: counter({ about: 'Bytes that passed.', readOnly: true, live: true, column: 8 }),
    packets: counter({ about: 'Packets that passed.', readOnly: true, live: true }),
    dropped: counter({ about: 'Packets dropped.', readOnly: true, live: true }),
    packetRate: counter({ about: 'Packets a second.', readOnly: true, live: true }),
    queuedBytes: counter({ about: 'Bytes waiting.', readOnly: true, live: true }),
    queuedPackets: counter({ about: 'Packets waiting.', readOnly: true, live: true }),
    pcqQueues: counter({ about: 'Inner queues.', readOnly: true, live: true }),
  },
  risk: () => 'medium',
});
