import { defineCapability } from '../define.ts';
import { newRadarFrequency, wifiChannelFields } from '../groups/wifi.ts';
import { flag, text } from '../kinds.ts';
import { isNote } from '../touched.ts';

export const wifiChannel = defineCapability({
  id: 'wifi-channel',
  title: 'Wi-Fi channels',
  about: 'Bands, frequencies and widths that interfaces refer to.',
  menu: '/interface/wifi/channel',
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
    ...wifiChannelFields,
  },
  // Radios that refer to it move to another channel.
  risk: (change) => (change.verb === 'add' || isNote(change) ? 'low' : 'medium'),
  consent: ({ before, after }) => newRadarFrequency(before?.frequency, after?.frequency),
});
