import { defineCapability } from '../define.ts';
import { flag } from '../kinds.ts';

export const upnp = defineCapability({
  id: 'upnp',
  title: 'UPnP',
  about: 'Whether devices inside may open ports on a router by themselves.',
  menu: '/ip/upnp',
  shape: 'table',
  topic: 'system',
  key: [],
  fields: {
    enabled: flag({ about: 'Devices may open ports.', readOnly: true, column: 1 }),
    allowDisableExternalInterface: flag({ about: 'Devices may even switch off the outer interface.', readOnly: true, column: 2 }),
    showDummyRule: flag({ about: 'Show a rule that some devices look for.', readOnly: true, column: 3 }),
  },
});
