import { defineCapability } from '../define.ts';
import { tunnelFields } from '../groups/interface.ts';
import { flag, text } from '../kinds.ts';
import { differs, isNote } from '../touched.ts';

export const gre = defineCapability({
  id: 'gre',
  title: 'GRE tunnels',
  about: 'Tunnels that carry IP packets to another router.',
  menu: '/interface/gre',
  shape: 'list',
  topic: 'interface',
  key: ['name'],
  unset: 'command',
  fields: {
    name: text({ about: 'Name of the interface.', required: true, column: 1 }),
    running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 2 }),
    disabled: flag({ about: 'Kept but not in force.', column: 6 }),
    comment: text({ about: 'Note kept on the router.', column: 7 }),
    ...tunnelFields,
  },
  // Our own way may lead through it.
  risk: (change) => {
    if (change.verb === 'add') return 'low';
    if (
      change.verb === 'remove' ||
      differs(change.before, change.after, 'name', 'localAddress', 'remoteAddress', 'disabled', 'ipsecSecret')
    )
      return 'high';
    return isNote(change) ? 'low' : 'medium';
  },
});
