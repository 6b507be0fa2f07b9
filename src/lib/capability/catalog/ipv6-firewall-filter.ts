import { defineCapability } from '../define.ts';
import {
  addressMatchers,
  connectionMatchers,
  ipv6Matchers,
  packetMatchers,
  ruleFields,
  stateMatcher,
  tcpFlagMatcher,
  tlsMatcher,
} from '../groups/firewall.ts';
import { not, oneOf, text, word } from '../kinds.ts';

export const ipv6FirewallFilter = defineCapability({
  id: 'ipv6-firewall-filter',
  title: 'IPv6 firewall filter',
  about: 'Rules that pass or drop IPv6 packets, asked from the top.',
  menu: '/ipv6/firewall/filter',
  shape: 'ordered',
  topic: 'ipv6',
  key: [],
  unset: 'command',
  fence: 'firewall-writes',
  fields: {
    chain: text({ about: 'Where the rule is asked: input, forward, output or a chain of your own.', required: true, column: 1 }),
    action: oneOf(
      'accept',
      'drop',
      'reject',
      'jump',
      'return',
      'log',
      'passthrough',
      'fasttrack-connection',
      'add-src-to-address-list',
      'add-dst-to-address-list',
    )({ about: 'What happens to a packet that fits.', required: true, column: 2 }),
    ...addressMatchers,
    ...stateMatcher,
    connectionNatState: not.setOf('srcnat', 'dstnat')({ about: 'How its connection is translated.' }),
    ...connectionMatchers,
    ...packetMatchers,
    ...tcpFlagMatcher,
    ...ipv6Matchers,
    ...tlsMatcher,
    rejectWith: word({ about: 'Answer given by reject.' }),
    ...ruleFields,
  },
  // The input chain decides whether we get in again.
  risk: ({ before, after }) => (before?.chain === 'input' || after?.chain === 'input' ? 'high' : 'medium'),
});
