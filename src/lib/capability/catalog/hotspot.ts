import { defineCapability } from '../define.ts';
import { flag, text } from '../kinds.ts';

export const hotspot = defineCapability({
  id: 'hotspot',
  title: 'HotSpot servers',
  about: 'Interfaces whose users must log in before they get out.',
  menu: '/ip/hotspot',
  shape: 'table',
  topic: 'ip',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the server.', readOnly: true, column: 1 }),
    interface: text({ about: 'Interface whose users log in.', readOnly: true, column: 2 }),
    profile: text({ about: 'Profile with its settings.', readOnly: true, column: 3 }),
    addressPool: text({ about: 'Pool of addresses for its users.', readOnly: true, column: 4 }),
    proxyStatus: text({ about: 'State of its web proxy.', readOnly: true, live: true, column: 5 }),
    disabled: flag({ about: 'Kept but not in force.', readOnly: true, column: 6 }),
    invalid: flag({ about: 'Cannot work, as when its interface is missing.', readOnly: true, live: true }),
    https: flag({ about: 'Users may log in over HTTPS.', readOnly: true, live: true, wire: 'HTTPS' }),
    ipOfDnsName: text({ about: 'Address behind the name of its login page.', readOnly: true, live: true }),
    addressesPerMac: text({ about: 'Addresses one hardware address may use.', readOnly: true }),
    idleTimeout: text({ about: 'Log out a user who is silent for this long.', readOnly: true }),
    keepaliveTimeout: text({ about: 'Log out a user who cannot be reached for this long.', readOnly: true }),
    loginTimeout: text({ about: 'Forget a host that has not logged in after this long.', readOnly: true }),
  },
});
