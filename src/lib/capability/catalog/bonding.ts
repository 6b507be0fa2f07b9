import { defineCapability } from '../define.ts';
import { arpFields } from '../groups/interface.ts';
import { duration, flag, integer, mac, oneOf, text, textSet, word } from '../kinds.ts';
import { isNote } from '../touched.ts';

export const bonding = defineCapability({
  id: 'bonding',
  title: 'Bonds',
  about: 'Several ports used as one link.',
  menu: '/interface/bonding',
  shape: 'list',
  topic: 'interface',
  key: ['name'],
  unset: 'command',
  fields: {
    name: text({ about: 'Name of the interface.', required: true, column: 1 }),
    mode: oneOf(
      '802.3ad',
      'active-backup',
      'balance-alb',
      'balance-rr',
      'balance-tlb',
      'balance-xor',
      'broadcast',
    )({ about: 'How the links share the traffic.', column: 2 }),
    slaves: textSet({ about: 'Ports of the bond.', required: true, column: 3 }),
    running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 4 }),
    lacpRate: oneOf('1sec', '30secs')({ about: 'How often LACP messages are asked for.', column: 5 }),
    macAddress: mac({ about: 'Hardware address.', readOnly: true, live: true, column: 6 }),
    disabled: flag({ about: 'Kept but not in force.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
    arpInterval: duration()({ about: 'Time between ARP probes.' }),
    arpIpTargets: textSet({ about: 'Addresses probed by ARP.' }),
    downDelay: duration()({ about: 'Wait before a lost link counts.' }),
    forcedMacAddress: mac({ about: 'Hardware address given by hand.' }),
    lacpUserKey: integer({ max: 1023 })({ about: 'Upper bits of the LACP port number.', secret: false }),
    linkMonitoring: oneOf('arp', 'mii', 'none')({ about: 'How links are watched.' }),
    miiInterval: duration()({ about: 'Time between looks at the link state.' }),
    minLinks: integer()({ about: 'Links needed for the bond to be up.' }),
    mlagId: integer()({ about: 'Number shared with the bond of the MLAG peer.', readOnly: true }),
    mtu: integer({ max: 65_536 })({ about: 'Largest packet in bytes.' }),
    primary: word({ about: 'Port preferred while it is up.' }),
    transmitHashPolicy: oneOf(
      'encap-2-and-3',
      'encap-3-and-4',
      'layer-2',
      'layer-2-and-3',
      'layer-3-and-4',
    )({ about: 'What decides the port of a packet.' }),
    upDelay: duration()({ about: 'Wait before a new link counts.' }),
    lacpMode: oneOf('active', 'passive')({ about: 'Start LACP or only answer.', from: '7.19' }),
    lacpSystemId: mac({ about: 'LACP system address.', from: '7.21' }),
    lacpSystemPriority: integer({ min: 1, max: 65_535 })({ about: 'LACP system priority.', from: '7.21' }),
    ...arpFields,
  },
  // Ports of a bond stop being ports of their own: both adding and changing one may take our link.
  risk: (change) => (isNote(change) ? 'low' : 'high'),
  refuse: ({ before, after }, { rows }) => {
    const own = (before ?? after)?.name;
    const taken = rows.find((row) => row.name !== own && row.slaves?.some((port) => after?.slaves?.includes(port)));
    return taken ? `a port of it belongs to ${taken.name} already` : undefined;
  },
});
