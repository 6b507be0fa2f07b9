import { defineCapability } from '../define.ts';
import { flag, integer, textSet, word } from '../kinds.ts';

export const ethernetSwitchVlan = defineCapability({
  id: 'ethernet-switch-vlan',
  title: 'Switch VLANs',
  about: 'VLAN tables inside switch chips.',
  menu: '/interface/ethernet/switch/vlan',
  shape: 'table',
  topic: 'interface',
  key: ['switch', 'vlanId'],
  fields: {
    switch: word({ about: 'Switch chip it belongs to.', column: 1 }),
    vlanId: integer({ max: 4095 })({ about: 'VLAN number.', column: 2 }),
    ports: textSet({ about: 'Ports that belong to it.', column: 3 }),
    independentLearning: flag({ about: 'Learn addresses per VLAN.', column: 4 }),
    disabled: flag({ about: 'Kept but not in force.', column: 5 }),
    invalid: flag({ about: 'Refers to something that does not exist.', readOnly: true, live: true }),
  },
});
