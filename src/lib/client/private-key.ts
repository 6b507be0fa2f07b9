import ssh2 from 'ssh2';
import type { Secret } from '../core/secret.ts';

/**
 * Can a text be used as a private key, before it is kept? `locked` wants a passphrase, or another one.
 * @example privateKeyState(new Secret('-----BEGIN OPENSSH PRIVATE KEY-----...')) // 'locked'
 */
export function privateKeyState(text: Secret, passphrase?: Secret): 'usable' | 'locked' | 'none' {
  const parsed = ssh2.utils.parseKey(text.reveal(), passphrase?.reveal());
  if (!(parsed instanceof Error)) return parsed.isPrivateKey() ? 'usable' : 'none';
  // Its words differ from format to format: with a passphrase, what could be opened before it and not with it has another one.
  return passphrase !== undefined || /passphrase/i.test(parsed.message) ? 'locked' : 'none';
}
