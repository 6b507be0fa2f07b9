import { defineCapability } from '../define.ts';
import { counter, flag } from '../kinds.ts';

export const bridgeSettings = defineCapability({
  id: 'bridge-settings',
  title: 'Bridge settings',
  about: 'What holds for all bridges of a router.',
  menu: '/interface/bridge/settings',
  shape: 'singleton',
  topic: 'bridge',
  key: [],
  fence: 'bridge-writes',
  fields: {
    useIpFirewall: flag({ about: 'Send bridged packets through the IP firewall.', column: 1 }),
    useIpFirewallForVlan: flag({ about: 'Do so inside VLANs too.', column: 2 }),
    useIpFirewallForPppoe: flag({ about: 'Do so inside PPPoE too.', column: 3 }),
    allowFastPath: flag({ about: 'Let frames take the fast path.', column: 4 }),
    bridgeFastPathActive: flag({ about: 'The fast path is in use.', readOnly: true, live: true, column: 5 }),
    bridgeFastForwardBytes: counter({ about: 'Bytes fast forwarded.', readOnly: true, live: true }),
    bridgeFastForwardPackets: counter({ about: 'Packets fast forwarded.', readOnly: true, live: true }),
    bridgeFastPathBytes: counter({ about: 'Bytes on the fast path.', readOnly: true, live: true }),
    bridgeFastPathPackets: counter({ about: 'Packets on the fast path.', readOnly: true, live: true }),
  },
  // Bridged packets that meet the IP firewall for the first time may be ours.
  risk: () => 'high',
});
