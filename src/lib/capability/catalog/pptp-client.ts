import { defineCapability } from '../define.ts';
import { authentication, defaultRouteDistance, dialled, dialOnDemand, linkLimits } from '../groups/vpn.ts';
import { oneOf, text } from '../kinds.ts';

export const pptpClient = defineCapability({
  id: 'pptp-client',
  title: 'PPTP clients',
  about: 'PPTP tunnels this router dials; their encryption is broken, so they are only shown.',
  menu: '/interface/pptp-client',
  shape: 'table',
  topic: 'vpn',
  key: ['name'],
  fields: {
    ...dialled,
    connectTo: text({ about: 'Address or name of the server.', column: 2 }),
    user: text({ about: 'Name it logs in with.', column: 3 }),
    allow: authentication({ about: 'Ways of logging in it agrees to.' }),
    usePeerDns: oneOf('no', 'yes', 'exclusively')({ about: 'Takes the DNS servers it is told.', fallback: 'no' }),
    dialOnDemand,
    defaultRouteDistance,
    ...linkLimits,
  },
});
