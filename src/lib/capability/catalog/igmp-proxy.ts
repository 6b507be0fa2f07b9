import { defineCapability } from '../define.ts';
import { duration, flag } from '../kinds.ts';

export const igmpProxy = defineCapability({
  id: 'igmp-proxy',
  title: 'IGMP proxy',
  about: 'How a router asks who wants multicast on behalf of others.',
  menu: '/routing/igmp-proxy',
  shape: 'table',
  topic: 'routing',
  key: [],
  fields: {
    queryInterval: duration()({ about: 'Time between questions.', column: 1 }),
    queryResponseInterval: duration()({ about: 'Wait for an answer.', column: 2 }),
    quickLeave: flag({ about: 'Stops at once when one listener leaves.', column: 3 }),
  },
});
