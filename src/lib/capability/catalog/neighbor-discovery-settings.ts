import { defineCapability } from '../define.ts';
import { duration, flag, integer, oneOf, text, wordsOn } from '../kinds.ts';

export const neighborDiscoverySettings = defineCapability({
  id: 'neighbor-discovery-settings',
  title: 'Neighbour discovery',
  about: 'On which interfaces a router tells its neighbours about itself and listens to them.',
  menu: '/ip/neighbor/discovery-settings',
  shape: 'singleton',
  topic: 'diagnostics',
  key: [],
  fields: {
    discoverInterfaceList: text({ about: 'Interface list it speaks and listens on; a leading ! turns it round.', column: 1 }),
    protocol: wordsOn('cdp', 'lldp', 'mndp')({ about: 'Protocols it speaks.', column: 2 }),
    mode: oneOf('tx-and-rx', 'tx-only', 'rx-only')({ about: 'Whether it speaks, listens, or both.', column: 3 }),
    discoverInterval: duration()({ about: 'Time between messages.', from: '7.16', column: 4 }),
    lldpMed: flag({ about: 'Tell phones how to behave.', from: '7.23' }),
    lldpMedNetPolicyVlan: integer({ max: 4_094, words: ['disabled'] })({ about: 'VLAN that phones are told to use.', column: 5 }),
    lldpMacPhyConfig: flag({ about: 'Tell speed and duplex of the port.', from: '7.15' }),
    lldpMaxFrameSize: flag({ about: 'Tell the largest frame.', from: '7.15' }),
    lldpVlanInfo: flag({ about: 'Tell the VLANs of the port.', from: '7.16' }),
    addDnsEntries: flag({ about: 'Make DNS names of what neighbours call themselves.', from: '7.23' }),
    addDnsEntriesSuffix: text({ about: 'Domain put behind those names.', from: '7.23' }),
    // What it takes is not recorded yet, so it is shown and not planned.
    dyingGasp: text({ about: 'Last words sent when the power fails.', readOnly: true, from: '7.24' }),
  },
  // Carries no traffic; what can change is who learns of the router, and by which VLAN phones call.
  risk: () => 'medium',
});
