import { defineCapability } from '../define.ts';
import { arpFields } from '../groups/interface.ts';
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
import { flag, integer, mac, ssid, text, textSet, word } from '../kinds.ts';
import { isNote } from '../touched.ts';

export const wifi = defineCapability({
  id: 'wifi',
  title: 'Wi-Fi interfaces',
  about: 'Radios and virtual access points of the current Wi-Fi driver.',
  menu: '/interface/wifi',
  shape: 'list',
  topic: 'wireless',
  key: ['name'],
  unset: 'command',
  fence: 'wireless-writes',
  when: { from: '7.13' },
  fields: {
    name: text({ about: 'Name of the interface.', required: true, column: 1 }),
    running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 3 }),
    configuration: word({ about: 'Configuration profile.', column: 4 }),
    masterInterface: word({ about: 'Radio that a virtual access point is on.', column: 5 }),
    radioMac: mac({ about: 'Hardware address of the radio.', column: 6 }),
    security: word({ about: 'Security profile.', column: 7 }),
    channel: word({ about: 'Channel profile.', column: 8 }),
    disabled: flag({ about: 'Switched off by configuration.', column: 9 }),
    comment: text({ about: 'Note kept on the router.', column: 10 }),
    aaa: word({ about: 'AAA profile.' }),
    datapath: word({ about: 'Datapath profile.' }),
    disableRunningCheck: flag({ about: 'Call the port up without looking.' }),
    interworking: word({ about: 'Interworking profile.' }),
    l2mtu: integer({ min: 32, max: 2290 })({ about: 'Largest frame in bytes.' }),
    macAddress: mac({ about: 'Hardware address.' }),
    mtu: integer({ min: 32, max: 2290 })({ about: 'Largest packet in bytes.' }),
    steering: word({ about: 'Steering profile.' }),
    mldInterface: word({ about: 'Multi-link interface it belongs to.', from: '7.22' }),
    mldName: text({ about: 'Name of the multi-link interface.', from: '7.22' }),
    bound: flag({ about: 'A radio is bound to it.', readOnly: true, live: true }),
    cap: text({ about: 'Access point the radio is on.', readOnly: true }),
    defaultName: text({ about: 'Name the port was born with; it never changes.', readOnly: true }),
    inactive: flag({ about: 'Its driver or radio is not there.', readOnly: true, live: true }),
    master: flag({ about: 'It is the first network of a radio.', readOnly: true, live: true }),
    network: flag({ about: 'Made from a network definition.', readOnly: true, live: true }),
    ...arpFields,
    ...nested('configuration', wifiConfigurationFields),
    ...nested('channel', wifiChannelFields),
    ...nested('datapath', wifiDatapathFields),
    ...nested('security', wifiSecurityFields),
    ...nested('aaa', wifiAaaFields),
    ...nested('steering', wifiSteeringFields),
    ...nested('interworking', wifiInterworkingFields),
    configurationSsid: ssid({ about: 'Name of the wireless network.', wire: 'configuration.ssid', column: 2 }),
    channelFrequency: textSet({ about: 'Frequencies in MHz.', wire: 'channel.frequency' }),
  },
  // Every client of the radio is dropped; we may be one of them.
  risk: (change) => {
    if (change.verb === 'add') return 'medium';
    return isNote(change) ? 'low' : 'high';
  },
  consent: ({ before, after }) => newRadarFrequency(before?.channelFrequency, after?.channelFrequency),
});
