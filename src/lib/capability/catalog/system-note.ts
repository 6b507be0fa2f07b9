import { defineCapability } from '../define.ts';
import { flag, longText } from '../kinds.ts';

export const systemNote = defineCapability({
  id: 'system-note',
  title: 'Login note',
  about: 'Text that people see when they log in.',
  menu: '/system/note',
  shape: 'singleton',
  topic: 'system',
  key: [],
  fields: {
    note: longText({ about: 'The text.', column: 1 }),
    showAtLogin: flag({ about: 'Show it after the login.', column: 2 }),
    showAtCliLogin: flag({ about: 'Show it before the login too, on telnet and SSH.', from: '7.14', column: 3 }),
  },
  risk: () => 'low',
});
