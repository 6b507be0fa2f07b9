import { defineCapability } from '../define.ts';
import { flag, text, textSet } from '../kinds.ts';

export const ipVrf = defineCapability({
  id: 'ip-vrf',
  title: 'VRFs',
  about: 'Interfaces that have a routing table of their own.',
  menu: '/ip/vrf',
  shape: 'ordered',
  topic: 'routing',
  key: ['name'],
  fence: 'routing-writes',
  fields: {
    name: text({ about: 'Name, which is also that of its routing table.', required: true, column: 1 }),
    interfaces: textSet({ about: 'Interfaces or interface lists that belong to it.', required: true, column: 2 }),
    disabled: flag({ about: 'Kept but not in force.', column: 3 }),
    builtin: flag({ about: 'Every router has it.', readOnly: true, column: 4 }),
    comment: text({ about: 'Note kept on the router.', column: 5 }),
  },
  // An interface that changes its table leaves the one we are connected through.
  risk: () => 'high',
  refuse: ({ verb, before }) => (verb === 'remove' && before?.builtin ? 'RouterOS keeps its built-in VRF' : undefined),
});
