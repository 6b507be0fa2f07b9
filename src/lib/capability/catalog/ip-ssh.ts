import { defineCapability } from '../define.ts';
import { flag, oneOf, wordsOn } from '../kinds.ts';

export const ipSsh = defineCapability({
  id: 'ip-ssh',
  title: 'SSH server',
  about: 'Ciphers, host key and login rules of the SSH server of a router.',
  menu: '/ip/ssh',
  shape: 'singleton',
  topic: 'user',
  key: [],
  fields: {
    strongCrypto: flag({ about: 'Take strong ciphers and long keys only.', column: 1 }),
    ciphers: wordsOn(
      'auto',
      'aes-gcm',
      'aes-ctr',
      'aes-cbc',
      '3des-cbc',
      'null',
    )({ about: 'Ciphers that are offered.', from: '7.17', column: 2 }),
    allowNoneCrypto: flag({ about: 'Let a session be unencrypted.', until: '7.17' }),
    hostKeyType: oneOf('rsa', 'ed25519')({ about: 'Algorithm of the host key.', secret: false, column: 3 }),
    hostKeySize: oneOf('1024', '1536', '2048', '4096', '8192')({ about: 'Length of an RSA host key in bits.', secret: false, column: 4 }),
    passwordAuthentication: oneOf(
      'yes',
      'no',
      'yes-if-no-key',
    )({ about: 'Whether a password lets in.', secret: false, from: '7.21', column: 5 }),
    // Not the older name of the field above: it has two answers, and neither is "never".
    alwaysAllowPasswordLogin: flag({
      about: 'A password lets in even where the account has a key.',
      secret: false,
      until: '7.21',
      column: 6,
    }),
    publickeyAuthenticationOptions: oneOf(
      'none',
      'touch-required',
      'verify-required',
    )({
      about: 'What a security key must ask of its owner.',
      secret: false,
      from: '7.21',
    }),
    forwardingEnabled: oneOf('no', 'local', 'remote', 'both')({ about: 'Ports that may be forwarded through a session.', column: 7 }),
  },
  // We may come in by it.
  risk: () => 'high',
});
