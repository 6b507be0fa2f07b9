import { defineCapability } from '../define.ts';
import { duration, flag, integer, text } from '../kinds.ts';

export const ipSocks = defineCapability({
  id: 'ip-socks',
  title: 'SOCKS proxy',
  about: 'Whether a router passes on connections of others; an open one is a common sign of an intrusion.',
  menu: '/ip/socks',
  shape: 'table',
  topic: 'system',
  key: [],
  fields: {
    enabled: flag({ about: 'Passes on connections.', readOnly: true, column: 1 }),
    port: integer({ min: 1, max: 65_535 })({ about: 'Port it listens on.', readOnly: true, column: 2 }),
    version: text({ about: 'Version of the protocol, 4 or 5.', readOnly: true, column: 3 }),
    authMethod: text({ about: 'What it asks for: none or password.', readOnly: true, column: 4 }),
    maxConnections: integer({ min: 1, max: 500 })({ about: 'Most connections at the same time.', readOnly: true, column: 5 }),
    connectionIdleTimeout: duration()({ about: 'Silence after which a connection is closed.', readOnly: true }),
    vrf: text({ about: 'Routing table on which it listens.', readOnly: true, column: 6 }),
  },
});
