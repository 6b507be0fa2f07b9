import { defineCapability } from '../define.ts';
import { portStats } from '../groups/ethernet.ts';
import { flag, integer, text, word } from '../kinds.ts';

export const ethernetSwitchPort = defineCapability({
  id: 'ethernet-switch-port',
  title: 'Switch ports',
  about: 'How the ports of a switch chip treat VLANs, storms and copies.',
  menu: '/interface/ethernet/switch/port',
  shape: 'table',
  topic: 'interface',
  key: ['name', 'switch'],
  fields: {
    name: text({ about: 'Name of the port.', readOnly: true, column: 1 }),
    switch: text({ about: 'Switch chip it belongs to.', readOnly: true, column: 2 }),
    running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 3 }),
    vlanMode: word({ about: 'How VLAN tags of received frames are checked.', column: 4 }),
    vlanHeader: word({ about: 'What happens to tags on the way out.', column: 5 }),
    defaultVlanId: integer({ words: ['auto'] })({ about: 'VLAN of untagged frames.', column: 6 }),
    invalid: flag({ about: 'Its switch cannot be used.', readOnly: true, live: true, column: 7 }),
    mirrorIngress: flag({ about: 'Copy what the port receives.' }),
    mirrorEgress: flag({ about: 'Copy what the port sends.' }),
    mirrorIngressTarget: word({ about: 'Port that copies of received traffic go to.' }),
    ingressRate: integer()({ about: 'Receive limit in bits a second.' }),
    egressRate: integer()({ about: 'Send limit in bits a second.' }),
    stormRate: integer()({ about: 'Share of the link that storms may use, in percent.' }),
    limitUnknownUnicasts: flag({ about: 'The storm limit counts unknown unicast.' }),
    limitUnknownMulticasts: flag({ about: 'The storm limit counts unknown multicast.' }),
    limitBroadcasts: flag({ about: 'The storm limit counts broadcast.' }),
    l3HwOffloading: flag({ about: 'Route in the switch chip.' }),
    ...portStats,
  },
});
