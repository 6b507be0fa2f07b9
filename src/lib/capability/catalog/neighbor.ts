import { defineCapability } from '../define.ts';
import { address, duration, flag, mac, text, textSet } from '../kinds.ts';

export const neighbor = defineCapability({
  id: 'neighbor',
  title: 'Neighbours',
  about: 'Devices on the same wire that told about themselves.',
  menu: '/ip/neighbor',
  shape: 'table',
  topic: 'diagnostics',
  key: [],
  fields: {
    interface: textSet({ about: 'Interfaces it was heard on.', readOnly: true, column: 1 }),
    identity: text({ about: 'Name it gives itself.', readOnly: true, column: 2 }),
    address: address({ about: 'Address it gives itself.', readOnly: true, column: 3 }),
    address4: address({ about: 'Its IPv4 address.', readOnly: true, wire: 'address4' }),
    address6: address({ about: 'Its IPv6 address.', readOnly: true, wire: 'address6' }),
    macAddress: mac({ about: 'Its hardware address.', readOnly: true, column: 4 }),
    platform: text({ about: 'Who made it.', readOnly: true, column: 5 }),
    board: text({ about: 'Model of the device.', readOnly: true, column: 6 }),
    version: text({ about: 'Software it runs.', readOnly: true, column: 7 }),
    interfaceName: text({ about: 'Interface it sent from.', readOnly: true, column: 8 }),
    discoveredBy: textSet({ about: 'Protocols it was heard by.', readOnly: true, column: 9 }),
    systemDescription: text({ about: 'What it says of itself.', readOnly: true }),
    systemCaps: textSet({ about: 'What it can be, such as bridge or router.', readOnly: true }),
    systemCapsEnabled: textSet({ about: 'What it is, such as bridge or router.', readOnly: true }),
    softwareId: text({ about: 'Licence number it tells everybody.', readOnly: true }),
    ipv6: flag({ about: 'It speaks IPv6.', readOnly: true, wire: 'ipv6' }),
    unpack: text({ about: 'Packing of packets it understands.', readOnly: true }),
    running: text({ about: 'Services it tells of.', readOnly: true }),
    age: duration()({ about: 'Time since it was last heard.', readOnly: true, live: true, column: 10 }),
    uptime: duration()({ about: 'Time since it booted.', readOnly: true, live: true }),
  },
});
