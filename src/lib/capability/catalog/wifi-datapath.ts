import { defineCapability } from '../define.ts';
import { wifiDatapathFields } from '../groups/wifi.ts';
import { flag, text } from '../kinds.ts';
import { isNote } from '../touched.ts';

export const wifiDatapath = defineCapability({
  id: 'wifi-datapath',
  title: 'Wi-Fi datapaths',
  about: 'Bridges and VLANs that client traffic is put in.',
  menu: '/interface/wifi/datapath',
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
    ...wifiDatapathFields,
  },
  // Clients that refer to it end up in another network.
  risk: (change) => (change.verb === 'add' || isNote(change) ? 'low' : 'high'),
});
