import { defineCapability } from '../define.ts';
import {
  addressMatchers,
  connectionMatchers,
  ipv6Matchers,
  onlyRead,
  packetMatchers,
  ruleFields,
  stateMatcher,
  tcpFlagMatcher,
} from '../groups/firewall.ts';
import { not, text } from '../kinds.ts';

export const ipv6FirewallNat = defineCapability({
  id: 'ipv6-firewall-nat',
  title: 'IPv6 NAT',
  about: 'Rules that translate IPv6 addresses and ports.',
  menu: '/ipv6/firewall/nat',
  shape: 'table',
  topic: 'ipv6',
  key: [],
  fields: onlyRead({
    chain: text({ about: 'Where the rule is asked.', column: 1 }),
    action: text({ about: 'What happens to a connection that fits.', column: 2 }),
    ...addressMatchers,
    toAddress: text({ about: 'Address or prefix put in place of the old one.', column: 10 }),
    toPorts: text({ about: 'Port or range put in place of the old one.', column: 11 }),
    ...stateMatcher,
    ...connectionMatchers,
    ...packetMatchers,
    ...tcpFlagMatcher,
    ...ipv6Matchers,
    tlsHost: not.text({ about: 'Host name of a TLS handshake.', until: '7.16' }),
    ...ruleFields,
  }),
});
