import { defineCapability } from '../define.ts';
import { flag, mac, text, textSet, word } from '../kinds.ts';

export const capsmanProvisioning = defineCapability({
  id: 'capsman-provisioning',
  title: 'CAPsMAN provisioning (wireless package)',
  about: 'How the older controller sets radios of its access points up, asked from the top.',
  menu: '/caps-man/provisioning',
  shape: 'table',
  topic: 'wireless',
  key: [],
  fields: {
    action: word({ about: 'What is made for a radio that fits.', column: 1 }),
    radioMac: mac({ about: 'Hardware address of the radio.', column: 2 }),
    hwSupportedModes: textSet({ about: 'Radio modes the radio must have.', column: 3 }),
    identityRegexp: text({ about: 'Names of access points that fit.', column: 4 }),
    masterConfiguration: word({ about: 'Configuration of the first network.', column: 5 }),
    slaveConfigurations: textSet({ about: 'Configurations of further networks.', column: 6 }),
    disabled: flag({ about: 'Kept but not asked.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
    commonNameRegexp: text({ about: 'Certificate names that fit.' }),
    ipAddressRanges: textSet({ about: 'Addresses of access points that fit.' }),
    nameFormat: word({ about: 'How interfaces are named.' }),
    namePrefix: text({ about: 'Text in front of interface names.' }),
  },
});
