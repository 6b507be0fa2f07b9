import { address, duration, farEnd, flag, integer, oneOf, text, word } from '../kinds.ts';

/** How an interface speaks ARP. */
export const arpFields = {
  arp: oneOf('disabled', 'enabled', 'local-proxy-arp', 'proxy-arp', 'reply-only')({ about: 'How ARP questions are answered.' }),
  arpTimeout: duration('auto')({ about: 'How long an ARP entry is kept.' }),
};

/** Loop protection of an interface. */
export const loopProtectFields = {
  loopProtect: oneOf('default', 'off', 'on')({ about: 'Watch for frames of our own that come back.' }),
  loopProtectDisableTime: duration()({ about: 'How long a looped port stays off.' }),
  loopProtectSendInterval: duration()({ about: 'Time between loop probes.' }),
  loopProtectStatus: text({ about: 'What loop protection has found.', readOnly: true, live: true }),
};

/** What the IP tunnels have in common. */
export const tunnelFields = {
  remoteAddress: farEnd({ about: 'Address of the far end.', required: true, column: 3 }),
  localAddress: address({ about: 'Own address of the tunnel.', column: 4 }),
  mtu: integer({ max: 65_535, words: ['auto'] })({ about: 'Largest packet in bytes.', column: 5 }),
  actualMtu: integer()({ about: 'Largest packet in force, in bytes.', readOnly: true, live: true }),
  allowFastPath: flag({ about: 'Let frames take the fast path.', fallback: 'yes' }),
  clampTcpMss: flag({ about: 'Lower TCP segments so that they fit.', fallback: 'yes' }),
  currentRemoteAddress: text({ about: 'Address of the far end in use.', readOnly: true, live: true }),
  dontFragment: oneOf('inherit', 'no')({ about: 'Whether packets may be cut on the way.' }),
  dscp: integer({ max: 63, words: ['inherit'] })({ about: 'DSCP of the outer packet.' }),
  ipsecSecret: text({ about: 'Secret of the IPsec around the tunnel.', secret: true }),
  keepalive: word({ about: 'Probe interval and tries, as 10s,10.' }),
};

/** Lists that RouterOS keeps itself. */
export const BUILTIN_LISTS: readonly string[] = ['all', 'none', 'dynamic', 'static'];
