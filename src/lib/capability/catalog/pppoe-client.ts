import { defineCapability } from '../define.ts';
import { authentication, defaultRouteDistance, dialled, dialOnDemand, linkLimits, linkRisk } from '../groups/vpn.ts';
import { flag, text } from '../kinds.ts';

export const pppoeClient = defineCapability({
  id: 'pppoe-client',
  title: 'PPPoE clients',
  about: 'Lines to a provider that are dialled over Ethernet.',
  menu: '/interface/pppoe-client',
  shape: 'list',
  topic: 'vpn',
  key: ['name'],
  unset: 'command',
  fields: {
    ...dialled,
    interface: text({ about: 'Interface the line is on.', required: true, column: 2 }),
    user: text({ about: 'Name it logs in with.', column: 3 }),
    allow: authentication({ about: 'Ways of logging in it agrees to.' }),
    serviceName: text({ about: 'Service it asks for.' }),
    acName: text({ about: 'Concentrator it asks for.' }),
    usePeerDns: flag({ about: 'Takes the DNS servers it is told.' }),
    dialOnDemand,
    defaultRouteDistance,
    hostUniq: text({ about: 'Tag by which answers are told apart.' }),
    ...linkLimits,
    invalid: flag({ about: 'Its interface does not exist.', readOnly: true, live: true }),
  },
  risk: linkRisk,
});
