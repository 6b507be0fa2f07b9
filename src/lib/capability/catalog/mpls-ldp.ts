import { defineCapability } from '../define.ts';
import { address, flag, integer, text, textSet } from '../kinds.ts';

export const mplsLdp = defineCapability({
  id: 'mpls-ldp',
  title: 'LDP instances',
  about: 'How a router agrees on MPLS labels with its neighbours.',
  menu: '/mpls/ldp',
  shape: 'table',
  topic: 'routing',
  key: [],
  fields: {
    lsrId: address({ about: 'Identifier of this router.', readOnly: true, column: 1 }),
    vrf: text({ about: 'VRF it runs in.', readOnly: true, column: 2 }),
    afi: textSet({ about: 'Address families that get labels.', readOnly: true, column: 3 }),
    preferredAfi: text({ about: 'Family used where both are possible.', readOnly: true }),
    transportAddresses: textSet({ about: 'Own addresses of the sessions.', readOnly: true, column: 4 }),
    distributeForDefault: flag({ about: 'The default route gets a label too.', readOnly: true }),
    hopLimit: integer({ max: 255 })({ about: 'Most hops a label path may have.', readOnly: true }),
    loopDetect: flag({ about: 'Label paths that come back are found.', readOnly: true }),
    pathVectorLimit: integer({ max: 255 })({ about: 'Most routers a path may name when loops are looked for.', readOnly: true }),
    useExplicitNull: flag({ about: 'The last hop keeps a label, so that its priority arrives.', readOnly: true }),
    inactive: flag({ about: 'Cannot run as things are.', readOnly: true, live: true, column: 5 }),
    disabled: flag({ about: 'Switched off.', readOnly: true, column: 6 }),
    comment: text({ about: 'Note kept on the router.', readOnly: true, column: 7 }),
  },
});
