import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { canonical } from '../core/canonical.ts';

/** A person's key, as it was enrolled: the public half. The private one is in a file of that person, under a passphrase. */
export interface ApproverKey {
  /** SHA-256 of the public key (SPKI, DER) in hex: the key's name says what it is. */
  readonly keyId: string;
  /** Stable id of the person. */
  readonly person: string;
  /** SPKI, DER, in base64. */
  readonly publicKey: string;
  readonly enrolledAt: number;
  readonly enrolledBy: string;
  /** The enrolled key that vouches for this one, and its signature; missing for the first. */
  readonly signedBy?: string;
  readonly signature?: string;
  readonly revokedAt?: number;
  readonly revokedBy?: string;
}

export const keyIdOf = (publicKey: string): string => createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');

/** What the key that vouches signs: which key, whose, and since when. */
export const enrolmentText = ({
  keyId,
  person,
  publicKey,
  enrolledAt,
}: Pick<ApproverKey, 'keyId' | 'person' | 'publicKey' | 'enrolledAt'>): string =>
  `routeros-mcp approver key v1\n${canonical({ keyId, person, publicKey, enrolledAt })}`;

/** Did this key sign this text? Never throws: what is no key or no signature did not. */
export function signedBy(key: Pick<ApproverKey, 'keyId' | 'publicKey'>, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64');
  // One spelling for the same bytes.
  if (bytes.toString('base64') !== signature) return false;
  const publicKey = opened(key);
  return publicKey !== undefined && verify(null, Buffer.from(text, 'utf8'), publicKey, bytes);
}

function opened({ keyId, publicKey }: Pick<ApproverKey, 'keyId' | 'publicKey'>): KeyObject | undefined {
  if (keyIdOf(publicKey) !== keyId) return undefined;
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The keys that count: not revoked, and vouched for by a key that counted when they were enrolled; the first, and one that follows when
 * all others are revoked, needs none. So a key that was slipped into the store beside the enrolled ones does not count. Who can rewrite
 * the whole store can forge the whole chain: against that the configuration names the keys.
 * @param all in the order of enrolment
 * @param pinned ids that the configuration names; where there are any, only these count, and they need nobody to vouch for them
 */
export function countingKeys(all: readonly ApproverKey[], pinned: readonly string[]): readonly ApproverKey[] {
  const vouched: ApproverKey[] = [];
  for (const key of all) {
    const wasLive = ({ revokedAt }: ApproverKey): boolean => revokedAt === undefined || revokedAt > key.enrolledAt;
    const { signedBy: by, signature } = key;
    const signer = vouched.find((one) => one.keyId === by && wasLive(one));
    const isVouched =
      by === undefined ? !vouched.some(wasLive) : signer !== undefined && signedBy(signer, enrolmentText(key), signature ?? '');
    if (isVouched || pinned.includes(key.keyId)) vouched.push(key);
  }
  return vouched.filter(({ keyId, revokedAt }) => revokedAt === undefined && (pinned.length === 0 || pinned.includes(keyId)));
}
