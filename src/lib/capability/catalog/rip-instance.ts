import { defineCapability } from '../define.ts';
import { flag, text, textSet } from '../kinds.ts';

export const ripInstance = defineCapability({
  id: 'rip-instance',
  title: 'RIP instances',
  about: 'RIP speakers on a router, and what each tells its neighbours.',
  menu: '/routing/rip/instance',
  shape: 'table',
  topic: 'routing',
  key: [],
  fields: {
    name: text({ about: 'Name that interface templates refer to.', column: 1 }),
    afi: text({ about: 'Address family.', column: 2 }),
    vrf: text({ about: 'VRF it runs in.', fallback: 'main', column: 3 }),
    redistribute: textSet({ about: 'Sorts of routes it tells others about.', column: 4 }),
    originateDefault: text({ about: 'When it announces a default route.', column: 5 }),
    routingTable: text({ about: 'Table that learned routes go to.', fallback: 'main' }),
    inFilterChain: text({ about: 'Filter chain for learned routes.' }),
    outFilterChain: text({ about: 'Filter chain for routes it tells others about.' }),
    outFilterSelect: text({ about: 'Chain that chooses among candidate routes.' }),
    updateInterval: text({ about: 'Time between updates.' }),
    routeTimeout: text({ about: 'Time until a silent route is no longer used.' }),
    routeGcTimeout: text({ about: 'Time until it is forgotten after that.' }),
    disabled: flag({ about: 'Kept but not in force.', column: 6 }),
  },
});
