import { defineCapability } from '../define.ts';
import { policies } from '../groups/accounts.ts';
import { counter, flag, text, time } from '../kinds.ts';

export const script = defineCapability({
  id: 'script',
  title: 'Scripts',
  about: 'Scripts kept on a router, without their text.',
  menu: '/system/script',
  shape: 'table',
  topic: 'config',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the script.', readOnly: true, column: 1 }),
    owner: text({ about: 'Account that made it.', readOnly: true, column: 2 }),
    policy: policies({ about: 'What it may do.', readOnly: true, column: 3 }),
    dontRequirePermissions: flag({ about: 'Whoever runs it needs no rights of their own.', readOnly: true, column: 4 }),
    lastStarted: time({ about: 'When it last ran.', readOnly: true, live: true, column: 5 }),
    runCount: counter({ about: 'Runs since boot.', readOnly: true, live: true, column: 6 }),
    invalid: flag({ about: 'It has a mistake and cannot run.', readOnly: true, column: 7 }),
    source: text({ about: 'Text of the script; it may hold passwords.', readOnly: true, secret: true }),
    comment: text({ about: 'Note kept on the router.', readOnly: true }),
  },
});
