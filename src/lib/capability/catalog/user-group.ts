import { defineCapability } from '../define.ts';
import { policies } from '../groups/accounts.ts';
import { text } from '../kinds.ts';

const BUILT_IN: readonly (string | undefined)[] = ['read', 'write', 'full'];

export const userGroup = defineCapability({
  id: 'user-group',
  title: 'User groups',
  about: 'What the accounts of a group may do.',
  menu: '/user/group',
  shape: 'list',
  topic: 'user',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the group.', required: true, column: 1 }),
    policy: policies({ about: 'What its accounts may do; what is not named they may not.', column: 2 }),
    skin: text({ about: 'Look of the web interface for its accounts.', fallback: 'default', column: 3 }),
    comment: text({ about: 'Note kept on the router.', column: 4 }),
  },
  // We log in with a group too.
  risk: ({ verb }) => (verb === 'add' ? 'medium' : 'high'),
  refuse: ({ verb, before }) =>
    verb === 'remove' && BUILT_IN.includes(before?.name) ? 'RouterOS keeps its own groups read, write and full' : undefined,
});
