import { defineCapability } from '../define.ts';
import { arpFields } from '../groups/interface.ts';
import {
  nested,
  wifiAaaFields,
  wifiChannelFields,
  wifiConfigurationFields,
  wifiDatapathFields,
  wifiSecurityFields,
  wifiSteeringFields,
} from '../groups/wifi.ts';
import { wifiInterworkingFields } from '../groups/wifi-interworking.ts';
import { flag, integer, mac, ssid, text, word } from '../kinds.ts';

export const wifiwave2 = defineCapability({
  id: 'wifiwave2',
  title: 'Wi-Fi interfaces (wifiwave2 package)',
  about: 'Radios of the Wi-Fi driver that came before the current one.',
  menu: '/interface/wifiwave2',
  shape: 'table',
  topic: 'wireless',
  key: ['name'],
  when: { package: 'wifiwave2', until: '7.13' },
  fields: {
    name: text({ about: 'Name of the interface.', column: 1 }),
    configuration: word({ about: 'Configuration profile.', column: 3 }),
    masterInterface: word({ about: 'Radio that a virtual access point is on.', column: 4 }),
    radioMac: mac({ about: 'Hardware address of the radio.', column: 5 }),
    security: word({ about: 'Security profile.', column: 6 }),
    channel: word({ about: 'Channel profile.', column: 7 }),
    disabled: flag({ about: 'Switched off by configuration.', column: 8 }),
    comment: text({ about: 'Note kept on the router.', column: 9 }),
    aaa: word({ about: 'AAA profile.' }),
    datapath: word({ about: 'Datapath profile.' }),
    disableRunningCheck: flag({ about: 'Call the port up without looking.' }),
    interworking: word({ about: 'Interworking profile.' }),
    l2mtu: integer({ min: 32, max: 2290 })({ about: 'Largest frame in bytes.' }),
    macAddress: mac({ about: 'Hardware address.' }),
    mtu: integer({ min: 32, max: 2290 })({ about: 'Largest packet in bytes.' }),
    steering: word({ about: 'Steering profile.' }),
    ...arpFields,
    ...nested('configuration', wifiConfigurationFields),
    ...nested('channel', wifiChannelFields),
    ...nested('datapath', wifiDatapathFields),
    ...nested('security', wifiSecurityFields),
    ...nested('aaa', wifiAaaFields),
    ...nested('steering', wifiSteeringFields),
    ...nested('interworking', wifiInterworkingFields),
    configurationSsid: ssid({ about: 'Name of the wireless network.', wire: 'configuration.ssid', column: 2 }),
    datapathOpenflowSwitch: word({ about: 'OpenFlow switch it is a port of.', wire: 'datapath.openflow-switch' }),
  },
});
