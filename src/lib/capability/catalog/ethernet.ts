import { defineCapability } from '../define.ts';
import { portStats } from '../groups/ethernet.ts';
import { arpFields, loopProtectFields } from '../groups/interface.ts';
import { flag, integer, mac, oneOf, text, textSet, word } from '../kinds.ts';
import { differs, isNote } from '../touched.ts';

export const ethernet = defineCapability({
  id: 'ethernet',
  title: 'Ethernet ports',
  about: 'The physical network ports of a router, their settings and counters.',
  menu: '/interface/ethernet',
  shape: 'fixed',
  topic: 'interface',
  // The name on the case is default-name; the name in use is what configuration refers to.
  key: ['name'],
  unset: 'command',
  fields: {
    name: text({ about: 'Name in use.', required: true, column: 1 }),
    defaultName: text({ about: 'Name the port was born with; it never changes.', readOnly: true, column: 2 }),
    running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 3 }),
    disabled: flag({ about: 'Switched off by configuration.', column: 4 }),
    speed: word({ about: 'Link mode used without auto-negotiation.', column: 5 }),
    autoNegotiation: flag({ about: 'Agree speed and duplex with the far end.', column: 6 }),
    mtu: integer({ min: 32, max: 65_535 })({ about: 'Largest packet in bytes.', column: 7 }),
    macAddress: mac({ about: 'Hardware address.', column: 8 }),
    switch: text({ about: 'Switch chip it belongs to.', readOnly: true, column: 9 }),
    comment: text({ about: 'Note kept on the router.', column: 10 }),
    advertise: textSet({ about: 'Link modes offered to the far end.' }),
    cableSettings: word({ about: 'Cable length the receiver is tuned for.' }),
    comboMode: oneOf('auto', 'copper', 'sfp')({ about: 'Which half of a combined copper and SFP port is used.' }),
    disableRunningCheck: flag({ about: 'Call the port up without looking.' }),
    fecMode: oneOf('auto', 'fec74', 'fec91', 'off')({ about: 'Forward error correction of the link.' }),
    l2mtu: integer({ max: 65_536 })({ about: 'Largest frame in bytes.' }),
    mdixEnable: flag({ about: 'Cross the pairs where the cable does not.' }),
    origMacAddress: mac({ about: 'Hardware address the port was made with.', readOnly: true }),
    rxFlowControl: oneOf('auto', 'off', 'on')({ about: 'Obey pause frames of the far end.' }),
    sfpRateSelect: word({ about: 'Rate class asked of the SFP module.' }),
    sfpShutdownTemperature: integer()({ about: 'Module temperature in degrees Celsius at which it is switched off.' }),
    txFlowControl: oneOf('auto', 'off', 'on')({ about: 'Send pause frames when queues are full.' }),
    sfpIgnoreRxLos: flag({ about: 'Take the link for up although the module sees no light.', from: '7.15' }),
    bandwidth: text({ about: 'Rate limit of the switch port, receive and send.', readOnly: true }),
    slave: flag({ about: 'Part of a bridge or bond.', readOnly: true, live: true }),
    ...arpFields,
    ...loopProtectFields,
    ...portStats,
  },
  // Any port may be the one we are connected through: what can take its link or its name away is judged so.
  risk: (change) => {
    if (
      differs(
        change.before,
        change.after,
        'disabled',
        'name',
        'macAddress',
        'arp',
        'speed',
        'autoNegotiation',
        'advertise',
        'comboMode',
        'fecMode',
      )
    )
      return 'high';
    return isNote(change) ? 'low' : 'medium';
  },
});
