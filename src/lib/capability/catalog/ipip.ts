import { defineCapability } from '../define.ts';
import { tunnelFields } from '../groups/interface.ts';
import { flag, text } from '../kinds.ts';

export const ipip = defineCapability({
  id: 'ipip',
  title: 'IPIP tunnels',
  about: 'Tunnels that carry IP packets inside IP packets.',
  menu: '/interface/ipip',
  shape: 'table',
  topic: 'interface',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the interface.', column: 1 }),
    running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 2 }),
    disabled: flag({ about: 'Kept but not in force.', column: 6 }),
    comment: text({ about: 'Note kept on the router.', column: 7 }),
    ...tunnelFields,
  },
});
