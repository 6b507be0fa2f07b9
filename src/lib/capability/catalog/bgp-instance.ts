import { defineCapability } from '../define.ts';
import { flag, integer, text } from '../kinds.ts';

export const bgpInstance = defineCapability({
  id: 'bgp-instance',
  title: 'BGP instances',
  about: 'BGP speakers on a router, each with its AS number and identifier.',
  menu: '/routing/bgp/instance',
  shape: 'table',
  topic: 'routing',
  key: [],
  when: { from: '7.20' },
  fields: {
    name: text({ about: 'Name that connections refer to.', column: 1 }),
    as: text({ about: 'Own AS number.', column: 2 }),
    routerId: text({ about: 'Identifier, or the name of one.', column: 3 }),
    vrf: text({ about: 'VRF it runs in.', fallback: 'main', column: 4 }),
    routingTable: text({ about: 'Table that received routes go to.', fallback: 'main', column: 5 }),
    clusterId: text({ about: 'Cluster of a route reflector.' }),
    ignoreAsPathLen: flag({ about: 'Path length does not count.' }),
    multipath: integer()({ about: 'Equal ways used at once.', from: '7.22' }),
    inactive: flag({ about: 'Cannot work as it is.', readOnly: true, live: true, column: 6 }),
    disabled: flag({ about: 'Kept but not in force.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
  },
});
