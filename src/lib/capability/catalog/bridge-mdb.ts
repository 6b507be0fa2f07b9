import { defineCapability } from '../define.ts';
import { flag, integer, text, textSet, word } from '../kinds.ts';

export const bridgeMdb = defineCapability({
  id: 'bridge-mdb',
  title: 'Multicast groups',
  about: 'Multicast groups on bridges and the ports that want them.',
  menu: '/interface/bridge/mdb',
  shape: 'table',
  topic: 'bridge',
  key: [],
  fields: {
    group: word({ about: 'Multicast group.', column: 1 }),
    onInterface: textSet({ about: 'Ports that want it.', readOnly: true, live: true, column: 2 }),
    vid: integer({ min: 1, max: 4094 })({ about: 'VLAN it is in.', column: 3 }),
    bridge: word({ about: 'Bridge it belongs to.', column: 4 }),
    comment: text({ about: 'Note kept on the router.' }),
    disabled: flag({ about: 'Kept but not in force.' }),
    interface: textSet({ about: 'Ports it was given by hand.', wire: [{ from: '7.19', name: 'interface' }, { name: 'ports' }] }),
    invalid: flag({ about: 'Refers to something that does not exist.', readOnly: true, live: true }),
  },
});
