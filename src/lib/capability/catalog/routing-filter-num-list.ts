import { defineCapability } from '../define.ts';
import { flag, text } from '../kinds.ts';

export const routingFilterNumList = defineCapability({
  id: 'routing-filter-num-list',
  title: 'Routing filter number lists',
  about: 'Lists of numbers, such as AS numbers, that filter rules refer to.',
  menu: '/routing/filter/num-list',
  shape: 'table',
  topic: 'routing',
  key: [],
  fields: {
    list: text({ about: 'List the numbers belong to.', column: 1 }),
    range: text({ about: 'A number, or from-to.', column: 2 }),
    disabled: flag({ about: 'Kept but not in force.', column: 3 }),
    comment: text({ about: 'Note kept on the router.', column: 4 }),
  },
});
