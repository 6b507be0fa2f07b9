import type { Command } from './command.ts';

const approver = () => import('./commands/approver.ts');

/** `approver ...`, as data. */
export const APPROVERS: readonly Command[] = [
  {
    words: ['approver', 'enrol'],
    about: 'Make a key of your own, under a passphrase, with which you sign approvals where policy asks for it.',
    args: [],
    flags: ['key-file', 'sign-with'],
    examples: ['routeros-mcp approver enrol', 'routeros-mcp approver enrol --key-file ~/ben.key --sign-with ~/ann.key'],
    notes: [
      'A person at a terminal is asked for the passphrase; nothing else can give it. The first key is taken as it is, each later one is signed with one that counts.',
      'Whoever owns the files of the store can enrol keys there. The setting policy.approverKeys, in a file that only an administrator writes, names the keys that count.',
    ],
    load: async () => (await approver()).approverEnrol,
  },
  {
    words: ['approver', 'list'],
    about: 'List the approver keys: whose, since when, and whether they count.',
    args: [],
    flags: [],
    examples: ['routeros-mcp approver list'],
    load: async () => (await approver()).approverList,
  },
  {
    words: ['approver', 'revoke'],
    about: 'Revoke an approver key; its approvals count no longer.',
    args: [{ name: 'keyId', about: 'Its id, or the first 8 digits or more.' }],
    flags: ['yes'],
    examples: ['routeros-mcp approver revoke 3f29c1a4'],
    notes: ['It takes a person at a terminal, and no passphrase: who lost it can still revoke the key.'],
    load: async () => (await approver()).approverRevoke,
  },
];
