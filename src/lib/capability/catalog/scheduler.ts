import { defineCapability } from '../define.ts';
import { policies } from '../groups/accounts.ts';
import { counter, duration, flag, text, time } from '../kinds.ts';

export const scheduler = defineCapability({
  id: 'scheduler',
  title: 'Scheduled jobs',
  about: 'Scripts that a router runs by the clock.',
  menu: '/system/scheduler',
  shape: 'table',
  topic: 'config',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the job.', readOnly: true, column: 1 }),
    startDate: text({ about: 'Day of the first run.', readOnly: true, column: 2 }),
    startTime: text({ about: 'Time of the first run, or startup for each boot.', readOnly: true, column: 3 }),
    interval: duration()({ about: 'Time between runs; 0 for one run.', readOnly: true, column: 4 }),
    days: text({ about: 'Days of the week on which it runs.', readOnly: true, from: '7.24' }),
    nextRun: time({ about: 'When it runs next.', readOnly: true, live: true, column: 5 }),
    runCount: counter({ about: 'Runs since boot.', readOnly: true, live: true, column: 6 }),
    owner: text({ about: 'Account that made it.', readOnly: true, column: 7 }),
    policy: policies({ about: 'What it may do.', readOnly: true }),
    onEvent: text({ about: 'What is run; it may hold passwords.', readOnly: true, secret: true }),
    disabled: flag({ about: 'Kept but not run.', readOnly: true, column: 8 }),
    comment: text({ about: 'Note kept on the router.', readOnly: true }),
  },
});
