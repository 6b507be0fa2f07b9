import { defineCapability } from '../define.ts';
import { address, flag, oneOf, text } from '../kinds.ts';

export const upnpInterfaces = defineCapability({
  id: 'upnp-interfaces',
  title: 'UPnP interfaces',
  about: 'Which interfaces are inside and which outside for UPnP.',
  menu: '/ip/upnp/interfaces',
  shape: 'table',
  topic: 'system',
  key: ['interface'],
  fields: {
    interface: text({ about: 'Name of the interface.', readOnly: true, column: 1 }),
    type: oneOf('external', 'internal')({ about: 'Outside or inside.', readOnly: true, column: 2 }),
    forcedIp: address({ about: 'Public address told to devices in place of its own.', readOnly: true, column: 3 }),
    disabled: flag({ about: 'Kept but not in force.', readOnly: true, column: 4 }),
  },
});
