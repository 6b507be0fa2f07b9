import { defineCapability } from '../define.ts';
import { bgpCommon } from '../groups/routing.ts';
import { flag, text } from '../kinds.ts';
import { dormant } from '../touched.ts';

export const bgpTemplate = defineCapability({
  id: 'bgp-template',
  title: 'BGP templates',
  about: 'Settings that several BGP connections share.',
  menu: '/routing/bgp/template',
  shape: 'list',
  topic: 'routing',
  // RouterOS takes the same name twice.
  key: [],
  unset: 'command',
  fence: 'routing-writes',
  fields: {
    name: text({ about: 'Name that connections refer to.', required: true, column: 1 }),
    default: flag({ about: 'Came with the router.', readOnly: true, column: 2 }),
    ...bgpCommon,
    inactive: flag({ about: 'Cannot be used as it is.', readOnly: true, live: true }),
    disabled: flag({ about: 'Kept but not in force.', column: 9 }),
    comment: text({ about: 'Note kept on the router.', column: 10 }),
  },
  // A new one is used by nobody; a change of an old one restarts every session that is made from it.
  risk: ({ verb, before, after }) => (verb === 'add' || dormant(before, after) ? 'low' : 'high'),
  refuse: ({ verb, before }) =>
    verb === 'remove' && before?.default ? 'the template that came with the router cannot be removed' : undefined,
});
