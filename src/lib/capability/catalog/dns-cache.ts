import { defineCapability } from '../define.ts';
import { duration, flag, text } from '../kinds.ts';

export const dnsCache = defineCapability({
  id: 'dns-cache',
  title: 'DNS cache',
  about: 'Answers a router keeps for the next who asks.',
  menu: '/ip/dns/cache',
  shape: 'table',
  topic: 'dns-ntp',
  key: [],
  large: true,
  tool: { read: 'get_dns_cache' },
  fields: {
    name: text({ about: 'Name that was asked for.', readOnly: true, column: 1 }),
    type: text({ about: 'Kind of record.', readOnly: true, column: 2 }),
    data: text({ about: 'The answer.', readOnly: true, column: 3 }),
    ttl: duration()({ about: 'Time it is still kept.', readOnly: true, live: true, column: 4 }),
    static: flag({ about: 'From a static name of this router.', readOnly: true, column: 5 }),
  },
});
