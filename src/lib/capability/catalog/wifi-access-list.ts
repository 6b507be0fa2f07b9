import { defineCapability } from '../define.ts';
import { counter, duration, flag, integer, mac, text, textSet, word } from '../kinds.ts';

export const wifiAccessList = defineCapability({
  id: 'wifi-access-list',
  title: 'Wi-Fi access list',
  about: 'Which clients the current Wi-Fi driver lets in, asked from the top.',
  menu: '/interface/wifi/access-list',
  shape: 'table',
  topic: 'wireless',
  key: [],
  when: { from: '7.13' },
  fields: {
    macAddress: mac({ about: 'Hardware address of the client.', column: 1 }),
    interface: word({ about: 'Interface the rule is for.', column: 2 }),
    ssidRegexp: text({ about: 'SSIDs that fit.', column: 3 }),
    action: word({ about: 'What happens to a client that fits.', column: 4 }),
    signalRange: word({ about: 'Signals in dBm that fit.', column: 5 }),
    vlanId: integer({ words: ['none'] })({ about: 'VLAN the client is put in.', column: 6 }),
    matchCount: counter({ about: 'How often it fitted.', readOnly: true, live: true, column: 7 }),
    disabled: flag({ about: 'Kept but not asked.', column: 8 }),
    comment: text({ about: 'Note kept on the router.', column: 9 }),
    allowSignalOutOfRange: duration('always')({ about: 'How long a signal may be out of range.' }),
    clientIsolation: flag({ about: 'Clients do not reach each other.' }),
    macAddressMask: mac({ about: 'Which bits of the hardware address count.' }),
    passphrase: text({ about: 'Passphrase of this client.', secret: true }),
    radiusAccounting: flag({ about: 'Report the client to RADIUS.' }),
    time: text({ about: 'Time of day and week in which it fits.' }),
    multiPassphraseGroup: text({ about: 'Group of passphrases that are accepted.', secret: false, from: '7.17' }),
    days: textSet({ about: 'Days on which it fits.', from: '7.21' }),
    lastLoggedIn: text({ about: 'When a client last came in by it.', readOnly: true, live: true }),
    lastLoggedOut: text({ about: 'When a client last left by it.', readOnly: true, live: true }),
  },
});
