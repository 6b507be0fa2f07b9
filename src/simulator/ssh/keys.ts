import { createHash } from 'node:crypto';
import type { ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';

export type HostKeyType = 'rsa' | 'ed25519';

export interface HostKey {
  readonly privateKey: string;
  /** As `ssh-keygen -l` writes it. */
  readonly fingerprint: string;
}

/** A key in any form ssh2 reads. */
export function parseKey(text: string | Buffer): ParsedKey {
  const parsed = ssh2.utils.parseKey(text);
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (!key || key instanceof Error) throw new TypeError('that is no key OpenSSH knows');
  return key;
}

export const fingerprintOf = (key: ParsedKey): string =>
  `SHA256:${createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, '')}`;

export function newHostKey(type: HostKeyType): HostKey {
  const { private: privateKey } =
    type === 'rsa' ? ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 }) : ssh2.utils.generateKeyPairSync('ed25519');
  return Object.freeze({ privateKey, fingerprint: fingerprintOf(parseKey(privateKey)) });
}

const shared = new Map<HostKeyType, HostKey>();

/** One key of a type for all routers of a process: an RSA key takes a second or so. */
export function sharedHostKey(type: HostKeyType): HostKey {
  const known = shared.get(type) ?? newHostKey(type);
  shared.set(type, known);
  return known;
}
