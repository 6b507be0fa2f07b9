import { defineCapability } from '../define.ts';
import { duration, flag, text, textSet } from '../kinds.ts';

export const userAaa = defineCapability({
  id: 'user-aaa',
  title: 'RADIUS logins',
  about: 'Whether people without an account of their own may be let in by a RADIUS server.',
  menu: '/user/aaa',
  shape: 'table',
  topic: 'user',
  key: [],
  fields: {
    useRadius: flag({ about: 'Ask a RADIUS server for unknown names.', readOnly: true, column: 1 }),
    defaultGroup: text({ about: 'Group of those it lets in, unless it says another.', readOnly: true, column: 2 }),
    excludeGroups: textSet({ about: 'Groups it may not give.', readOnly: true, column: 3 }),
    accounting: flag({ about: 'Tell the server who is logged in for how long.', readOnly: true, column: 4 }),
    interimUpdate: duration()({ about: 'Time between such reports; 0 for none in between.', readOnly: true, column: 5 }),
  },
});
