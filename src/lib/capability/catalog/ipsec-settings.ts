import { defineCapability } from '../define.ts';
import { duration, flag, integer } from '../kinds.ts';

export const ipsecSettings = defineCapability({
  id: 'ipsec-settings',
  title: 'IPsec settings',
  about: 'How IPsec deals with RADIUS and with floods of callers.',
  menu: '/ip/ipsec/settings',
  shape: 'table',
  topic: 'vpn',
  key: [],
  fields: {
    xauthUseRadius: flag({ about: 'RADIUS is asked who may log in by XAuth.', column: 1 }),
    accounting: flag({ about: 'RADIUS is told what was used.', column: 2 }),
    interimUpdate: duration()({ about: 'Time between reports of a session; 0 is none.', column: 3 }),
    ddosCookieThreshold: integer()({ about: 'Half-open agreements from which callers must prove their address.', from: '7.22', column: 4 }),
  },
});
