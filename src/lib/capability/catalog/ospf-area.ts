import { defineCapability } from '../define.ts';
import { address, flag, integer, oneOf, text } from '../kinds.ts';
import { differs, dormant, goesDown } from '../touched.ts';

export const ospfArea = defineCapability({
  id: 'ospf-area',
  title: 'OSPF areas',
  about: 'Parts of an OSPF network that share one map.',
  menu: '/routing/ospf/area',
  shape: 'list',
  topic: 'routing',
  // RouterOS takes the same name twice.
  key: [],
  unset: 'command',
  fence: 'routing-writes',
  fields: {
    name: text({ about: 'Name that interface templates refer to.', required: true, column: 1 }),
    instance: text({ about: 'OSPF instance it is part of.', required: true, column: 2 }),
    areaId: address({ about: 'Number of the area, written like an IPv4 address.', fallback: '0.0.0.0', column: 3 }),
    type: oneOf('default', 'stub', 'nssa')({ about: 'How much it learns of the rest.', fallback: 'default', column: 4 }),
    noSummaries: flag({ about: 'Learns a default route in place of other areas.' }),
    defaultCost: integer()({ about: 'Cost of the default route given to a stub.' }),
    nssaTranslator: oneOf('no', 'yes', 'candidate')({ about: 'Tells the rest about routes of a not so stubby area.' }),
    transitCapable: flag({ about: 'Other areas may pass through.', readOnly: true, live: true }),
    inactive: flag({ about: 'Cannot work as it is.', readOnly: true, live: true, column: 5 }),
    disabled: flag({ about: 'Kept but not in force.', column: 6 }),
    comment: text({ about: 'Note kept on the router.', column: 7 }),
  },
  // All neighbours of an area are lost when its nature changes.
  risk: ({ verb, before, after }) => {
    if (verb === 'add' || dormant(before, after)) return 'low';
    if (goesDown(before, after) || differs(before, after, 'areaId', 'type', 'instance', 'noSummaries')) return 'high';
    return differs(before, after, 'name', 'disabled', 'defaultCost', 'nssaTranslator') ? 'medium' : 'low';
  },
});
