import { defineCapability } from '../define.ts';
import { counter, flag, oneOf, text, time } from '../kinds.ts';
import { differs, dormant } from '../touched.ts';

export const pppSecret = defineCapability({
  id: 'ppp-secret',
  title: 'PPP secrets',
  about: 'Names that may log in by PPP, PPPoE, L2TP, SSTP, PPTP or OpenVPN; passwords are never shown.',
  menu: '/ppp/secret',
  shape: 'list',
  topic: 'vpn',
  // One name may log in differently by each service.
  key: ['name', 'service'],
  unset: 'command',
  fields: {
    name: text({ about: 'Name to log in with.', required: true, column: 1 }),
    service: oneOf(
      'any',
      'async',
      'l2tp',
      'ovpn',
      'pppoe',
      'pptp',
      'sstp',
    )({ about: 'Service it is good for.', fallback: 'any', column: 2 }),
    profile: text({ about: 'PPP profile its sessions use.', fallback: 'default', column: 3 }),
    remoteAddress: text({ about: 'Address the far end is given.', column: 4 }),
    localAddress: text({ about: 'Own address on its link.', column: 5 }),
    callerId: text({ about: 'Address or number it must call from.', column: 6 }),
    password: text({ about: 'Password to log in with.', secret: true }),
    routes: text({ about: 'Routes through it while it is connected.' }),
    ipv6Routes: text({ about: 'IPv6 routes through it while it is connected.', wire: 'ipv6-routes' }),
    remoteIpv6Prefix: text({ about: 'IPv6 prefix the far end is given.', wire: 'remote-ipv6-prefix' }),
    limitBytesIn: counter({ about: 'Bytes it may send in a session; 0 is no limit.', fallback: '0' }),
    limitBytesOut: counter({ about: 'Bytes it may be sent in a session; 0 is no limit.', fallback: '0' }),
    lastLoggedOut: time({ about: 'When it last logged out.', readOnly: true, live: true, column: 7 }),
    lastCallerId: text({ about: 'Where it last called from.', readOnly: true, live: true }),
    lastDisconnectReason: text({ about: 'Why its last session ended.', readOnly: true, live: true }),
    disabled: flag({ about: 'May not log in.', column: 8 }),
    comment: text({ about: 'Note kept on the router.', column: 9 }),
  },
  risk: ({ verb, before, after }) => {
    if (dormant(before, after)) return 'low';
    const opens = ['name', 'service', 'profile', 'remoteAddress', 'localAddress', 'callerId', 'routes', 'disabled'] as const;
    return verb === 'set' && !differs(before, after, ...opens, 'ipv6Routes', 'remoteIpv6Prefix') ? 'low' : 'medium';
  },
  // One without a password lets in whoever knows the name.
  refuse: ({ verb, after }) =>
    verb === 'add' && !after?.disabled && !after?.password
      ? 'it would have no password: give it one, or add it disabled and set the password later'
      : undefined,
});
