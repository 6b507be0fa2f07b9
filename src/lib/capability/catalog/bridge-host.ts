import { defineCapability } from '../define.ts';
import { address, duration, flag, integer, mac, text, textSet, word } from '../kinds.ts';

export const bridgeHost = defineCapability({
  id: 'bridge-host',
  title: 'Bridge hosts',
  about: 'Hardware addresses a bridge has learned, and where they are.',
  menu: '/interface/bridge/host',
  shape: 'table',
  topic: 'bridge',
  // One address may be seen in several VLANs and on several bridges, and learned entries have no content of their own.
  key: [],
  large: true,
  fields: {
    macAddress: mac({ about: 'Hardware address of the host.', column: 1 }),
    onInterface: textSet({ about: 'Port it is behind.', readOnly: true, live: true, column: 2 }),
    vid: integer({ min: 1, max: 4094 })({ about: 'VLAN it is in.', column: 3 }),
    bridge: word({ about: 'Bridge that learned it.', column: 4 }),
    local: flag({ about: 'Belongs to the bridge itself.', readOnly: true, live: true, column: 5 }),
    external: flag({ about: 'Learned by another table, such as the switch chip.', readOnly: true, live: true, column: 6 }),
    comment: text({ about: 'Note kept on the router.' }),
    disabled: flag({ about: 'Kept but not in force.' }),
    interface: word({ about: 'Port a fixed entry was made for.' }),
    aged: flag({ about: 'Not seen for long.', readOnly: true, live: true }),
    agedPeer: flag({ about: 'Not seen for long by the MLAG peer.', readOnly: true, live: true }),
    dhcpv4ExpiresAfter: duration()({ about: 'When its DHCP lease ends.', readOnly: true, live: true }),
    dhcpv4Ip: address({ about: 'Address it got by DHCP.', readOnly: true, live: true }),
    dhcpv4ServerId: address({ about: 'DHCP server that gave the address.', readOnly: true, live: true }),
    dhcpv4Status: text({ about: 'State of its DHCP lease.', readOnly: true, live: true }),
    invalid: flag({ about: 'Refers to something that does not exist.', readOnly: true, live: true }),
    remoteIp: text({ about: 'Far end of the tunnel it is behind.', readOnly: true, live: true }),
  },
});
