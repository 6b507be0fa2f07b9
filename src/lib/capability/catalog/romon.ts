import { defineCapability } from '../define.ts';
import { flag, mac, text } from '../kinds.ts';

export const romon = defineCapability({
  id: 'romon',
  title: 'RoMON',
  about: 'Whether a router can be managed by its neighbours without IP addresses.',
  menu: '/tool/romon',
  shape: 'table',
  topic: 'diagnostics',
  key: [],
  fields: {
    enabled: flag({ about: 'Takes part in the RoMON network.', readOnly: true, column: 1 }),
    id: mac({ about: 'Identifier that was set; zeros mean one of its own.', readOnly: true, column: 2 }),
    currentId: mac({ about: 'Identifier in force.', readOnly: true, live: true, column: 3 }),
    secrets: text({ about: 'Words that routers of one network share.', readOnly: true, secret: true }),
  },
});
