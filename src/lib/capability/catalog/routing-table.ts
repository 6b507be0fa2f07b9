import { defineCapability } from '../define.ts';
import { flag, text } from '../kinds.ts';
import { differs, dormant } from '../touched.ts';

export const routingTable = defineCapability({
  id: 'routing-table',
  title: 'Routing tables',
  about: 'Tables besides main that routes can be put in.',
  menu: '/routing/table',
  shape: 'list',
  topic: 'routing',
  // One name may stand twice: once for a table that forwards, once for one that only collects.
  key: ['name', 'fib'],
  unset: 'command',
  fence: 'routing-writes',
  fields: {
    name: text({ about: 'Name of the table.', required: true, column: 1 }),
    fib: flag({ about: 'Packets are forwarded by it, not only routes collected.', column: 2 }),
    used: flag({ about: 'Something refers to it.', readOnly: true, live: true, column: 3 }),
    invalid: flag({ about: 'Cannot be used as it is.', readOnly: true, live: true, column: 4 }),
    disabled: flag({ about: 'Kept but not in force.', column: 5 }),
    comment: text({ about: 'Note kept on the router.', column: 6 }),
  },
  // A new table has no routes and no rule leads to it; an existing one may carry traffic.
  risk: ({ verb, before, after }) => {
    if (verb === 'add' || dormant(before, after)) return 'low';
    return verb === 'set' && !differs(before, after, 'name', 'fib', 'disabled') ? 'low' : 'medium';
  },
});
