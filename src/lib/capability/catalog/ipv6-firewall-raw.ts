import { defineCapability } from '../define.ts';
import { addressMatchers, ipv6Matchers, onlyRead, packetMatchers, ruleFields, tcpFlagMatcher, tlsMatcher } from '../groups/firewall.ts';
import { text } from '../kinds.ts';

export const ipv6FirewallRaw = defineCapability({
  id: 'ipv6-firewall-raw',
  title: 'IPv6 raw firewall',
  about: 'Rules that IPv6 packets meet before connections are followed.',
  menu: '/ipv6/firewall/raw',
  shape: 'table',
  topic: 'ipv6',
  key: [],
  fields: onlyRead({
    chain: text({ about: 'Where the rule is asked.', column: 1 }),
    action: text({ about: 'What happens to a packet that fits.', column: 2 }),
    ...addressMatchers,
    ...packetMatchers,
    ...tcpFlagMatcher,
    ...ipv6Matchers,
    ...tlsMatcher,
    ...ruleFields,
  }),
});
