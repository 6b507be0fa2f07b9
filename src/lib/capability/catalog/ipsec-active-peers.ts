import { defineCapability } from '../define.ts';
import { counter, duration, flag, text } from '../kinds.ts';

export const ipsecActivePeers = defineCapability({
  id: 'ipsec-active-peers',
  title: 'IPsec active peers',
  about: 'Far ends with which IPsec has an agreement right now.',
  menu: '/ip/ipsec/active-peers',
  shape: 'table',
  topic: 'vpn',
  key: [],
  fields: {
    remoteAddress: text({ about: 'Address of the far end.', readOnly: true, live: true, column: 1 }),
    localAddress: text({ about: 'Own address.', readOnly: true, live: true, column: 2 }),
    id: text({ about: 'Name the far end gave.', readOnly: true, live: true, column: 3 }),
    state: text({ about: 'How far the agreement got.', readOnly: true, live: true, column: 4 }),
    uptime: duration()({ about: 'Time since it was agreed.', readOnly: true, live: true, column: 5 }),
    lastSeen: duration()({ about: 'Time since the far end was last heard.', readOnly: true, live: true, column: 6 }),
    ph2Total: counter({ about: 'Agreements about traffic.', readOnly: true, live: true, wire: 'ph2-total', column: 7 }),
    side: text({ about: 'Who began: initiator or responder.', readOnly: true, live: true }),
    responder: flag({ about: 'The far end began.', readOnly: true, live: true }),
    dynamicAddress: text({ about: 'Address the far end was given.', readOnly: true, live: true }),
    port: counter({ about: 'UDP port of the far end.', readOnly: true, live: true }),
    nattPeer: flag({ about: 'The far end is behind address translation.', readOnly: true, live: true }),
    ppk: flag({ about: 'An extra key guards against later decryption.', readOnly: true, live: true }),
    spii: text({ about: 'Number of the agreement at the side that began.', readOnly: true, live: true }),
    spir: text({ about: 'Number of the agreement at the other side.', readOnly: true, live: true }),
    rxBytes: counter({ about: 'Bytes received.', readOnly: true, live: true }),
    txBytes: counter({ about: 'Bytes sent.', readOnly: true, live: true }),
    rxPackets: counter({ about: 'Packets received.', readOnly: true, live: true }),
    txPackets: counter({ about: 'Packets sent.', readOnly: true, live: true }),
    comment: text({ about: 'Note of its peer.', readOnly: true, live: true }),
  },
});
