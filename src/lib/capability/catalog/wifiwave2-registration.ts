import { defineCapability } from '../define.ts';
import { counter, duration, flag, integer, mac, text } from '../kinds.ts';

export const wifiwave2Registration = defineCapability({
  id: 'wifiwave2-registration',
  title: 'Wi-Fi clients (wifiwave2 package)',
  about: 'Who is connected by the Wi-Fi driver that came before the current one.',
  menu: '/interface/wifiwave2/registration-table',
  shape: 'table',
  topic: 'wireless',
  key: ['interface', 'macAddress'],
  when: { package: 'wifiwave2', until: '7.13' },
  fields: {
    interface: text({ about: 'Interface it is connected to.', readOnly: true, live: true, column: 1 }),
    ssid: text({ about: 'Name of the wireless network.', readOnly: true, live: true, column: 2 }),
    macAddress: mac({ about: 'Hardware address of the client.', readOnly: true, live: true, column: 3 }),
    signal: integer({ min: -999 })({ about: 'Signal in dBm.', readOnly: true, live: true, column: 4 }),
    txRate: counter({ about: 'Rate we send to it with, in bits a second.', readOnly: true, live: true, column: 5 }),
    rxRate: counter({ about: 'Rate it sends to us with, in bits a second.', readOnly: true, live: true, column: 6 }),
    band: text({ about: 'Band and standard in use.', readOnly: true, live: true, column: 7 }),
    uptime: duration()({ about: 'Time since it connected.', readOnly: true, live: true, column: 8 }),
    authorized: flag({ about: 'Its traffic is let through.', readOnly: true, live: true, column: 9 }),
    lastActivity: duration()({ about: 'Time since it was heard.', readOnly: true, live: true }),
    authType: text({ about: 'How it proved itself.', readOnly: true, live: true }),
    bytes: text({ about: 'Bytes in both directions, joined by a comma.', readOnly: true, live: true }),
    packets: text({ about: 'Packets in both directions, joined by a comma.', readOnly: true, live: true }),
    txBitsPerSecond: counter({ about: 'Traffic sent, in bits a second.', readOnly: true, live: true }),
    rxBitsPerSecond: counter({ about: 'Traffic received, in bits a second.', readOnly: true, live: true }),
  },
});
