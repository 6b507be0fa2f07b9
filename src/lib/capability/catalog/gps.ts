import { defineCapability } from '../define.ts';
import { flag, integer, text } from '../kinds.ts';

export const gps = defineCapability({
  id: 'gps',
  title: 'GPS settings',
  about: 'How a router listens to its GPS receiver.',
  menu: '/system/gps',
  shape: 'table',
  topic: 'system',
  key: [],
  when: { package: 'gps' },
  fields: {
    enabled: flag({ about: 'Listens to the receiver.', readOnly: true, column: 1 }),
    port: text({ about: 'Port the receiver is on.', readOnly: true, column: 2 }),
    channel: integer()({ about: 'Channel of the port.', readOnly: true }),
    initChannel: text({ about: 'Channel on which the receiver is started.', readOnly: true }),
    initString: text({ about: 'Command that starts the receiver.', readOnly: true }),
    setSystemTime: flag({ about: 'Sets the clock of the router by it.', readOnly: true, column: 3 }),
    coordinateFormat: text({ about: 'How positions are written, such as dd.', readOnly: true, column: 4 }),
    gpsAntennaSelect: text({ about: 'Antenna that is used: internal or external.', readOnly: true, column: 5 }),
  },
});
