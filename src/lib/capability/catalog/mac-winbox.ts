import { defineCapability } from '../define.ts';
import { text } from '../kinds.ts';

export const macWinbox = defineCapability({
  id: 'mac-winbox',
  title: 'MAC WinBox',
  about: 'Interfaces on which WinBox finds a router by its hardware address, without an IP address.',
  menu: '/tool/mac-server/mac-winbox',
  shape: 'singleton',
  topic: 'user',
  key: [],
  fields: {
    allowedInterfaceList: text({ about: 'Interface list it answers on; none switches it off.', fallback: 'none', column: 1 }),
  },
  // Not the way we come in by, but for many the last one that is left.
  risk: () => 'medium',
});
