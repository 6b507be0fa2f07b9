import { defineCapability } from '../define.ts';
import { duration, mac, text } from '../kinds.ts';

export const wifiRemoteCap = defineCapability({
  id: 'wifi-remote-cap',
  title: 'Wi-Fi access points',
  about: 'Access points that this router configures.',
  menu: '/interface/wifi/capsman/remote-cap',
  shape: 'table',
  topic: 'wireless',
  key: ['baseMac'],
  when: { from: '7.13' },
  fields: {
    identity: text({ about: 'Name of the access point.', readOnly: true, live: true, column: 1 }),
    address: text({ about: 'Address of the access point.', readOnly: true, live: true, column: 2 }),
    boardName: text({ about: 'Board of the access point.', readOnly: true, column: 3 }),
    version: text({ about: 'RouterOS of the access point.', readOnly: true, live: true, column: 4 }),
    state: text({ about: 'What it is doing.', readOnly: true, live: true, column: 5 }),
    connectedTime: duration()({ about: 'Time since it connected.', readOnly: true, live: true, column: 6 }),
    uptime: duration()({ about: 'Time since its last start.', readOnly: true, live: true, column: 7 }),
    baseMac: mac({ about: 'Hardware address of the access point.', readOnly: true }),
    commonName: text({ about: 'Name in its certificate.', readOnly: true, live: true }),
    serial: text({ about: 'Serial number.', readOnly: true }),
  },
});
