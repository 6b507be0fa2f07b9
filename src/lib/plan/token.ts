import { samePerson } from '../core/actor.ts';
import { canonical, mac, sameDigest, sha256 } from '../core/canonical.ts';
import { DeniedError } from '../core/errors.ts';
import { type ApproverKey, signedBy } from './approver-key.ts';
import type { Approval, Plan } from './types.ts';

/**
 * The checking half of approvals. The making half is `token-sign.ts`, which no path from `src/mcp` reaches.
 * The MAC covers a domain tag, plan id, plan hash, approver, times and the hash of a nonce; the nonce is in the token only.
 */
const DOMAIN = 'routeros-mcp approval v1';
/** Clocks of processes on one store may differ by this much (ms). */
const SKEW = 5 * 60_000;
export const TOKEN_PREFIX = 'rmcp1';

type Covered = Omit<Approval, 'mac' | 'signature' | 'consumedAt'>;

const covered = ({ planId, planHash, by, kind, rule, issuedAt, expiresAt, nonceHash }: Covered): Covered => ({
  planId,
  planHash,
  by,
  kind,
  ...(rule !== undefined && { rule }),
  issuedAt,
  expiresAt,
  nonceHash,
});

export const approvalMac = (key: Uint8Array, approval: Covered): string => mac(key, DOMAIN, covered(approval));

/** What an approver key signs: the very bytes that the MAC covers. */
export const approvalText = (approval: Covered): string => `${DOMAIN}\n${canonical(covered(approval))}`;

/** Which signatures count, and whether one is asked for. */
export interface Signing {
  readonly required: boolean;
  /** See `countingKeys`. */
  readonly keys: readonly ApproverKey[];
}

/**
 * Is this a person's unexpired, unused yes to exactly this plan?
 * @param token what the caller handed over; optional, since the approval is in the shared store
 * @param signing a signature that is there must hold, whether it is asked for or not
 * @throws DeniedError saying what is missing and who acts next
 */
export function checkApproval(
  key: Uint8Array,
  approval: Approval,
  plan: Plan,
  now: number,
  token?: string,
  signing: Signing = { required: false, keys: [] },
): void {
  if (approval.consumedAt !== undefined)
    throw invalid('APPROVAL_INVALID', 'The approval of this plan was already used.', 'Make a new plan.');
  if (approval.planId !== plan.id || approval.planHash !== plan.hash || !sameDigest(approvalMac(key, approval), approval.mac)) {
    throw invalid('APPROVAL_INVALID', 'The approval does not belong to this plan.', 'A person must approve this plan.');
  }
  if ((signing.required || approval.signature !== undefined) && !isSigned(approval, signing.keys)) {
    throw invalid(
      'APPROVAL_INVALID',
      'The approval is not signed by an approver key of this person that counts.',
      'A person approves it again, with an enrolled key: routeros-mcp approver list shows them.',
    );
  }
  if (token !== undefined && !tokenFits(token, approval)) {
    throw invalid(
      'APPROVAL_INVALID',
      'The approval token does not belong to this plan.',
      'Leave the token out, or take the one made for this plan.',
    );
  }
  if (approval.issuedAt > now + SKEW)
    throw invalid(
      'APPROVAL_EXPIRED',
      'The approval of this plan lies in the future: the clock was set back.',
      'A person must approve it again.',
    );
  if (now >= approval.expiresAt)
    throw invalid('APPROVAL_EXPIRED', 'The approval of this plan has expired.', 'A person must approve it again.');
}

function isSigned(approval: Approval, keys: readonly ApproverKey[]): boolean {
  const { signature } = approval;
  const key = keys.find(({ keyId }) => keyId === signature?.keyId);
  if (!signature || !key || !samePerson(key.person, approval.by)) return false;
  return signedBy(key, approvalText(approval), signature.value);
}

function tokenFits(token: string, approval: Approval): boolean {
  const [prefix, planId, nonce, ...more] = token.split('.');
  if (prefix !== TOKEN_PREFIX || planId !== approval.planId || nonce === undefined || more.length > 0) return false;
  return sameDigest(sha256(nonce), approval.nonceHash);
}

const invalid = (code: 'APPROVAL_INVALID' | 'APPROVAL_EXPIRED', message: string, hint: string): DeniedError =>
  new DeniedError(message, { code, hint });
