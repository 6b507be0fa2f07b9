import { defineCapability } from '../define.ts';
import { flag, mac, text, textSet, word } from '../kinds.ts';

export const wifiProvisioning = defineCapability({
  id: 'wifi-provisioning',
  title: 'Wi-Fi provisioning',
  about: 'How the controller sets radios of its access points up, asked from the top.',
  menu: '/interface/wifi/provisioning',
  shape: 'table',
  topic: 'wireless',
  key: [],
  when: { from: '7.13' },
  fields: {
    action: word({ about: 'What is made for a radio that fits.', column: 1 }),
    radioMac: mac({ about: 'Hardware address of the radio.', column: 2 }),
    supportedBands: textSet({ about: 'Bands the radio must have.', column: 3 }),
    identityRegexp: text({ about: 'Names of access points that fit.', column: 4 }),
    masterConfiguration: word({ about: 'Configuration of the first network.', column: 5 }),
    slaveConfigurations: textSet({ about: 'Configurations of further networks.', column: 6 }),
    disabled: flag({ about: 'Kept but not asked.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
    addressRanges: textSet({ about: 'Addresses of access points that fit.' }),
    commonNameRegexp: text({ about: 'Certificate names that fit.' }),
    nameFormat: text({ about: 'How interfaces are named.' }),
    slaveNameFormat: text({ about: 'How interfaces of further networks are named.', from: '7.16' }),
    multiLinkMode: word({ about: 'Whether multi-link interfaces are made.', from: '7.22' }),
    supportedHwCaps: textSet({ about: 'Abilities the radio must have.', from: '7.22' }),
  },
});
