import { randomBytes } from 'node:crypto';
import { sha256 } from '../core/canonical.ts';
import { Secret } from '../core/secret.ts';
import { APPROVAL_LIFE } from './policy.ts';
import { approvalMac, approvalText, TOKEN_PREFIX } from './token.ts';
import type { Approval, Plan } from './types.ts';

/** An approver key that was opened with its passphrase. */
export interface Signer {
  readonly keyId: string;
  /** @returns the Ed25519 signature in base64 */
  sign(text: string): string;
}

/**
 * A person's yes to one plan, for 15 minutes or the rest of the plan's life, whichever is less.
 * @param by stable id of the person
 * @param now milliseconds since 1970, from the store's clock
 * @param signer the person's own key, where policy asks for it
 * @returns the approval for the store, and the token with the raw nonce, which is kept nowhere
 */
export function signApproval(
  key: Uint8Array,
  plan: Plan,
  by: string,
  now: number,
  signer?: Signer,
): { readonly approval: Approval; readonly token: Secret } {
  const nonce = randomBytes(32).toString('base64url');
  const bare = {
    planId: plan.id,
    planHash: plan.hash,
    by,
    kind: 'person' as const,
    issuedAt: now,
    expiresAt: Math.min(now + APPROVAL_LIFE, plan.expiresAt),
    nonceHash: sha256(nonce),
  };
  const signature = signer && { keyId: signer.keyId, value: signer.sign(approvalText(bare)) };
  return {
    approval: { ...bare, mac: approvalMac(key, bare), ...(signature && { signature }) },
    token: new Secret(`${TOKEN_PREFIX}.${plan.id}.${nonce}`),
  };
}
