import { defineCapability } from '../define.ts';
import { flag, networkSet, oneOf, text } from '../kinds.ts';

export const snmpCommunity = defineCapability({
  id: 'snmp-community',
  title: 'SNMP communities',
  about: 'Who may ask a router over SNMP; they are narrowed and switched off here, added and removed on the router itself.',
  menu: '/snmp/community',
  // The name of a community is the word that lets in, so it is secret: rows are told apart by id, none can be added or put back.
  shape: 'fixed',
  topic: 'system',
  key: [],
  fields: {
    name: text({ about: 'The community itself: whoever says it is let in.', secret: true }),
    default: flag({ about: 'The one RouterOS comes with, called public unless renamed.', readOnly: true, column: 1 }),
    addresses: networkSet({ about: 'Networks that may ask.', column: 2 }),
    security: oneOf(
      'none',
      'authorized',
      'private',
    )({ about: 'What version 3 asks of it: nothing, a password, or encryption too.', column: 3 }),
    readAccess: flag({ about: 'May read.', column: 4 }),
    writeAccess: flag({ about: 'May write.', column: 5 }),
    authenticationProtocol: oneOf('MD5', 'SHA1')({ about: 'Hash of version 3 logins.' }),
    authenticationPassword: text({ about: 'Password of version 3 logins.', secret: true }),
    encryptionProtocol: oneOf('DES', 'AES')({ about: 'Cipher of version 3.' }),
    encryptionPassword: text({ about: 'Password of version 3 encryption.', secret: true }),
    disabled: flag({ about: 'Kept but not let in.', column: 6 }),
    comment: text({ about: 'Note kept on the router.', column: 7 }),
  },
  // Monitoring goes blind when it is shut out; write access lets others change the router.
  risk: ({ before, after }) => (!before?.writeAccess && after?.writeAccess ? 'high' : 'medium'),
});
