import { defineCapability } from '../define.ts';
import { address, duration, integer, mac, text } from '../kinds.ts';

export const capsmanRegistration = defineCapability({
  id: 'capsman-registration',
  title: 'CAPsMAN clients (wireless package)',
  about: 'Who is connected to access points of the older controller.',
  menu: '/caps-man/registration-table',
  shape: 'table',
  topic: 'wireless',
  key: ['interface', 'macAddress'],
  tool: { read: 'get_capsman_registrations' },
  fields: {
    interface: text({ about: 'Interface it is connected to.', readOnly: true, live: true, column: 1 }),
    ssid: text({ about: 'Name of the wireless network.', readOnly: true, live: true, column: 2 }),
    macAddress: mac({ about: 'Hardware address of the client.', readOnly: true, live: true, column: 3 }),
    rxSignal: integer({ min: -999 })({ about: 'Signal of the client in dBm.', readOnly: true, live: true, column: 4 }),
    txRate: text({ about: 'Rate we send to it with.', readOnly: true, live: true, column: 5 }),
    rxRate: text({ about: 'Rate it sends to us with.', readOnly: true, live: true, column: 6 }),
    uptime: duration()({ about: 'Time since it connected.', readOnly: true, live: true, column: 7 }),
    lastIp: address({ about: 'Address it was last seen with.', readOnly: true, live: true, column: 8 }),
    radioName: text({ about: 'Name the far end gives itself.', readOnly: true, live: true }),
    txSignal: integer({ min: -999 })({ about: 'Our signal at the client in dBm.', readOnly: true, live: true }),
    packets: text({ about: 'Packets in both directions, joined by a comma.', readOnly: true, live: true }),
    bytes: text({ about: 'Bytes in both directions, joined by a comma.', readOnly: true, live: true }),
    txRateSet: text({ about: 'Rates that may be used to send.', readOnly: true, live: true }),
    eapIdentity: text({ about: 'Name it gave in EAP.', readOnly: true, live: true }),
    vlanId: integer()({ about: 'VLAN its traffic is put in.', readOnly: true, live: true }),
  },
});
