import { defineCapability } from '../define.ts';
import { kebab } from '../field.ts';
import { counter, duration, flag, integer, text, textSet, word } from '../kinds.ts';
import { isPair, queueEnd, queueEnds, rate, rates, times, words } from '../kinds-c.ts';

const PAIRS = {
  limitAt: 'rate',
  maxLimit: 'rate',
  burstLimit: 'rate',
  burstThreshold: 'rate',
  burstTime: 'time',
  priority: 'word',
  queue: 'word',
  bucketSize: 'word',
} as const;

export const queueSimple = defineCapability({
  id: 'queue-simple',
  title: 'Simple queues',
  about: 'Rate limits for addresses and interfaces, asked from the top.',
  menu: '/queue/simple',
  shape: 'ordered',
  topic: 'queue',
  key: ['name'],
  unset: 'command',
  fields: {
    name: text({ about: 'Name of the queue.', required: true, column: 1 }),
    target: queueEnds({ about: 'Addresses, networks or interfaces it slows down.', required: true, column: 2 }),
    maxLimit: rates({ about: 'Rate it may reach, upload/download.', column: 3 }),
    limitAt: rates({ about: 'Rate it is promised, upload/download.', column: 4 }),
    dst: queueEnd({ about: 'Count only traffic with this address, network or interface.' }),
    parent: word({ about: 'Queue it belongs to.', column: 5 }),
    packetMarks: textSet({ about: 'Count only packets with one of these marks.' }),
    priority: words('8/8')({ about: 'Priority 1 to 8, upload/download; 1 goes first.' }),
    queue: words('default-small/default-small')({ about: 'Kind of queue, upload/download.' }),
    burstLimit: rates({ about: 'Rate of a burst, upload/download.' }),
    burstThreshold: rates({ about: 'Average rate below which bursts are allowed, upload/download.' }),
    burstTime: times({ about: 'Time over which that average is taken, upload/download.' }),
    bucketSize: words('0.1/0.1')({ about: 'Size of the bucket against the limit, upload/download.' }),
    totalMaxLimit: rate({ about: 'Rate that both ways together may reach.' }),
    totalLimitAt: rate({ about: 'Rate that both ways together are promised.' }),
    totalBurstLimit: rate({ about: 'Rate of a burst, both ways together.' }),
    totalBurstThreshold: rate({ about: 'Average rate below which such bursts are allowed.' }),
    totalBurstTime: duration()({ about: 'Time over which that average is taken.' }),
    totalPriority: integer({ min: 1, max: 8 })({ about: 'Priority of both ways together.' }),
    totalQueue: word({ about: 'Kind of queue for both ways together.' }),
    totalBucketSize: word({ about: 'Size of the bucket for both ways together.' }),
    time: text({ about: 'Time of day and week, as 8h-17h,mon,tue.' }),
    disabled: flag({ about: 'Kept but not in force.', column: 8 }),
    invalid: flag({ about: 'Refers to something that does not exist.', readOnly: true, live: true }),
    comment: text({ about: 'Note kept on the router.', column: 9 }),
    rate: text({ about: 'Rate now, upload/download.', readOnly: true, live: true, column: 6 }),
    bytes: text({ about: 'Bytes that passed, upload/download.', readOnly: true, live: true, column: 7 }),
    packets: text({ about: 'Packets that passed, upload/download.', readOnly: true, live: true }),
    dropped: text({ about: 'Packets dropped, upload/download.', readOnly: true, live: true }),
    packetRate: text({ about: 'Packets a second, upload/download.', readOnly: true, live: true }),
    queuedBytes: text({ about: 'Bytes waiting, upload/download.', readOnly: true, live: true }),
    queuedPackets: text({ about: 'Packets waiting, upload/download.', readOnly: true, live: true }),
    pcqQueues: text({ about: 'Inner queues, upload/download.', readOnly: true, live: true }),
    totalRate: rate({ about: 'Rate now, both ways together.', readOnly: true, live: true }),
    totalBytes: counter({ about: 'Bytes that passed, both ways together.', readOnly: true, live: true }),
    totalPackets: counter({ about: 'Packets that passed, both ways together.', readOnly: true, live: true }),
    totalDropped: counter({ about: 'Packets dropped, both ways together.', readOnly: true, live: true }),
    totalPacketRate: counter({ about: 'Packets a second, both ways together.', readOnly: true, live: true }),
    totalQueuedBytes: counter({ about: 'Bytes waiting, both ways together.', readOnly: true, live: true }),
    totalQueuedPackets: counter({ about: 'Packets waiting, both ways together.', readOnly: true, live: true }),
    totalPcqQueues: counter({ about: 'Inner queues, both ways together.', readOnly: true, live: true }),
  },
  // A queue slows down, it does not cut off; how slow is too slow for our own session nobody can say.
  risk: () => 'medium',
  refuse: ({ after }) => {
    const given = new Map(Object.entries(after ?? {}));
    const bad = Object.entries(PAIRS).find(([name, of]) => given.has(name) && !isPair(of, String(given.get(name))));
    return bad && `${kebab(bad[0])} takes two values, upload/download`;
  },
});
