import { defineCapability } from '../define.ts';
import { counter, flag, text } from '../kinds.ts';

export const ipsecInstalledSa = defineCapability({
  id: 'ipsec-installed-sa',
  title: 'IPsec installed keys',
  about: 'Agreements by which IPsec protects traffic right now; the keys themselves are never shown.',
  menu: '/ip/ipsec/installed-sa',
  shape: 'table',
  topic: 'vpn',
  key: [],
  fields: {
    srcAddress: text({ about: 'Sending end.', readOnly: true, live: true, column: 1 }),
    dstAddress: text({ about: 'Receiving end.', readOnly: true, live: true, column: 2 }),
    state: text({ about: 'Stage of its life.', readOnly: true, live: true, column: 3 }),
    encAlgorithm: text({ about: 'Cipher in use.', readOnly: true, live: true, column: 4 }),
    authAlgorithm: text({ about: 'Way of signing in use.', readOnly: true, live: true, column: 5 }),
    currentBytes: counter({ about: 'Bytes protected so far.', readOnly: true, live: true, column: 6 }),
    expiresIn: text({ about: 'Time until it ends.', readOnly: true, live: true, column: 7 }),
    esp: flag({ about: 'Protected by ESP.', readOnly: true, live: true, wire: 'ESP' }),
    ah: flag({ about: 'Protected by AH.', readOnly: true, live: true, wire: 'AH' }),
    spi: text({ about: 'Number of the agreement, hexadecimal.', readOnly: true, live: true }),
    encKey: text({ about: 'Key of the cipher.', readOnly: true, live: true, secret: true }),
    encKeySize: counter({ about: 'Length of the cipher key in bits.', readOnly: true, live: true, secret: false }),
    authKey: text({ about: 'Key of the signature.', readOnly: true, live: true, secret: true }),
    addLifetime: text({ about: 'Time until it is renewed and until it ends.', readOnly: true, live: true }),
    addtime: text({ about: 'When it was agreed.', readOnly: true, live: true }),
    currentPackets: counter({ about: 'Packets protected so far.', readOnly: true, live: true }),
    invalidPackets: counter({ about: 'Packets that failed the check.', readOnly: true, live: true }),
    replay: counter({ about: 'Packets looked back to find repeated ones.', readOnly: true, live: true }),
    seenTraffic: flag({ about: 'Traffic has passed.', readOnly: true, live: true }),
    hwAead: flag({ about: 'Hardware encrypts and signs.', readOnly: true, live: true }),
  },
});
