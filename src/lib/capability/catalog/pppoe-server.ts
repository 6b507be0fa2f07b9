import { defineCapability } from '../define.ts';
import { authentication, linkLimits } from '../groups/vpn.ts';
import { flag, integer, text } from '../kinds.ts';
import { dormant } from '../touched.ts';

export const pppoeServer = defineCapability({
  id: 'pppoe-server',
  title: 'PPPoE servers',
  about: 'Interfaces on which others may dial in over Ethernet.',
  menu: '/interface/pppoe-server/server',
  shape: 'list',
  topic: 'vpn',
  // The same service is refused twice on one interface, and taken on another.
  key: ['interface', 'serviceName'],
  fields: {
    interface: text({ about: 'Interface it listens on.', required: true, column: 1 }),
    serviceName: text({ about: 'Service it offers.', column: 2 }),
    defaultProfile: text({ about: 'PPP profile of its sessions.', column: 3 }),
    authentication: authentication({ about: 'Ways of logging in it agrees to.', column: 4 }),
    oneSessionPerHost: flag({ about: 'A second session of one host ends the first.', column: 5 }),
    maxSessions: integer({ words: ['unlimited'] })({ about: 'Sessions at once.', column: 6 }),
    acceptEmptyService: flag({ about: 'Callers need not name the service.' }),
    padoDelay: integer({ max: 10_000 })({ about: 'Milliseconds it waits before it offers itself.' }),
    pppoeOverVlanRange: text({ about: 'VLANs it also listens on.', from: '7.17' }),
    acceptUntagged: flag({ about: 'Also listens without a VLAN.', from: '7.20' }),
    ...linkLimits,
    invalid: flag({ about: 'Its interface does not exist.', readOnly: true, live: true }),
    disabled: flag({ about: 'Kept but not in force.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
  },
  risk: ({ before, after }) => (dormant(before, after) ? 'low' : 'medium'),
});
