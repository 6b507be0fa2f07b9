import { defineCapability } from '../define.ts';
import { oneOf, text } from '../kinds.ts';

export const packageUpdate = defineCapability({
  id: 'package-update',
  title: 'Updates',
  about: 'Which RouterOS a router runs, which its channel offers, and what the last check said.',
  menu: '/system/package/update',
  shape: 'table',
  topic: 'system',
  key: [],
  fields: {
    channel: text({ about: 'Channel updates are taken from, such as stable or long-term.', readOnly: true, column: 1 }),
    installedVersion: text({ about: 'Version that runs.', readOnly: true, column: 2 }),
    latestVersion: text({ about: 'Version the channel had at the last check.', readOnly: true, live: true, column: 3 }),
    status: text({ about: 'What the last check or download said.', readOnly: true, live: true, column: 4 }),
    checkCertificate: oneOf(
      'no',
      'yes',
      'yes-without-crl',
    )({
      about: 'Check the certificate of the update server.',
      readOnly: true,
      from: '7.23',
    }),
    ipVersion: oneOf('auto', 'ipv4', 'ipv6')({ about: 'Protocol used to reach the update server.', readOnly: true, from: '7.23' }),
    mode: oneOf('http', 'https')({ about: 'How packages are downloaded.', readOnly: true, from: '7.23' }),
  },
});
