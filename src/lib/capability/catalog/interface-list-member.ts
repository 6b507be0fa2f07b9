import { defineCapability } from '../define.ts';
import { BUILTIN_LISTS } from '../groups/interface.ts';
import { flag, text } from '../kinds.ts';
import { isNote } from '../touched.ts';

export const interfaceListMember = defineCapability({
  id: 'interface-list-member',
  title: 'Members of interface lists',
  about: 'Which interface is on which list.',
  menu: '/interface/list/member',
  shape: 'list',
  topic: 'interface',
  key: ['list', 'interface'],
  fields: {
    list: text({ about: 'Name of the list.', required: true, column: 1 }),
    interface: text({ about: 'Interface that is on the list.', required: true, column: 2 }),
    disabled: flag({ about: 'Kept but not in force.', column: 3 }),
    comment: text({ about: 'Note kept on the router.', column: 4 }),
  },
  // A list may open or close the way in: an input rule that drops what is not on LAN cuts off who leaves LAN.
  risk: (change) => (isNote(change) ? 'low' : 'high'),
  refuse: ({ after }) =>
    after && BUILTIN_LISTS.includes(after.list ?? '') ? `RouterOS keeps the members of ${after.list} itself` : undefined,
});
