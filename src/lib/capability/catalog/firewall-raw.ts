import { defineCapability } from '../define.ts';
import { addressMatchers, ipv4Matchers, packetMatchers, ruleFields, tcpFlagMatcher, tlsMatcher } from '../groups/firewall.ts';
import { oneOf, text } from '../kinds.ts';

const WATCHES = ['log', 'passthrough', 'add-src-to-address-list', 'add-dst-to-address-list'];

export const firewallRaw = defineCapability({
  id: 'firewall-raw',
  title: 'Raw firewall',
  about: 'Rules that packets meet before connections are followed, asked from the top.',
  menu: '/ip/firewall/raw',
  shape: 'ordered',
  topic: 'firewall',
  key: [],
  unset: 'command',
  fence: 'firewall-writes',
  fields: {
    chain: text({ about: 'Where the rule is asked: prerouting, output or a chain of your own.', required: true, column: 1 }),
    action: oneOf(
      'accept',
      'drop',
      'notrack',
      'jump',
      'return',
      'log',
      'passthrough',
      'add-src-to-address-list',
      'add-dst-to-address-list',
    )({ about: 'What happens to a packet that fits.', required: true, column: 2 }),
    ...addressMatchers,
    ...packetMatchers,
    ...tcpFlagMatcher,
    ...ipv4Matchers,
    ...tlsMatcher,
    ...ruleFields,
  },
  // Packets to the router pass here as well as all others: only rules that decide nothing are harmless.
  risk: ({ before, after }) => ([before, after].every((rule) => !rule || WATCHES.includes(rule.action ?? '')) ? 'medium' : 'high'),
});
