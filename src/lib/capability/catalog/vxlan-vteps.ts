import { defineCapability } from '../define.ts';
import { address, flag, integer, text } from '../kinds.ts';

export const vxlanVteps = defineCapability({
  id: 'vxlan-vteps',
  title: 'VXLAN far ends',
  about: 'The routers a VXLAN reaches.',
  menu: '/interface/vxlan/vteps',
  shape: 'table',
  topic: 'interface',
  key: ['interface', 'remoteIp'],
  fields: {
    interface: text({ about: 'VXLAN interface.', column: 1 }),
    remoteIp: address({ about: 'Address of the far end.', column: 2 }),
    disabled: flag({ about: 'Kept but not in force.', readOnly: true, live: true, column: 3 }),
    comment: text({ about: 'Note kept on the router.', column: 4, from: '7.16' }),
    port: integer({ max: 65_535 })({ about: 'UDP port.', until: '7.18' }),
    hwOffloaded: flag({ about: 'The hardware forwards for it.', readOnly: true, live: true }),
  },
});
