import { defineCapability } from '../define.ts';
import { capsmanSecurityFields } from '../groups/capsman.ts';
import { text } from '../kinds.ts';

export const capsmanSecurity = defineCapability({
  id: 'capsman-security',
  title: 'CAPsMAN security (wireless package)',
  about: 'How clients of the older controller prove themselves; passphrases are not shown.',
  menu: '/caps-man/security',
  shape: 'table',
  topic: 'wireless',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the profile.', column: 1 }),
    comment: text({ about: 'Note kept on the router.', column: 6 }),
    ...capsmanSecurityFields,
  },
});
