import { defineCapability } from '../define.ts';
import { integer, text } from '../kinds.ts';

export const userSshKeys = defineCapability({
  id: 'user-ssh-keys',
  title: 'SSH keys of users',
  about: 'Public keys that accounts may log in with over SSH.',
  menu: '/user/ssh-keys',
  shape: 'table',
  topic: 'user',
  key: [],
  fields: {
    user: text({ about: 'Account the key belongs to.', readOnly: true, column: 1 }),
    keyType: text({ about: 'Algorithm, such as ed25519.', readOnly: true, secret: false, column: 2 }),
    bits: integer()({ about: 'Length of the key in bits.', readOnly: true, column: 3 }),
    info: text({ about: 'Whose it is, as the key itself says.', readOnly: true, column: 4 }),
    fingerprint: text({ about: 'Hash by which two keys are compared.', readOnly: true, column: 5 }),
    // The public half; the private one never is on the router.
    key: text({ about: 'The public key.', readOnly: true, secret: false }),
    comment: text({ about: 'Note kept on the router.', readOnly: true }),
  },
});
