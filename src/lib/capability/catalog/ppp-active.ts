import { defineCapability } from '../define.ts';
import { counter, duration, flag, text } from '../kinds.ts';

export const pppActive = defineCapability({
  id: 'ppp-active',
  title: 'PPP sessions',
  about: 'Who is connected by PPP, PPPoE, L2TP, SSTP, PPTP or OpenVPN right now.',
  menu: '/ppp/active',
  shape: 'table',
  topic: 'vpn',
  key: [],
  large: true,
  fields: {
    name: text({ about: 'Name it logged in with.', readOnly: true, live: true, column: 1 }),
    service: text({ about: 'Service it came by.', readOnly: true, live: true, column: 2 }),
    address: text({ about: 'Address it was given.', readOnly: true, live: true, column: 3 }),
    callerId: text({ about: 'Where it calls from.', readOnly: true, live: true, column: 4 }),
    uptime: duration()({ about: 'Time since it connected.', readOnly: true, live: true, column: 5 }),
    encoding: text({ about: 'How the link is encrypted.', readOnly: true, live: true, column: 6 }),
    sessionId: text({ about: 'Number of the session, hexadecimal.', readOnly: true, live: true }),
    limitBytesIn: counter({ about: 'Bytes it may send; 0 is no limit.', readOnly: true, live: true }),
    limitBytesOut: counter({ about: 'Bytes it may be sent; 0 is no limit.', readOnly: true, live: true }),
    radius: flag({ about: 'Let in by RADIUS.', readOnly: true, live: true, column: 7 }),
    comment: text({ about: 'Note of its secret.', readOnly: true, live: true }),
  },
});
