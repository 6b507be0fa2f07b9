import { defineCapability } from '../define.ts';
import { flag, text } from '../kinds.ts';
import { differs, dormant } from '../touched.ts';

export const routingFilterRule = defineCapability({
  id: 'routing-filter-rule',
  title: 'Routing filter rules',
  about: 'Rules that take, refuse and change routes on their way in and out, asked from the top.',
  menu: '/routing/filter/rule',
  shape: 'ordered',
  topic: 'routing',
  key: [],
  fence: 'routing-writes',
  fields: {
    chain: text({ about: 'Chain that protocols refer to.', required: true, column: 1 }),
    rule: text({ about: 'The rule as text, such as if (dst-len > 24) { reject }.', required: true, column: 2 }),
    inactive: flag({ about: 'Cannot be carried out as it is.', readOnly: true, live: true, column: 3 }),
    disabled: flag({ about: 'Kept but not asked.', column: 4 }),
    comment: text({ about: 'Note kept on the router.', column: 5 }),
  },
  risk: ({ verb, before, after }) => {
    if (dormant(before, after)) return 'low';
    return verb === 'set' && !differs(before, after, 'chain', 'rule', 'disabled') ? 'low' : 'medium';
  },
});
