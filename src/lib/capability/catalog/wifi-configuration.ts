import { defineCapability } from '../define.ts';
import {
  nested,
  newRadarFrequency,
  wifiAaaFields,
  wifiChannelFields,
  wifiConfigurationFields,
  wifiDatapathFields,
  wifiSecurityFields,
  wifiSteeringFields,
} from '../groups/wifi.ts';
import { wifiInterworkingFields } from '../groups/wifi-interworking.ts';
import { flag, text, textSet, word } from '../kinds.ts';
import { isNote } from '../touched.ts';

export const wifiConfiguration = defineCapability({
  id: 'wifi-configuration',
  title: 'Wi-Fi configurations',
  about: 'Complete settings of a wireless network that interfaces refer to.',
  menu: '/interface/wifi/configuration',
  shape: 'list',
  topic: 'wireless',
  key: ['name'],
  unset: 'command',
  fence: 'wireless-writes',
  when: { from: '7.13' },
  fields: {
    name: text({ about: 'Name of the profile.', required: true, column: 1 }),
    security: word({ about: 'Security profile.', column: 5 }),
    channel: word({ about: 'Channel profile.', column: 6 }),
    datapath: word({ about: 'Datapath profile.', column: 7 }),
    disabled: flag({ about: 'Kept but not used.', column: 8 }),
    comment: text({ about: 'Note kept on the router.', column: 9 }),
    aaa: word({ about: 'AAA profile.' }),
    interworking: word({ about: 'Interworking profile.' }),
    steering: word({ about: 'Steering profile.' }),
    ...wifiConfigurationFields,
    ...nested('channel', wifiChannelFields),
    ...nested('datapath', wifiDatapathFields),
    ...nested('security', wifiSecurityFields),
    ...nested('aaa', wifiAaaFields),
    ...nested('steering', wifiSteeringFields),
    ...nested('interworking', wifiInterworkingFields),
    channelFrequency: textSet({ about: 'Frequencies in MHz.', wire: 'channel.frequency' }),
  },
  // All networks that refer to it start again, and drop their clients.
  risk: (change) => (change.verb === 'add' || isNote(change) ? 'low' : 'high'),
  consent: ({ before, after }) => newRadarFrequency(before?.channelFrequency, after?.channelFrequency),
});
