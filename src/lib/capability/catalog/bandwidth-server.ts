import { defineCapability } from '../define.ts';
import { flag, integer, networkSet } from '../kinds.ts';

export const bandwidthServer = defineCapability({
  id: 'bandwidth-server',
  title: 'Bandwidth test server',
  about: 'Whether others may measure their speed to a router.',
  menu: '/tool/bandwidth-server',
  shape: 'singleton',
  topic: 'diagnostics',
  key: [],
  fields: {
    enabled: flag({ about: 'Others may measure.', column: 1 }),
    authenticate: flag({ about: 'They must log in for it.', column: 2 }),
    maxSessions: integer({ min: 1, max: 1_000 })({ about: 'Measurements at the same time.', column: 3 }),
    allocateUdpPortsFrom: integer({ min: 1_000, max: 64_000 })({ about: 'First UDP port that is used.', column: 4 }),
    allowedAddresses4: networkSet({ about: 'IPv4 networks that may measure; none means any.', wire: 'allowed-addresses4', from: '7.18' }),
    allowedAddresses6: networkSet({ about: 'IPv6 networks that may measure; none means any.', wire: 'allowed-addresses6', from: '7.18' }),
  },
  // A measurement takes all the router and its lines can give; without a login anybody may start one.
  risk: ({ before, after }) => {
    const opens = after?.enabled && (!before?.enabled || (before.authenticate && !after.authenticate));
    return opens ? 'medium' : 'low';
  },
});
