import { defineCapability } from '../define.ts';
import { text } from '../kinds.ts';

export const firewallLayer7Protocol = defineCapability({
  id: 'firewall-layer7-protocol',
  title: 'Layer 7 patterns',
  about: 'Patterns by which rules look into the first packets of a connection.',
  menu: '/ip/firewall/layer7-protocol',
  shape: 'table',
  topic: 'firewall',
  key: ['name'],
  fields: {
    name: text({ about: 'Name by which rules refer to it.', readOnly: true, column: 1 }),
    regexp: text({ about: 'Pattern that is looked for.', readOnly: true, column: 2 }),
    comment: text({ about: 'Note kept on the router.', readOnly: true, column: 3 }),
  },
});
