import { defineCapability } from '../define.ts';
import { flag, integer, text } from '../kinds.ts';

export const mplsInterface = defineCapability({
  id: 'mpls-interface',
  title: 'MPLS interfaces',
  about: 'Which interfaces take labelled packets, and how large those may be.',
  menu: '/mpls/interface',
  shape: 'table',
  topic: 'routing',
  key: ['interface'],
  fields: {
    interface: text({ about: 'Interface or interface list it applies to.', readOnly: true, column: 1 }),
    mplsMtu: integer({ min: 512, max: 65_535 })({ about: 'Largest packet with its labels, in bytes.', readOnly: true, column: 2 }),
    input: flag({ about: 'Labelled packets are let in.', readOnly: true, column: 3 }),
    builtin: flag({ about: 'Came with the router.', readOnly: true }),
    disabled: flag({ about: 'Kept but not in force.', readOnly: true, column: 4 }),
    comment: text({ about: 'Note kept on the router.', readOnly: true, column: 5 }),
  },
});
