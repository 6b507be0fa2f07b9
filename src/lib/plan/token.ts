import { mac, sameDigest, sha256 } from '../core/canonical.ts';
import { DeniedError } from '../core/errors.ts';
import type { Approval, Plan } from './types.ts';

/**
 * The checking half of approvals. The making half is `token-sign.ts`, which no path from `src/mcp` reaches.
 * The MAC covers a domain tag, plan id, plan hash, approver, times and the hash of a nonce; the nonce is in the token only.
 */
const DOMAIN = 'routeros-mcp approval v1';
export const TOKEN_PREFIX = 'rmcp1';

export const approvalMac = (key: Uint8Array, approval: Omit<Approval, 'mac' | 'consumedAt'>): string => {
  const { planId, planHash, by, kind, rule, issuedAt, expiresAt, nonceHash } = approval;
  return mac(key, DOMAIN, { planId, planHash, by, kind, rule, issuedAt, expiresAt, nonceHash });
};

/**
 * Is this a person's unexpired, unused yes to exactly this plan?
 * @param token what the caller handed over; optional, since the approval is in the shared store
 * @throws DeniedError saying what is missing and who acts next
 */
export function checkApproval(key: Uint8Array, approval: Approval, plan: Plan, now: number, token?: string): void {
  if (approval.consumedAt !== undefined)
    throw invalid('APPROVAL_INVALID', 'The approval of this plan was already used.', 'Make a new plan.');
  if (approval.planId !== plan.id || approval.planHash !== plan.hash || !sameDigest(approvalMac(key, approval), approval.mac)) {
    throw invalid('APPROVAL_INVALID', 'The approval does not belong to this plan.', 'A person must approve this plan.');
  }
  if (token !== undefined && !tokenFits(token, approval)) {
    throw invalid(
      'APPROVAL_INVALID',
      'The approval token does not belong to this plan.',
      'Leave the token out, or take the one made for this plan.',
    );
  }
  if (now >= approval.expiresAt)
    throw invalid('APPROVAL_EXPIRED', 'The approval of this plan has expired.', 'A person must approve it again.');
}

function tokenFits(token: string, approval: Approval): boolean {
  const [prefix, planId, nonce, ...more] = token.split('.');
  if (prefix !== TOKEN_PREFIX || planId !== approval.planId || nonce === undefined || more.length > 0) return false;
  return sameDigest(sha256(nonce), approval.nonceHash);
}

const invalid = (code: 'APPROVAL_INVALID' | 'APPROVAL_EXPIRED', message: string, hint: string): DeniedError =>
  new DeniedError(message, { code, hint });
