import { defineCapability } from '../define.ts';
import { arpFields, loopProtectFields } from '../groups/interface.ts';
import { flag, integer, mac, oneOf, text } from '../kinds.ts';

export const macvlan = defineCapability({
  id: 'macvlan',
  title: 'MACVLAN',
  about: 'Further interfaces with hardware addresses of their own on one port.',
  menu: '/interface/macvlan',
  shape: 'table',
  topic: 'interface',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the interface.', column: 1 }),
    interface: text({ about: 'Interface it stands on.', column: 2 }),
    mode: oneOf('bridge', 'private')({ about: 'Whether its interfaces reach each other.', column: 3 }),
    macAddress: mac({ about: 'Hardware address.', column: 4 }),
    running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 5 }),
    disabled: flag({ about: 'Kept but not in force.', column: 6 }),
    comment: text({ about: 'Note kept on the router.', column: 7 }),
    mtu: integer({ min: 68, max: 65_535 })({ about: 'Largest packet in bytes.' }),
    l2mtu: integer()({ about: 'Largest frame in bytes.', readOnly: true, live: true }),
    ...arpFields,
    ...loopProtectFields,
  },
});
