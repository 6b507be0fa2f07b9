import { defineCapability } from '../define.ts';
import { flag, integer, text, textSet, word } from '../kinds.ts';

export const lte = defineCapability({
  id: 'lte',
  title: 'LTE and 5G modems',
  about: 'Mobile network modems and how they connect.',
  menu: '/interface/lte',
  shape: 'table',
  topic: 'interface',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the interface.', column: 1 }),
    running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 2 }),
    apnProfiles: textSet({ about: 'APN profiles in use.', column: 3 }),
    networkMode: textSet({ about: 'Radio technologies that may be used.', column: 4 }),
    band: textSet({ about: 'LTE bands that may be used.', column: 5 }),
    operator: text({ about: 'Operator code to stay with.', column: 6 }),
    disabled: flag({ about: 'Kept but not in force.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
    allowRoaming: flag({ about: 'Use networks of other operators.' }),
    modemInit: text({ about: 'Command sent to the modem at start.' }),
    mtu: integer({ max: 65_535, words: ['auto'] })({ about: 'Largest packet in bytes.' }),
    nrBand: textSet({ about: '5G bands that may be used.' }),
    pin: text({ about: 'PIN of the SIM card.', secret: true }),
    smsProtocol: word({ about: 'How messages are read.', from: '7.16' }),
    smsRead: flag({ about: 'Read text messages.', from: '7.13' }),
    advertisedMtu: integer()({ about: 'Largest packet the network announces.', readOnly: true, live: true }),
    defaultName: text({ about: 'Name the port was born with; it never changes.', readOnly: true }),
    inactive: flag({ about: 'Its driver or hardware is not there.', readOnly: true, live: true }),
    master: text({ about: 'Modem it is part of.', readOnly: true, live: true }),
  },
});
