import { defineCapability } from '../define.ts';
import { policies } from '../groups/accounts.ts';
import { flag, text, time } from '../kinds.ts';

export const history = defineCapability({
  id: 'history',
  title: 'Change history',
  about: 'The last changes a router remembers, who made them, and whether it can take them back.',
  menu: '/system/history',
  shape: 'table',
  topic: 'diagnostics',
  key: [],
  fields: {
    time: time({ about: 'When it was done.', readOnly: true, column: 1 }),
    action: text({ about: 'What was done, in words.', readOnly: true, column: 2 }),
    by: text({ about: 'Account that did it.', readOnly: true, column: 3 }),
    policy: policies({ about: 'Right it took.', readOnly: true, column: 4 }),
    undoable: flag({ about: 'It can be taken back.', readOnly: true, live: true, column: 5 }),
    redoable: flag({ about: 'It was taken back and can be done again.', readOnly: true, live: true, column: 6 }),
    floatingUndo: flag({ about: 'It can be taken back out of turn.', readOnly: true, live: true }),
    trace: text({ about: 'Number of the change.', readOnly: true }),
    // Both are whole commands with the values they set, passwords among them.
    redo: text({ about: 'Command that does it again.', readOnly: true, secret: true }),
    undo: text({ about: 'Command that takes it back.', readOnly: true, secret: true }),
  },
});
