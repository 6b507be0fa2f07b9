import { defineCapability } from '../define.ts';
import { text } from '../kinds.ts';

export const graphing = defineCapability({
  id: 'graphing',
  title: 'Graphing',
  about: 'How a router draws its own traffic and load for the web.',
  menu: '/tool/graphing',
  shape: 'table',
  topic: 'diagnostics',
  key: [],
  fields: {
    storeEvery: text({ about: 'How often values are saved: 5min, hour or 24hours.', readOnly: true, column: 1 }),
    pageRefresh: text({ about: 'Seconds after which a page is loaded again, or never.', readOnly: true, column: 2 }),
  },
});
