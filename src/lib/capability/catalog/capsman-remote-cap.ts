import { defineCapability } from '../define.ts';
import { integer, mac, text } from '../kinds.ts';

export const capsmanRemoteCap = defineCapability({
  id: 'capsman-remote-cap',
  title: 'CAPsMAN access points (wireless package)',
  about: 'Access points of the older wireless driver that this router configures.',
  menu: '/caps-man/remote-cap',
  shape: 'table',
  topic: 'wireless',
  key: ['name'],
  tool: { read: 'get_capsman_remote_caps' },
  fields: {
    name: text({ about: 'Name the controller gave it.', readOnly: true, live: true, column: 1 }),
    address: text({ about: 'Address of the access point, with a port.', readOnly: true, live: true, column: 2 }),
    identity: text({ about: 'Name of the access point.', readOnly: true, live: true, column: 3 }),
    version: text({ about: 'RouterOS of the access point.', readOnly: true, live: true, column: 4 }),
    state: text({ about: 'What it is doing.', readOnly: true, live: true, column: 5 }),
    board: text({ about: 'Board of the access point.', readOnly: true, column: 6 }),
    radios: integer()({ about: 'Radios it has.', readOnly: true, live: true, column: 7 }),
    serial: text({ about: 'Serial number.', readOnly: true }),
    baseMac: mac({ about: 'Hardware address of the access point.', readOnly: true }),
  },
});
