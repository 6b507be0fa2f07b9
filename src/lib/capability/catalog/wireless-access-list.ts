import { defineCapability } from '../define.ts';
import { duration, flag, integer, mac, text, word } from '../kinds.ts';

export const wirelessAccessList = defineCapability({
  id: 'wireless-access-list',
  title: 'Wireless access list (wireless package)',
  about: 'Which clients the older wireless driver lets in, asked from the top.',
  menu: '/interface/wireless/access-list',
  shape: 'table',
  topic: 'wireless',
  key: [],
  fields: {
    macAddress: mac({ about: 'Hardware address of the client.', column: 1 }),
    interface: word({ about: 'Radio the rule is for.', column: 2 }),
    signalRange: word({ about: 'Signals in dBm that fit.', column: 3 }),
    authentication: flag({ about: 'Let the client in.', column: 4 }),
    forwarding: flag({ about: 'Let it reach other clients.', column: 5 }),
    vlanId: integer({ max: 4095 })({ about: 'VLAN number.', column: 6 }),
    disabled: flag({ about: 'Kept but not asked.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
    allowSignalOutOfRange: duration('always')({ about: 'How long a signal may be out of range.' }),
    apTxLimit: integer()({ about: 'Send limit for the client in bits a second.' }),
    clientTxLimit: integer()({ about: 'Limit the client is asked to keep.' }),
    managementProtectionKey: text({ about: 'Key of the management frames.', secret: true }),
    privateAlgo: word({ about: "Algorithm of the client's own key." }),
    privateKey: text({ about: "The client's own key.", secret: true }),
    privatePreSharedKey: text({ about: "The client's own passphrase.", secret: true }),
    time: text({ about: 'Time of day and week in which it fits.' }),
    vlanMode: word({ about: 'How client traffic is tagged.' }),
  },
});
