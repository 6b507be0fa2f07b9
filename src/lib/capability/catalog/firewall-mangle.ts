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
import { address, integer, not, oneOf, openFlag, text, word } from '../kinds.ts';

export const firewallMangle = defineCapability({
  id: 'firewall-mangle',
  title: 'Mangle',
  about: 'Rules that mark packets or change their headers, asked from the top.',
  menu: '/ip/firewall/mangle',
  shape: 'ordered',
  topic: 'firewall',
  key: [],
  unset: 'command',
  fence: 'firewall-writes',
  fields: {
    chain: text({
      about: 'Where the rule is asked: prerouting, input, forward, output, postrouting or a chain of your own.',
      required: true,
      column: 1,
    }),
    action: oneOf(
      'accept',
      'mark-connection',
      'mark-packet',
      'mark-routing',
      'route',
      'change-mss',
      'change-ttl',
      'change-dscp',
      'set-priority',
      'clear-df',
      'strip-ipv4-options',
      'fasttrack-connection',
      'sniff-tzsp',
      'sniff-pc',
      'drop',
      'jump',
      'return',
      'log',
      'passthrough',
      'add-src-to-address-list',
      'add-dst-to-address-list',
    )({ about: 'What happens to a packet that fits.', required: true, column: 2 }),
    ...addressMatchers,
    ...stateMatcher,
    connectionNatState: not.setOf('srcnat', 'dstnat')({ about: 'How its connection is translated.' }),
    ...connectionMatchers,
    ...packetMatchers,
    ...tcpFlagMatcher,
    ...ipv4Matchers,
    ...deepMatchers,
    ...tlsMatcher,
    p2p: not.text({ about: 'Peer-to-peer protocol.' }),
    newConnectionMark: word({ about: 'Mark given to the connection.' }),
    newPacketMark: word({ about: 'Mark given to the packet.' }),
    newRoutingMark: word({ about: 'Routing table it is sent by from here on.' }),
    newDscp: word({ about: 'DSCP value to set, or where to take it from.' }),
    newMss: integer({ max: 65_535, words: ['clamp-to-pmtu'] })({ about: 'TCP segment size to set.' }),
    newPriority: word({ about: 'Priority to set, or where to take it from.' }),
    newTtl: word({ about: 'Time to live to set, as set:64 or increment:1.' }),
    // On is what RouterOS does unless it is told otherwise.
    passthrough: openFlag({ about: 'Ask the next rules too, after a mark or a change.', fallback: 'yes' }),
    routeDst: address({ about: 'Where route sends it.' }),
    sniffId: integer()({ about: 'Number in copies made by a sniff action.' }),
    sniffTarget: address({ about: 'Where copies go to.' }),
    sniffTargetPort: integer({ max: 65_535 })({ about: 'Port copies go to.' }),
    ...ruleFields,
  },
  // What is for the router itself, and what chooses another way for packets, decides whether we get in again.
  risk: ({ before, after }) => {
    const reachesUs = [before, after].some((rule) => {
      const diverts = ['drop', 'mark-routing', 'route', 'jump'].includes(rule?.action ?? '');
      return rule?.chain === 'input' || (diverts && !['forward', 'postrouting'].includes(rule?.chain ?? ''));
    });
    return reachesUs ? 'high' : 'medium';
  },
});
