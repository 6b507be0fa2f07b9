import { defineCapability } from '../define.ts';
import { duration, flag, integer, text } from '../kinds.ts';

export const ospfStaticNeighbor = defineCapability({
  id: 'ospf-static-neighbor',
  title: 'OSPF static neighbours',
  about: 'Neighbours OSPF is told about because it cannot find them itself.',
  menu: '/routing/ospf/static-neighbor',
  shape: 'table',
  topic: 'routing',
  key: [],
  fields: {
    address: text({ about: 'Address of the neighbour, with its interface.', column: 1 }),
    area: text({ about: 'Area they meet in.', column: 2 }),
    pollInterval: duration()({ about: 'Time between attempts while it is silent.', column: 3 }),
    instanceId: integer({ max: 255 })({ about: 'Number that keeps several OSPF on one link apart.' }),
    inactive: flag({ about: 'Cannot work as it is.', readOnly: true, live: true, column: 4 }),
    disabled: flag({ about: 'Kept but not in force.', column: 5 }),
    comment: text({ about: 'Note kept on the router.', column: 6 }),
  },
});
