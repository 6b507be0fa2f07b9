import { defineCapability } from '../define.ts';
import { duration, flag, oneOf, text, wordSet } from '../kinds.ts';
import { dormant } from '../touched.ts';

export const ipsecProposal = defineCapability({
  id: 'ipsec-proposal',
  title: 'IPsec proposals',
  about: 'What is proposed to IPsec peers for the protection of traffic.',
  menu: '/ip/ipsec/proposal',
  shape: 'list',
  topic: 'vpn',
  key: ['name'],
  fields: {
    name: text({ about: 'Name that policies refer to.', required: true, column: 1 }),
    authAlgorithms: wordSet('md5', 'null', 'sha1', 'sha256', 'sha512')({ about: 'Ways of signing that are proposed.', column: 2 }),
    encAlgorithms: wordSet(
      'null',
      'des',
      '3des',
      'aes-128-cbc',
      'aes-128-ctr',
      'aes-128-gcm',
      'aes-192-cbc',
      'aes-192-ctr',
      'aes-192-gcm',
      'aes-256-cbc',
      'aes-256-ctr',
      'aes-256-gcm',
      'blowfish',
      'camellia-128',
      'camellia-192',
      'camellia-256',
      'chacha20poly1305',
      'twofish',
    )({ about: 'Ciphers that are proposed.', column: 3 }),
    pfsGroup: oneOf(
      'none',
      'modp768',
      'modp1024',
      'modp1536',
      'modp2048',
      'modp3072',
      'modp4096',
      'modp6144',
      'modp8192',
      'ecp256',
      'ecp384',
      'ecp521',
    )({ about: 'Group by which keys do not outlive the session.', column: 4 }),
    lifetime: duration()({ about: 'Time until keys are agreed anew.', column: 5 }),
    default: flag({ about: 'Came with the router.', readOnly: true, column: 6 }),
    disabled: flag({ about: 'Kept but not in force.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
  },
  // A new one is used by nobody; far ends must agree to a changed one at the next agreement.
  risk: ({ verb, before, after }) => (verb === 'add' || dormant(before, after) ? 'low' : 'medium'),
  refuse: ({ verb, before }) =>
    verb === 'remove' && before?.default ? 'the proposal that came with the router cannot be removed' : undefined,
});
