import { defineCapability } from '../define.ts';
import { flag, hostSequence, integer, oneOf, text } from '../kinds.ts';

export const ntpClient = defineCapability({
  id: 'ntp-client',
  title: 'NTP client',
  about: 'Where a router gets its time from, and whether it did.',
  menu: '/system/ntp/client',
  shape: 'singleton',
  topic: 'dns-ntp',
  key: [],
  tool: { read: 'get_ntp_status', plan: 'plan_ntp_change', direct: 'update_ntp_servers' },
  fields: {
    enabled: flag({ about: 'Ask time servers.', column: 1 }),
    servers: hostSequence({ about: 'Time servers, in order.', column: 2 }),
    mode: oneOf('unicast', 'broadcast', 'manycast', 'multicast')({ about: 'How servers are found.', column: 6 }),
    vrf: text({ about: 'Routing table used to reach the servers.', fallback: 'main' }),
    status: text({ about: 'What the client is doing.', readOnly: true, live: true, column: 3 }),
    syncedServer: text({ about: 'Server it is in step with.', readOnly: true, live: true, column: 4 }),
    syncedStratum: integer()({ about: 'Stratum of that server.', readOnly: true, live: true, column: 5 }),
    systemOffset: text({ about: 'Offset of the clock in milliseconds.', readOnly: true, live: true }),
    freqDrift: text({ about: 'Frequency drift in parts per million.', readOnly: true, live: true }),
  },
  risk: () => 'low',
});
