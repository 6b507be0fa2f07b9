import { defineCapability } from '../define.ts';
import { flag, integer, text, vlanIds, word } from '../kinds.ts';

export const bridgeMsti = defineCapability({
  id: 'bridge-msti',
  title: 'Spanning tree instances',
  about: 'Instances of the multiple spanning tree protocol on bridges.',
  menu: '/interface/bridge/msti',
  shape: 'table',
  topic: 'bridge',
  key: ['bridge', 'identifier'],
  fields: {
    bridge: word({ about: 'Bridge it belongs to.', column: 1 }),
    identifier: integer({ min: 1, max: 31 })({ about: 'Number of the spanning tree instance.', column: 2 }),
    vlanMapping: vlanIds({ about: 'VLANs that follow this instance.', column: 3 }),
    priority: integer({ max: 65_535 })({ about: 'Priority; the lower number wins.', column: 4 }),
    disabled: flag({ about: 'Kept but not in force.', column: 5 }),
    comment: text({ about: 'Note kept on the router.' }),
  },
});
