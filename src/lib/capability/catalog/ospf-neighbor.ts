import { defineCapability } from '../define.ts';
import { counter, duration, flag, text } from '../kinds.ts';

export const ospfNeighbor = defineCapability({
  id: 'ospf-neighbor',
  title: 'OSPF neighbours',
  about: 'Routers OSPF has met, and how far it got with each.',
  menu: '/routing/ospf/neighbor',
  shape: 'table',
  topic: 'routing',
  key: [],
  fields: {
    routerId: text({ about: 'Identifier of the neighbour.', readOnly: true, live: true, column: 1 }),
    address: text({ about: 'Address of the neighbour.', readOnly: true, live: true, column: 2 }),
    interface: text({ about: 'Interface it was met on.', readOnly: true, live: true, column: 3 }),
    state: text({ about: 'How far they got: Full is all the way.', readOnly: true, live: true, column: 4 }),
    adjacency: duration()({ about: 'Time since they got all the way.', readOnly: true, live: true, column: 5 }),
    timeout: duration()({ about: 'Time until it counts as gone.', readOnly: true, live: true, column: 6 }),
    area: text({ about: 'Area they meet in.', readOnly: true, live: true, column: 7 }),
    instance: text({ about: 'OSPF instance that met it.', readOnly: true, live: true, column: 8 }),
    priority: counter({ about: 'Its claim to be the designated router.', readOnly: true, live: true }),
    dr: text({ about: 'Designated router.', readOnly: true, live: true }),
    bdr: text({ about: 'Backup of the designated router.', readOnly: true, live: true }),
    stateChanges: counter({ about: 'How often its state changed.', readOnly: true, live: true }),
    dbSummaries: counter({ about: 'Summaries still to be sent.', readOnly: true, live: true }),
    lsRequests: counter({ about: 'Requests still to be answered.', readOnly: true, live: true }),
    lsRetransmits: counter({ about: 'Updates still unconfirmed.', readOnly: true, live: true }),
    virtual: flag({ about: 'Met over a virtual link.', readOnly: true, live: true }),
    comment: text({ about: 'Note kept on the router.', readOnly: true }),
  },
});
