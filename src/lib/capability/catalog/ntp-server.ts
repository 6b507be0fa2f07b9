import { defineCapability } from '../define.ts';
import { addressSet, flag, integer, text } from '../kinds.ts';

export const ntpServer = defineCapability({
  id: 'ntp-server',
  title: 'NTP server',
  about: 'Whether a router gives its time to others.',
  menu: '/system/ntp/server',
  shape: 'singleton',
  topic: 'dns-ntp',
  key: [],
  fields: {
    enabled: flag({ about: 'Answer questions about the time.', column: 1 }),
    broadcast: flag({ about: 'Send the time to broadcast addresses.', column: 2 }),
    broadcastAddresses: addressSet({ about: 'Broadcast addresses it is sent to.' }),
    multicast: flag({ about: 'Send the time to the multicast group.', column: 3 }),
    manycast: flag({ about: 'Answer clients that look for a server.', column: 4 }),
    useLocalClock: flag({ about: 'Give its own time when it has no better one.', column: 5 }),
    localClockStratum: integer({ min: 1, max: 16 })({ about: 'Stratum it claims for its own time.', column: 6 }),
    // The name of a key under /system/ntp/key, or none: not the key itself.
    authKey: text({ about: 'Key that answers are signed with, by name.', secret: false, fallback: 'none' }),
    vrf: text({ about: 'Routing table on which it answers.', fallback: 'main', column: 7 }),
  },
  // Opened to others it can be made to flood a third party, if the firewall does not stand in the way.
  risk: ({ before, after }) => (!before?.enabled && after?.enabled ? 'medium' : 'low'),
});
