import { defineCapability } from '../define.ts';
import { counter, flag, text, textSet } from '../kinds.ts';

export const mplsLdpNeighbor = defineCapability({
  id: 'mpls-ldp-neighbor',
  title: 'LDP neighbours',
  about: 'Routers with which MPLS labels are exchanged, found by themselves or named by hand.',
  menu: '/mpls/ldp/neighbor',
  shape: 'table',
  topic: 'routing',
  key: [],
  fields: {
    transport: text({ about: 'Address the session goes to.', readOnly: true, column: 1 }),
    localTransport: text({ about: 'Own address of the session.', readOnly: true, live: true, column: 2 }),
    peer: text({ about: 'Identifier of the far router, with its label space.', readOnly: true, live: true, column: 3 }),
    addresses: textSet({ about: 'Addresses the far router has.', readOnly: true, live: true, column: 5 }),
    usedAfi: text({ about: 'Address family of the session.', readOnly: true, live: true }),
    operational: flag({ about: 'Labels are exchanged.', readOnly: true, live: true, column: 4 }),
    activeConnect: flag({ about: 'This router opens the session.', readOnly: true, live: true }),
    passive: flag({ about: 'The far router opens the session.', readOnly: true, live: true }),
    passiveWait: flag({ about: 'Waits for the far router to open it.', readOnly: true, live: true }),
    onDemand: flag({ about: 'Labels are sent when they are asked for.', readOnly: true, live: true }),
    throttled: flag({ about: 'Held back after failures.', readOnly: true, live: true }),
    vpls: flag({ about: 'It carries VPLS.', readOnly: true, live: true }),
    sendTargeted: flag({ about: 'It is greeted directly, though not next door.', readOnly: true }),
    sendingTargetedHello: flag({ about: 'Such greetings go out now.', readOnly: true, live: true }),
    pathVectorLimit: counter({ about: 'Most routers a path may name when loops are looked for.', readOnly: true, live: true }),
    inactive: flag({ about: 'Cannot run as things are.', readOnly: true, live: true }),
    disabled: flag({ about: 'Switched off.', readOnly: true, column: 6 }),
    comment: text({ about: 'Note kept on the router.', readOnly: true, column: 7 }),
  },
});
