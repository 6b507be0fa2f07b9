import { defineCapability } from '../define.ts';
import { duration, flag, text } from '../kinds.ts';

export const ups = defineCapability({
  id: 'ups',
  title: 'Emergency power',
  about: 'Batteries a router watches, and when it goes to sleep to save them.',
  menu: '/system/ups',
  shape: 'table',
  topic: 'system',
  key: ['name'],
  when: { package: 'ups' },
  fields: {
    name: text({ about: 'Name of the unit on the router.', readOnly: true, column: 1 }),
    port: text({ about: 'Port it is on.', readOnly: true, column: 2 }),
    offlineTime: duration()({ about: 'Time on battery after which the router sleeps.', readOnly: true, column: 3 }),
    minRuntime: duration('never')({ about: 'Battery time left at which the router sleeps.', readOnly: true, column: 4 }),
    alarmSetting: text({ about: 'When it beeps.', readOnly: true, column: 5 }),
    checkCapabilities: flag({ about: 'Ask it what it can do before using it.', readOnly: true }),
    disabled: flag({ about: 'Kept but not watched.', readOnly: true, column: 6 }),
    comment: text({ about: 'Note kept on the router.', readOnly: true }),
  },
});
