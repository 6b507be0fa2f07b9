import { defineCapability } from '../define.ts';
import {
  capsmanChannelFields,
  capsmanConfigurationFields,
  capsmanDatapathFields,
  capsmanRatesFields,
  capsmanSecurityFields,
} from '../groups/capsman.ts';
import { arpFields } from '../groups/interface.ts';
import { nested } from '../groups/wifi.ts';
import { flag, integer, mac, text, word } from '../kinds.ts';

export const capsmanInterface = defineCapability({
  id: 'capsman-interface',
  title: 'CAPsMAN interfaces (wireless package)',
  about: 'Radios of access points, as interfaces of the controller.',
  menu: '/caps-man/interface',
  shape: 'table',
  topic: 'wireless',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the interface.', column: 1 }),
    configuration: word({ about: 'Configuration profile.', column: 2 }),
    running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 3 }),
    currentState: text({ about: 'What it is doing.', readOnly: true, live: true, column: 4 }),
    currentChannel: text({ about: 'Channel in use.', readOnly: true, live: true, column: 5 }),
    currentRegisteredClients: integer()({ about: 'Clients connected.', readOnly: true, live: true, column: 6 }),
    radioMac: mac({ about: 'Hardware address of the radio.', column: 7 }),
    disabled: flag({ about: 'Switched off by configuration.', column: 8 }),
    comment: text({ about: 'Note kept on the router.', column: 9 }),
    channel: word({ about: 'Channel profile.' }),
    datapath: word({ about: 'Datapath profile.' }),
    disableRunningCheck: flag({ about: 'Call the port up without looking.' }),
    l2mtu: integer()({ about: 'Largest frame in bytes.' }),
    macAddress: mac({ about: 'Hardware address.' }),
    masterInterface: word({ about: 'Radio that a virtual access point is on.' }),
    mtu: integer()({ about: 'Largest packet in bytes.' }),
    radioName: text({ about: 'Name shown to other MikroTik radios.' }),
    rates: word({ about: 'Rates profile.' }),
    security: word({ about: 'Security profile.' }),
    bound: flag({ about: 'A radio is bound to it.', readOnly: true, live: true }),
    currentAuthorizedClients: integer()({ about: 'Clients let through.', readOnly: true, live: true }),
    currentBasicRateSet: text({ about: 'Basic rates in force.', readOnly: true, live: true }),
    currentRateSet: text({ about: 'Rates in force.', readOnly: true, live: true }),
    inactive: flag({ about: 'Its radio is not there.', readOnly: true, live: true }),
    master: flag({ about: 'It is the first network of a radio.', readOnly: true, live: true }),
    ...nested('configuration', capsmanConfigurationFields),
    ...nested('channel', capsmanChannelFields),
    ...nested('datapath', capsmanDatapathFields, 'arp', 'l2mtu', 'mtu'),
    ...nested('security', capsmanSecurityFields),
    ...nested('rates', capsmanRatesFields),
    ...arpFields,
  },
});
