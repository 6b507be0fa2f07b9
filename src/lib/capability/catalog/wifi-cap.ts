import { defineCapability } from '../define.ts';
import { flag, text, textSet, word } from '../kinds.ts';

export const wifiCap = defineCapability({
  id: 'wifi-cap',
  title: 'Wi-Fi as an access point',
  about: 'Whether a controller configures the radios of this router.',
  menu: '/interface/wifi/cap',
  shape: 'table',
  topic: 'wireless',
  key: [],
  when: { from: '7.13' },
  fields: {
    enabled: flag({ about: 'Switched on.', column: 1 }),
    capsManAddresses: textSet({ about: 'Controllers to ask.', column: 2 }),
    discoveryInterfaces: textSet({ about: 'Interfaces on which controllers are looked for.', column: 3 }),
    currentCapsManAddress: text({ about: 'Controller in use.', readOnly: true, live: true, column: 4 }),
    currentCapsManIdentity: text({ about: 'Name of the controller in use.', readOnly: true, live: true, column: 5 }),
    lockToCapsMan: flag({ about: 'Stay with the first controller.', column: 6 }),
    capsManCertificateCommonNames: textSet({ about: 'Certificate names of controllers to take.' }),
    capsManNames: textSet({ about: 'Names of controllers to take.' }),
    certificate: word({ about: 'Certificate shown to the controller.' }),
    slavesDatapath: word({ about: 'Datapath of further networks.' }),
    slavesStatic: flag({ about: 'Keep interfaces of further networks as static.' }),
    mldDatapath: word({ about: 'Datapath of multi-link interfaces.', from: '7.22' }),
    mldStatic: flag({ about: 'Keep multi-link interfaces as static.', from: '7.22' }),
    lockedCapsManCommonName: text({ about: 'Controller it stays with.', readOnly: true, live: true }),
    requestedCertificate: text({ about: 'Certificate it asked for.', readOnly: true, live: true }),
  },
});
