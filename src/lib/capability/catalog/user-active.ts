import { defineCapability } from '../define.ts';
import { flag, text, time } from '../kinds.ts';

export const userActive = defineCapability({
  id: 'user-active',
  title: 'Logins',
  about: 'Who is logged in; logins through the REST interface stay in this list after they ended.',
  menu: '/user/active',
  shape: 'table',
  topic: 'user',
  key: [],
  fields: {
    name: text({ about: 'Account that is logged in.', readOnly: true, column: 1 }),
    group: text({ about: 'Group of the account.', readOnly: true, column: 2 }),
    via: text({ about: 'Service it came in by, such as ssh or rest-api.', readOnly: true, column: 3 }),
    address: text({ about: 'Address it came from.', readOnly: true, column: 4 }),
    when: time({ about: 'When it logged in.', readOnly: true, column: 5 }),
    radius: flag({ about: 'Let in by a RADIUS server.', readOnly: true }),
    byRomon: flag({ about: 'Came in over RoMON.', readOnly: true }),
  },
});
