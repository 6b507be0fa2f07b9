import { defineCapability } from '../define.ts';
import { duration, flag, networkSet, oneOf, text, time } from '../kinds.ts';

export const user = defineCapability({
  id: 'user',
  title: 'Users',
  about: 'Accounts that may log in to a router; they are changed and switched off here, added and removed on the router itself.',
  menu: '/user',
  // Adding one takes a password, which cannot be planned yet, and one that was removed could not be put back as it was.
  shape: 'fixed',
  topic: 'user',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the account.', required: true, column: 1 }),
    group: text({ about: 'Group that says what it may do.', required: true, column: 2 }),
    address: networkSet({ about: 'Networks it may log in from; none means anywhere.', column: 3 }),
    password: text({ about: 'Its password; RouterOS never shows it.', secret: true }),
    inactivityTimeout: duration()({ about: 'Idle time after which a console is closed or locked.', from: '7.16' }),
    inactivityPolicy: oneOf('none', 'logout', 'lockscreen')({ about: 'What happens to an idle console.', from: '7.16' }),
    lastLoggedIn: time({ about: 'When it last logged in.', readOnly: true, live: true, column: 4 }),
    expired: flag({ about: 'Its password must be changed at the next login.', readOnly: true, live: true, column: 5 }),
    disabled: flag({ about: 'Kept but not let in.', column: 6 }),
    comment: text({ about: 'Note kept on the router.', column: 7 }),
  },
  // Any account may be the one we log in with.
  risk: () => 'high',
  refuse: ({ before, after, secrets }, { rows, ownAccount }) => {
    if (secrets && before?.name === ownAccount)
      return 'it is the account we log in with: set its password on the router, then give it to us with device update';
    const others = rows.some((row) => row.name !== before?.name && !row.disabled);
    return after?.disabled && !before?.disabled && !others ? 'no account would be left that may log in' : undefined;
  },
});
