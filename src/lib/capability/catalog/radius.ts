import { defineCapability } from '../define.ts';
import { address, duration, flag, host, integer, text, textSet } from '../kinds.ts';

export const radius = defineCapability({
  id: 'radius',
  title: 'RADIUS servers',
  about: 'Servers a router asks whether somebody may come in.',
  menu: '/radius',
  shape: 'table',
  topic: 'user',
  key: [],
  fields: {
    address: host({ about: 'The server.', readOnly: true, column: 1 }),
    service: textSet({ about: 'For what it is asked, such as login or ppp.', readOnly: true, column: 2 }),
    protocol: text({ about: 'Protocol: udp or radsec.', readOnly: true, column: 3 }),
    secret: text({ about: 'Word that both sides share.', readOnly: true, secret: true }),
    authenticationPort: integer({ max: 65_535 })({ about: 'Port that is asked who may come in.', readOnly: true, column: 4 }),
    accountingPort: integer({ max: 65_535 })({ about: 'Port that is told what was used.', readOnly: true, column: 5 }),
    accountingBackup: flag({ about: 'Told what was used only when others do not answer.', readOnly: true }),
    timeout: duration()({ about: 'Wait for an answer.', readOnly: true, column: 6 }),
    radsecTimeout: duration()({ about: 'Wait for an answer over RadSec.', readOnly: true, from: '7.19' }),
    requireMessageAuth: text({ about: 'Whether answers must be signed.', readOnly: true, from: '7.15' }),
    srcAddress: address({ about: 'Address it is asked from.', readOnly: true }),
    certificate: text({ about: 'Certificate shown over RadSec, by name.', readOnly: true }),
    domain: text({ about: 'Windows domain sent along.', readOnly: true }),
    realm: text({ about: 'Realm put behind names.', readOnly: true }),
    calledId: text({ about: 'Called station for which it is asked.', readOnly: true }),
    status: text({ about: 'State of the RadSec connection.', readOnly: true, live: true, column: 7 }),
    disabled: flag({ about: 'Kept but not asked.', readOnly: true, column: 8 }),
    comment: text({ about: 'Note kept on the router.', readOnly: true, column: 9 }),
  },
});
