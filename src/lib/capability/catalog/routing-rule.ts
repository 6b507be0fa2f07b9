import { defineCapability } from '../define.ts';
import { flag, integer, oneOf, prefix, text } from '../kinds.ts';
import { covers, differs, dormant, isEverything } from '../touched.ts';

interface Rule {
  readonly action?: string;
  readonly srcAddress?: string;
  readonly dstAddress?: string;
  readonly interface?: string;
  readonly routingMark?: string;
}

const takesAll = ({ srcAddress, dstAddress, interface: by, routingMark }: Rule): boolean =>
  !by && !routingMark && [srcAddress, dstAddress].every((one) => !one || isEverything(one));

export const routingRule = defineCapability({
  id: 'routing-rule',
  title: 'Routing rules',
  about: 'Which routing table a packet is sent by, asked from the top.',
  menu: '/routing/rule',
  shape: 'ordered',
  topic: 'routing',
  key: [],
  unset: 'command',
  fence: 'routing-writes',
  fields: {
    action: oneOf(
      'lookup',
      'lookup-only-in-table',
      'drop',
      'unreachable',
    )({ about: 'What happens to a packet that fits.', fallback: 'lookup', column: 1 }),
    table: text({ about: 'Table in which its route is looked up.', column: 2 }),
    srcAddress: prefix({ about: 'Network the packet comes from.', column: 3 }),
    dstAddress: prefix({ about: 'Network the packet goes to.', column: 4 }),
    interface: text({ about: 'Interface it came in by.', column: 5 }),
    routingMark: text({ about: 'Routing mark it carries.', column: 6 }),
    minPrefix: integer()({ about: 'Routes of at most this prefix length are passed over.' }),
    chain: text({ about: 'Chain of rules it is part of.', from: '7.22' }),
    realm: integer()({ about: 'Routing realm of the packet.', from: '7.22' }),
    vrf: text({ about: 'VRF the packet belongs to.', from: '7.22' }),
    inactive: flag({ about: 'Refers to something that does not exist.', readOnly: true, live: true }),
    default: flag({ about: 'Came with the router.', readOnly: true }),
    disabled: flag({ about: 'Kept but not asked.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
  },
  risk: ({ verb, before, after }, { ownHost }) => {
    if (dormant(before, after)) return 'low';
    const steers = ['action', 'table', 'srcAddress', 'dstAddress', 'interface', 'routingMark', 'minPrefix', 'disabled'] as const;
    if (verb === 'set' && !differs(before, after, ...steers, 'chain', 'realm', 'vrf')) return 'low';
    const ours = [before, after].some(
      (rule) => rule && (takesAll(rule) || covers(rule.srcAddress, ownHost) || covers(rule.dstAddress, ownHost)),
    );
    return ours ? 'high' : 'medium';
  },
});
