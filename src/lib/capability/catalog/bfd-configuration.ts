import { defineCapability } from '../define.ts';
import { duration, flag, integer, prefixSet, text, textSet } from '../kinds.ts';
import { differs, dormant } from '../touched.ts';

export const bfdConfiguration = defineCapability({
  id: 'bfd-configuration',
  title: 'BFD settings',
  about: 'How fast BFD notices that a neighbour is gone; the first row that fits counts.',
  menu: '/routing/bfd/configuration',
  shape: 'ordered',
  topic: 'routing',
  key: [],
  unset: 'command',
  fence: 'routing-writes',
  fields: {
    interfaces: textSet({ about: 'Interfaces or interface lists it is for.', column: 1 }),
    addresses: prefixSet({ about: 'Far ends it is for.', column: 2 }),
    addressList: text({ about: 'Address list of far ends it is for.' }),
    minTx: duration()({ about: 'Shortest time between packets sent.', column: 3 }),
    minRx: duration()({ about: 'Shortest time between packets taken.', column: 4 }),
    multiplier: integer({ min: 1, max: 255 })({ about: 'Packets missed until the far end counts as gone.', column: 5 }),
    forbidBfd: flag({ about: 'Sessions that fit are refused.', column: 6 }),
    vrf: text({ about: 'VRF it is for.', fallback: 'main' }),
    inactive: flag({ about: 'Cannot work as it is.', readOnly: true, live: true }),
    disabled: flag({ about: 'Kept but not in force.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
  },
  // Timers too short for the link take sessions, and the routes they carry, up and down.
  risk: ({ verb, before, after }) => {
    if (dormant(before, after)) return 'low';
    const meets = ['interfaces', 'addresses', 'addressList', 'minTx', 'minRx', 'multiplier', 'forbidBfd', 'vrf', 'disabled'] as const;
    return verb === 'set' && !differs(before, after, ...meets) ? 'low' : 'medium';
  },
});
