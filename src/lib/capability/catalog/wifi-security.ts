import { defineCapability } from '../define.ts';
import { wifiSecurityFields } from '../groups/wifi.ts';
import { flag, text } from '../kinds.ts';
import { isNote } from '../touched.ts';

export const wifiSecurity = defineCapability({
  id: 'wifi-security',
  title: 'Wi-Fi security',
  about: 'How clients of the current Wi-Fi driver prove themselves; passphrases are not shown.',
  menu: '/interface/wifi/security',
  shape: 'list',
  topic: 'wireless',
  key: ['name'],
  unset: 'command',
  fence: 'wireless-writes',
  when: { from: '7.13' },
  fields: {
    name: text({ about: 'Name of the profile.', required: true, column: 1 }),
    disabled: flag({ about: 'Kept but not used.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
    ...wifiSecurityFields,
  },
  // Clients that no longer fit are dropped; passphrases are given on the router itself.
  risk: (change) => (change.verb === 'add' || isNote(change) ? 'low' : 'high'),
});
