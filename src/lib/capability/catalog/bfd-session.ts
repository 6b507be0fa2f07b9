import { defineCapability } from '../define.ts';
import { counter, duration, flag, text } from '../kinds.ts';

export const bfdSession = defineCapability({
  id: 'bfd-session',
  title: 'BFD sessions',
  about: 'Far ends that BFD watches as they are right now.',
  menu: '/routing/bfd/session',
  shape: 'table',
  topic: 'routing',
  key: [],
  fields: {
    remoteAddress: text({ about: 'Address of the far end.', readOnly: true, live: true, column: 1 }),
    localAddress: text({ about: 'Own address.', readOnly: true, live: true, column: 2 }),
    state: text({ about: 'State of the session.', readOnly: true, live: true, column: 3 }),
    uptime: duration()({ about: 'Time since it came up.', readOnly: true, live: true, column: 4 }),
    stateChanges: counter({ about: 'How often its state changed.', readOnly: true, live: true, column: 5 }),
    actualTxInterval: duration()({ about: 'Time between packets sent.', readOnly: true, live: true, column: 6 }),
    holdTime: duration()({ about: 'Silence after which the far end counts as gone.', readOnly: true, live: true, column: 7 }),
    multiplier: counter({ about: 'Packets missed until then.', readOnly: true, live: true }),
    desiredTxInterval: duration()({ about: 'Shortest time between packets it wants to send.', readOnly: true, live: true }),
    requiredMinRx: duration()({ about: 'Shortest time between packets it takes.', readOnly: true, live: true }),
    remoteMinTx: duration()({ about: 'Shortest time between packets the far end wants to send.', readOnly: true, live: true }),
    remoteMinRx: duration()({ about: 'Shortest time between packets the far end takes.', readOnly: true, live: true }),
    packetsTx: counter({ about: 'Packets sent.', readOnly: true, live: true }),
    packetsRx: counter({ about: 'Packets received.', readOnly: true, live: true }),
    up: flag({ about: 'The far end answers.', readOnly: true, live: true }),
    inactive: flag({ about: 'Not in use.', readOnly: true, live: true }),
    multihop: flag({ about: 'The far end may be several hops away.', readOnly: true, live: true }),
    vrf: text({ about: 'VRF it runs in.', readOnly: true, live: true }),
  },
});
