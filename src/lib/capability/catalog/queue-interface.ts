import { defineCapability } from '../define.ts';
import { text } from '../kinds.ts';

export const queueInterface = defineCapability({
  id: 'queue-interface',
  title: 'Interface queues',
  about: 'Kind of queue that each interface sends by.',
  menu: '/queue/interface',
  shape: 'table',
  topic: 'queue',
  key: ['interface'],
  fields: {
    interface: text({ about: 'Interface that sends.', readOnly: true, column: 1 }),
    queue: text({ about: 'Kind of queue that is wanted.', readOnly: true, column: 2 }),
    activeQueue: text({ about: 'Kind of queue in force.', readOnly: true, live: true, column: 3 }),
    defaultQueue: text({ about: 'Kind of queue it came with.', readOnly: true, column: 4 }),
  },
});
