import { defineCapability } from '../define.ts';
import { arpFields, loopProtectFields, tunnelFields } from '../groups/interface.ts';
import { flag, integer, mac, text } from '../kinds.ts';
import { differs, isNote } from '../touched.ts';

export const eoip = defineCapability({
  id: 'eoip',
  title: 'EoIP tunnels',
  about: 'Tunnels that carry Ethernet frames to another MikroTik router.',
  menu: '/interface/eoip',
  shape: 'list',
  topic: 'interface',
  key: ['name'],
  unset: 'command',
  fields: {
    name: text({ about: 'Name of the interface.', required: true, column: 1 }),
    tunnelId: integer({ max: 65_535 })({ about: 'Number both ends share.', required: true, column: 2 }),
    running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 6 }),
    macAddress: mac({ about: 'Hardware address.', column: 7 }),
    disabled: flag({ about: 'Kept but not in force.', column: 8 }),
    comment: text({ about: 'Note kept on the router.', column: 9 }),
    l2mtu: integer()({ about: 'Largest frame in bytes.', readOnly: true, live: true }),
    ...tunnelFields,
    ...arpFields,
    ...loopProtectFields,
  },
  // Our own way may lead through it.
  risk: (change) => {
    if (change.verb === 'add') return 'low';
    if (
      change.verb === 'remove' ||
      differs(
        change.before,
        change.after,
        'name',
        'localAddress',
        'remoteAddress',
        'disabled',
        'ipsecSecret',
        'tunnelId',
        'macAddress',
        'arp',
      )
    )
      return 'high';
    return isNote(change) ? 'low' : 'medium';
  },
  refuse: ({ verb, after }, { rows }) => {
    const same = (row: NonNullable<typeof after>): boolean =>
      row.remoteAddress === after?.remoteAddress && row.tunnelId === after?.tunnelId;
    const twin = verb === 'add' ? rows.find(same) : undefined;
    return twin ? `${twin.name} is a tunnel to ${twin.remoteAddress} with the same number already` : undefined;
  },
});
