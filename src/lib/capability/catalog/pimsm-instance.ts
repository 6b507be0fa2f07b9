import { defineCapability } from '../define.ts';
import { counter, duration, flag, text } from '../kinds.ts';

export const pimsmInstance = defineCapability({
  id: 'pimsm-instance',
  title: 'PIM-SM instances',
  about: 'How a router forwards multicast between networks.',
  menu: '/routing/pimsm/instance',
  shape: 'table',
  topic: 'routing',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the instance.', readOnly: true, column: 1 }),
    vrf: text({ about: 'VRF it runs in.', readOnly: true, column: 2 }),
    afi: text({ about: 'Address family it forwards.', readOnly: true, column: 3 }),
    bsmForwardBack: flag({ about: 'Bootstrap messages go back where they came from.', readOnly: true }),
    crpAdvertiseContained: flag({ about: 'Groups inside larger announced ones are announced too.', readOnly: true }),
    rpHashMaskLength: counter({ about: 'How many bits of a group choose its meeting point.', readOnly: true }),
    rpStaticOverride: flag({ about: 'Meeting points set by hand win over learned ones.', readOnly: true, column: 4 }),
    ssmRange: text({ about: 'Groups that are joined by source only.', readOnly: true, column: 5 }),
    switchToSpt: flag({ about: 'Traffic moves to the shortest way to its source.', readOnly: true, column: 6 }),
    switchToSptBytes: counter({ about: 'Bytes after which it moves.', readOnly: true }),
    switchToSptInterval: duration()({ about: 'Time in which those bytes are counted.', readOnly: true }),
    inactive: flag({ about: 'Cannot run as things are.', readOnly: true, live: true, column: 7 }),
    disabled: flag({ about: 'Switched off.', readOnly: true, column: 8 }),
  },
});
