import { defineCapability } from '../define.ts';
import { address, host, integer, oneOf, text } from '../kinds.ts';

export const email = defineCapability({
  id: 'email',
  title: 'E-mail',
  about: 'The mail server a router sends through, and how the last message fared.',
  menu: '/tool/e-mail',
  shape: 'table',
  topic: 'system',
  key: [],
  fields: {
    server: host({ about: 'Mail server; 0.0.0.0 when none is set.', readOnly: true, column: 1 }),
    port: integer({ max: 65_535 })({ about: 'Port of the mail server.', readOnly: true, column: 2 }),
    tls: oneOf('no', 'starttls', 'yes')({ about: 'How the connection is encrypted.', readOnly: true, column: 3 }),
    certificateVerification: oneOf(
      'no',
      'yes',
      'yes-without-crl',
    )({
      about: 'Whether the certificate of the mail server is checked.',
      readOnly: true,
      from: '7.21',
    }),
    from: text({ about: 'Sender of messages.', readOnly: true, column: 4 }),
    user: text({ about: 'Account at the mail server.', readOnly: true, column: 5 }),
    password: text({ about: 'Password at the mail server.', readOnly: true, secret: true }),
    vrf: text({ about: 'Routing table used to reach the mail server.', readOnly: true }),
    lastStatus: text({ about: 'How the last message fared.', readOnly: true, live: true, column: 6 }),
    lastAddress: address({ about: 'Address the last message was sent to.', readOnly: true, live: true }),
  },
});
