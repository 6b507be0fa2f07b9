import { defineCapability } from '../define.ts';
import { BUILTIN_LISTS } from '../groups/interface.ts';
import { flag, text, textSet } from '../kinds.ts';
import { isNote } from '../touched.ts';

export const interfaceList = defineCapability({
  id: 'interface-list',
  title: 'Interface lists',
  about: 'Named lists of interfaces that firewall and services refer to.',
  menu: '/interface/list',
  shape: 'list',
  topic: 'interface',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the list.', required: true, column: 1 }),
    include: textSet({ about: 'Lists whose interfaces belong to it too.', column: 2 }),
    exclude: textSet({ about: 'Lists whose interfaces are left out.', column: 3 }),
    builtin: flag({ about: 'Kept by RouterOS itself.', readOnly: true, column: 4 }),
    comment: text({ about: 'Note kept on the router.', column: 5 }),
  },
  // Firewall rules and management services go by these lists.
  risk: (change) => (change.verb === 'add' || isNote(change) ? 'low' : 'high'),
  refuse: ({ before }) =>
    before && (before.builtin || BUILTIN_LISTS.includes(before.name ?? '')) ? `RouterOS keeps the list ${before.name} itself` : undefined,
});
