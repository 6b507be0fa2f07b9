import { defineCapability } from '../define.ts';
import { duration, flag, integer, oneOf, text, wordSet } from '../kinds.ts';

export const ipsecProfile = defineCapability({
  id: 'ipsec-profile',
  title: 'IPsec profiles',
  about: 'What is proposed to IPsec peers for the first agreement.',
  menu: '/ip/ipsec/profile',
  shape: 'list',
  topic: 'vpn',
  key: ['name'],
  fields: {
    name: text({ about: 'Name that peers refer to.', required: true, column: 1 }),
    encAlgorithm: wordSet('des', '3des', 'aes-128', 'aes-192', 'aes-256')({ about: 'Ciphers that are proposed.', column: 2 }),
    hashAlgorithm: oneOf('md5', 'sha1', 'sha256', 'sha384', 'sha512')({ about: 'Hash that is proposed.', column: 3 }),
    dhGroup: wordSet(
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
      'x25519',
    )({ about: 'Diffie-Hellman groups that are proposed.', column: 4 }),
    prfAlgorithm: oneOf('auto', 'sha1', 'sha256', 'sha384', 'sha512')({ about: 'Function that keys are derived by.', fallback: 'auto' }),
    lifetime: duration()({ about: 'Time until keys are agreed anew.', column: 5 }),
    lifebytes: integer()({ about: 'Kilobytes until keys are agreed anew; 0 is no limit.' }),
    dpdInterval: duration('disable-dpd')({ about: 'Silence after which the far end is asked.', column: 6 }),
    dpdMaximumFailures: integer({ min: 1, max: 100 })({ about: 'Questions without an answer until it counts as gone.' }),
    natTraversal: flag({ about: 'Works through address translation.', column: 7 }),
    proposalCheck: oneOf('claim', 'exact', 'obey', 'strict')({ about: 'How strictly lifetimes are compared.', fallback: 'obey' }),
    ppk: oneOf('no', 'psk', 'psk-ike-initial', 'qkd')({ about: 'Source of an extra key against later decryption.', from: '7.21' }),
    default: flag({ about: 'Came with the router.', readOnly: true, column: 8 }),
  },
  // A new one is used by nobody; far ends must agree to a changed one at the next agreement.
  risk: ({ verb }) => (verb === 'add' ? 'low' : 'medium'),
  refuse: ({ verb, before }) =>
    verb === 'remove' && before?.default ? 'the profile that came with the router cannot be removed' : undefined,
});
