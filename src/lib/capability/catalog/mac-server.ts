import { defineCapability } from '../define.ts';
import { text } from '../kinds.ts';

export const macServer = defineCapability({
  id: 'mac-server',
  title: 'MAC telnet',
  about: 'Interfaces on which a router can be reached by its hardware address, without an IP address.',
  menu: '/tool/mac-server',
  shape: 'singleton',
  topic: 'user',
  key: [],
  fields: {
    allowedInterfaceList: text({ about: 'Interface list it answers on; none switches it off.', fallback: 'none', column: 1 }),
  },
  // Not the way we come in by, but for many the last one that is left.
  risk: () => 'medium',
});
