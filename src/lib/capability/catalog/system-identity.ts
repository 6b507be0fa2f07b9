import { defineCapability } from '../define.ts';
import { text } from '../kinds.ts';

export const systemIdentity = defineCapability({
  id: 'system-identity',
  title: 'Identity',
  about: 'The name a router gives itself.',
  menu: '/system/identity',
  shape: 'singleton',
  topic: 'system',
  key: [],
  tool: { direct: 'set_system_identity' },
  fields: {
    name: text({ about: 'Name shown in prompts and to neighbours.', required: true, column: 1 }),
  },
  risk: () => 'low',
});
