import { defineCapability } from '../define.ts';
import { duration, flag } from '../kinds.ts';

export const pppAaa = defineCapability({
  id: 'ppp-aaa',
  title: 'PPP authentication and accounting',
  about: 'Whether RADIUS is asked who may log in by PPP, and told what was used.',
  menu: '/ppp/aaa',
  shape: 'table',
  topic: 'vpn',
  key: [],
  fields: {
    useRadius: flag({ about: 'RADIUS is asked who may log in.', column: 1 }),
    accounting: flag({ about: 'RADIUS is told what was used.', column: 2 }),
    interimUpdate: duration()({ about: 'Time between reports of a session; 0 is none.', column: 3 }),
    enableIpv6Accounting: flag({ about: 'IPv6 is counted apart.', wire: 'enable-ipv6-accounting', from: '7.15' }),
    useCircuitIdInNasPortId: flag({ about: 'The circuit id is reported as the port.', wire: 'use-circuit-id-in-nas-port-id' }),
  },
});
