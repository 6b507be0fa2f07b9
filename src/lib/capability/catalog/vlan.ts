import { defineCapability } from '../define.ts';
import { arpFields, loopProtectFields } from '../groups/interface.ts';
import { flag, integer, mac, text } from '../kinds.ts';
import { differs, isNote } from '../touched.ts';

export const vlan = defineCapability({
  id: 'vlan',
  title: 'VLAN interfaces',
  about: 'Interfaces that carry one VLAN of another interface.',
  menu: '/interface/vlan',
  shape: 'list',
  topic: 'interface',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the interface.', required: true, column: 1 }),
    vlanId: integer({ min: 1, max: 4094 })({ about: 'VLAN number.', required: true, column: 2 }),
    interface: text({ about: 'Interface whose frames carry the tag.', required: true, column: 3 }),
    running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 4 }),
    mtu: integer({ min: 68, max: 65_535 })({ about: 'Largest packet in bytes.', column: 5 }),
    macAddress: mac({ about: 'Hardware address.', readOnly: true, live: true, column: 6 }),
    disabled: flag({ about: 'Kept but not in force.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
    useServiceTag: flag({ about: 'Use the service tag of IEEE 802.1ad.' }),
    mvrp: flag({ about: 'Announce the VLAN to neighbours.', from: '7.15' }),
    hwOffloaded: flag({ about: 'The hardware forwards for it.', readOnly: true, live: true }),
    l2mtu: integer()({ about: 'Largest frame in bytes.', readOnly: true, live: true }),
    ...arpFields,
    ...loopProtectFields,
  },
  // It may carry the address we reach the router by.
  risk: (change) => {
    if (change.verb === 'add') return 'low';
    if (
      change.verb === 'remove' ||
      differs(change.before, change.after, 'name', 'vlanId', 'interface', 'disabled', 'useServiceTag', 'arp', 'mtu')
    )
      return 'high';
    return isNote(change) ? 'low' : 'medium';
  },
});
