import { defineCapability } from '../define.ts';
import {
  addressMatchers,
  connectionMatchers,
  deepMatchers,
  ipv4Matchers,
  packetMatchers,
  ruleFields,
  stateMatcher,
  tcpFlagMatcher,
  tlsMatcher,
} from '../groups/firewall.ts';
import { flag, not, oneOf, text, word } from '../kinds.ts';

export const firewallFilter = defineCapability({
  id: 'firewall-filter',
  title: 'Firewall filter',
  about: 'Rules that pass or drop packets, asked from the top.',
  menu: '/ip/firewall/filter',
  shape: 'ordered',
  topic: 'firewall',
  // RouterOS has no name for a rule: it is known by its content, its place and, inside one plan, its id.
  key: [],
  unset: 'command',
  fence: 'firewall-writes',
  tool: { read: 'list_firewall_filter_rules', plan: 'plan_firewall_filter_change' },
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
      'tarpit',
      'add-src-to-address-list',
      'add-dst-to-address-list',
    )({ about: 'What happens to a packet that fits.', required: true, column: 2 }),
    ...addressMatchers,
    ...stateMatcher,
    connectionNatState: not.setOf('srcnat', 'dstnat', 'ein-snat', 'ein-dnat')({ about: 'How its connection is translated.' }),
    ...connectionMatchers,
    ...packetMatchers,
    ...tcpFlagMatcher,
    ...ipv4Matchers,
    ...deepMatchers,
    ...tlsMatcher,
    p2p: not.text({ about: 'Peer-to-peer protocol.' }),
    hwOffload: flag({ about: 'Fast-tracked connections may go to hardware.', until: '7.21' }),
    rejectWith: word({ about: 'Answer given by reject.' }),
    ...ruleFields,
  },
  // The input chain decides whether we get in again.
  risk: ({ before, after }) => (before?.chain === 'input' || after?.chain === 'input' ? 'high' : 'medium'),
});
