import { defineCapability } from '../define.ts';
import { flag, integer, oneOf, text, textSet } from '../kinds.ts';
import { differs, dormant, goesDown } from '../touched.ts';

export const ospfInstance = defineCapability({
  id: 'ospf-instance',
  title: 'OSPF instances',
  about: 'OSPF speakers on a router, and what each tells its neighbours about other routes.',
  menu: '/routing/ospf/instance',
  shape: 'list',
  topic: 'routing',
  // RouterOS takes the same name twice.
  key: [],
  unset: 'command',
  fence: 'routing-writes',
  fields: {
    name: text({ about: 'Name that areas refer to.', required: true, column: 1 }),
    version: oneOf('2', '3')({ about: 'OSPF version: 2 for IPv4, 3 for IPv6.', fallback: '2', column: 2 }),
    routerId: text({ about: 'Identifier, or the name of one.', column: 3 }),
    vrf: text({ about: 'VRF it runs in.', fallback: 'main', column: 4 }),
    redistribute: textSet({ about: 'Sorts of routes it tells others about.', column: 5 }),
    originateDefault: oneOf(
      'never',
      'if-installed',
      'always',
    )({ about: 'When it announces a default route.', fallback: 'never', column: 6 }),
    routingTable: text({ about: 'Table that learned routes go to.', fallback: 'main' }),
    inFilterChain: text({ about: 'Filter chain for learned routes.' }),
    outFilterChain: text({ about: 'Filter chain for routes it tells others about.' }),
    outFilterSelect: text({ about: 'Chain that chooses among candidate routes.' }),
    domainId: text({ about: 'Domain in an MPLS VPN.' }),
    domainTag: integer()({ about: 'Tag of routes from an MPLS VPN.' }),
    useDn: flag({ about: 'Sets and heeds the down bit of MPLS VPNs.' }),
    mplsTeAddress: text({ about: 'Address told for traffic engineering.' }),
    mplsTeArea: text({ about: 'Area used for traffic engineering.' }),
    inactive: flag({ about: 'Cannot work as it is.', readOnly: true, live: true, column: 7 }),
    disabled: flag({ about: 'Kept but not in force.', column: 8 }),
    comment: text({ about: 'Note kept on the router.', column: 9 }),
  },
  // Without areas a new one does nothing; an old one may have brought the way back to us, and may announce a default route to others.
  risk: ({ verb, before, after }) => {
    if (dormant(before, after)) return 'low';
    if ((after?.originateDefault ?? 'never') !== (before?.originateDefault ?? 'never')) return 'high';
    if (verb === 'add') return 'low';
    const moves = differs(before, after, 'routerId', 'version', 'vrf', 'routingTable', 'redistribute', 'inFilterChain');
    if (goesDown(before, after) || moves) return 'high';
    return differs(before, after, 'name', 'outFilterChain', 'outFilterSelect', 'disabled', 'domainId', 'domainTag', 'useDn')
      ? 'medium'
      : 'low';
  },
});
