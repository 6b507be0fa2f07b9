import { defineCapability } from '../define.ts';
import { isUpgrade, NO_DOWNGRADE, upgradeProblem } from '../groups/upgrade.ts';
import { oneOf, text } from '../kinds.ts';

export const packageUpdate = defineCapability({
  id: 'package-update',
  title: 'Updates',
  about: 'Which RouterOS a router runs, which its channel offers, what the last check said, and the way to another version.',
  menu: '/system/package/update',
  shape: 'singleton',
  topic: 'system',
  key: [],
  // MikroTik, "Upgrading and installation": `install` fetches what the channel has, and starts the router anew. On a small board that
  // takes minutes.
  setBy: {
    field: 'installed-version',
    menu: '/system/package/update',
    command: 'install',
    offer: { command: 'check-for-updates', field: 'latest-version' },
    away: 600,
    why: NO_DOWNGRADE,
  },
  fields: {
    channel: oneOf(
      'stable',
      'long-term',
      'testing',
      'development',
    )({ about: 'Channel updates are taken from.', required: true, column: 1 }),
    installedVersion: text({
      about: 'Version that runs; to set it is to upgrade, which needs consent.',
      required: true,
      example: '7.22.1',
      column: 2,
    }),
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
  risk: ({ before, after }) => (isUpgrade(before, after) ? 'high' : 'low'),
  refuse: ({ before, after }) => upgradeProblem(before, after),
  consent: ({ before, after }) => (isUpgrade(before, after) ? { to: 'upgrade', why: NO_DOWNGRADE } : undefined),
});
