import { defineCapability } from '../define.ts';
import {
  capsmanChannelFields,
  capsmanConfigurationFields,
  capsmanDatapathFields,
  capsmanRatesFields,
  capsmanSecurityFields,
} from '../groups/capsman.ts';
import { nested } from '../groups/wifi.ts';
import { text, word } from '../kinds.ts';

export const capsmanConfiguration = defineCapability({
  id: 'capsman-configuration',
  title: 'CAPsMAN configurations (wireless package)',
  about: 'Complete settings of a wireless network of the older controller.',
  menu: '/caps-man/configuration',
  shape: 'table',
  topic: 'wireless',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the profile.', column: 1 }),
    security: word({ about: 'Security profile.', column: 5 }),
    channel: word({ about: 'Channel profile.', column: 6 }),
    datapath: word({ about: 'Datapath profile.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
    rates: word({ about: 'Rates profile.' }),
    ...capsmanConfigurationFields,
    ...nested('channel', capsmanChannelFields),
    ...nested('datapath', capsmanDatapathFields),
    ...nested('security', capsmanSecurityFields),
    ...nested('rates', capsmanRatesFields),
  },
});
