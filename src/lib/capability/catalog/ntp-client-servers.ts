import { defineCapability } from '../define.ts';
import { address, flag, host, integer, text } from '../kinds.ts';

export const ntpClientServers = defineCapability({
  id: 'ntp-client-servers',
  title: 'Time servers',
  about: 'The time servers a router asks, one by one; the plain list is set with ntp-client.',
  menu: '/system/ntp/client/servers',
  shape: 'table',
  topic: 'dns-ntp',
  key: ['address'],
  fields: {
    address: host({ about: 'Server by address or name.', readOnly: true, column: 1 }),
    resolvedAddress: address({ about: 'Address its name stands for.', readOnly: true, live: true, column: 2 }),
    iburst: flag({ about: 'Ask several times at first.', readOnly: true, column: 3 }),
    minPoll: integer({ min: 3, max: 17 })({
      about: 'Shortest time between questions, as a power of two seconds.',
      readOnly: true,
      column: 4,
    }),
    maxPoll: integer({ min: 3, max: 17 })({
      about: 'Longest time between questions, as a power of two seconds.',
      readOnly: true,
      column: 5,
    }),
    // The name of a key, or none: not the key itself.
    authKey: text({ about: 'Key that answers must be signed with, by name.', readOnly: true, secret: false }),
    disabled: flag({ about: 'Kept but not asked.', readOnly: true, column: 6 }),
    comment: text({ about: 'Note kept on the router.', readOnly: true }),
  },
});
