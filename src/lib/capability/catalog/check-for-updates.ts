import { defineAction } from '../define.ts';
import { text } from '../kinds.ts';

export const checkForUpdates = defineAction({
  id: 'check-for-updates',
  title: 'Look for updates',
  about: 'Asks the maker which RouterOS version is the latest in this channel; installs nothing.',
  menu: '/system/package/update',
  command: 'check-for-updates',
  topic: 'system',
  effect: 'cache',
  perMinute: 2,
  args: {},
  answer: {
    channel: text({ about: 'Channel it follows.', readOnly: true, column: 1 }),
    installedVersion: text({ about: 'Version in force.', readOnly: true, column: 2 }),
    latestVersion: text({ about: 'Latest version.', readOnly: true, column: 3 }),
    status: text({ about: 'What the router says.', readOnly: true, column: 4 }),
  },
  rows: (items) => items.slice(-1),
  summary: (items) => {
    const { installedVersion = null, latestVersion = null, status = null } = items.at(-1) ?? {};
    return { installedVersion, latestVersion, updateAvailable: latestVersion === null ? null : latestVersion !== installedVersion, status };
  },
});
