import { defineCapability } from '../define.ts';
import { duration, flag, integer, oneOf, prefixSet, text, textSet } from '../kinds.ts';
import { differs, dormant, goesDown } from '../touched.ts';

export const ospfInterfaceTemplate = defineCapability({
  id: 'ospf-interface-template',
  title: 'OSPF interface templates',
  about: 'On which interfaces OSPF is spoken and how; the first template that fits counts.',
  menu: '/routing/ospf/interface-template',
  shape: 'ordered',
  topic: 'routing',
  key: [],
  unset: 'command',
  fence: 'routing-writes',
  fields: {
    area: text({ about: 'Area the interfaces are in.', required: true, column: 1 }),
    interfaces: textSet({ about: 'Interfaces or interface lists it is for.', column: 2 }),
    networks: prefixSet({ about: 'Networks whose interfaces it is for.', column: 3 }),
    type: oneOf('broadcast', 'nbma', 'ptmp', 'ptmp-broadcast', 'ptp', 'ptp-unnumbered')({ about: 'How neighbours are met.', column: 4 }),
    cost: integer({ min: 1, max: 65_535 })({ about: 'Cost of sending this way.', column: 5 }),
    passive: flag({ about: 'Announced, but without neighbours.', column: 6 }),
    priority: integer({ max: 255 })({ about: 'Claim to be the designated router; 0 is none.' }),
    helloInterval: duration()({ about: 'Time between greetings.' }),
    deadInterval: duration()({ about: 'Silence after which a neighbour is gone.' }),
    retransmitInterval: duration()({ about: 'Wait before something unanswered is sent again.' }),
    transmitDelay: duration()({ about: 'Age added for the time on the link.' }),
    instanceId: integer({ max: 255 })({ about: 'Number that keeps several OSPF on one link apart.' }),
    useBfd: flag({ about: 'BFD watches neighbours.' }),
    auth: oneOf('simple', 'md5', 'sha1', 'sha256', 'sha384', 'sha512')({ about: 'How packets are signed.', column: 7 }),
    authId: integer({ max: 255 })({ about: 'Number of the signing key.' }),
    authKey: text({ about: 'Key that packets are signed with.', secret: true }),
    prefixList: text({ about: 'Address list of networks that are announced.' }),
    vlinkNeighborId: text({ about: 'Identifier of the far end of a virtual link.', until: '7.23' }),
    vlinkTransitArea: text({ about: 'Area a virtual link passes through.', until: '7.23' }),
    inactive: flag({ about: 'Cannot work as it is.', readOnly: true, live: true }),
    disabled: flag({ about: 'Kept but not in force.', column: 8 }),
    comment: text({ about: 'Note kept on the router.', column: 9 }),
  },
  // Losing neighbours loses the routes they told, and the way back to us may be among them.
  risk: ({ verb, before, after }) => {
    if (dormant(before, after)) return 'low';
    if (verb === 'add' || verb === 'move') return 'medium';
    const meets = [
      'area',
      'interfaces',
      'networks',
      'type',
      'passive',
      'helloInterval',
      'deadInterval',
      'auth',
      'authId',
      'authKey',
    ] as const;
    if (goesDown(before, after) || differs(before, after, ...meets, 'instanceId')) return 'high';
    return differs(before, after, 'cost', 'retransmitInterval', 'transmitDelay', 'priority', 'useBfd', 'prefixList', 'disabled')
      ? 'medium'
      : 'low';
  },
});
