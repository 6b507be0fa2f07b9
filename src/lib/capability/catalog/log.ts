import { defineCapability } from '../define.ts';
import { echo, text, textSet, time } from '../kinds.ts';

export const log = defineCapability({
  id: 'log',
  title: 'Log',
  about: 'What a router noted about itself, oldest first.',
  menu: '/log',
  shape: 'table',
  topic: 'diagnostics',
  key: [],
  large: true,
  fields: {
    time: time({ about: 'When it was noted, in the local time of the router.', readOnly: true, column: 1 }),
    topics: textSet({ about: 'What it is about and how grave it is.', readOnly: true, column: 2 }),
    message: echo({ about: 'The note itself, written by the router and by whoever it talks to.', readOnly: true, column: 3 }),
    buffer: text({ about: 'Buffer it is kept in.', readOnly: true }),
    extraInfo: echo({ about: 'Details besides the message.', readOnly: true }),
  },
});
