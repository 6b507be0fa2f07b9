import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonical } from '../../src/lib/core/canonical.ts';
import { FleetError } from '../../src/lib/core/errors.ts';
import { approvalMac, approvalText, checkApproval } from '../../src/lib/plan/token.ts';
import { signApproval } from '../../src/lib/plan/token-sign.ts';
import type { Approval } from '../../src/lib/plan/types.ts';
import { dns, NOW, on, planFor, sealed } from './helpers.ts';

const KEY = Buffer.alloc(32, 7);
const plan = planFor({ dns: [{}] }, { verb: 'set', ...on(dns), values: { servers: '9.9.9.9' } });
const { approval } = signApproval(KEY, plan, 'user:ann', NOW);
const MINUTE = 60_000;

/** A MAC of our own making, so that a changed approval is refused for what is wrong with it and not for its MAC. */
const remade = (change: Partial<Approval>): Approval => {
  const { mac: _mac, consumedAt: _consumedAt, ...bare } = { ...approval, ...change };
  return { ...bare, mac: approvalMac(KEY, bare) };
};

function said(
  of: Approval,
  { to = plan, at = NOW, token }: { readonly to?: typeof plan; readonly at?: number; readonly token?: string } = {},
) {
  try {
    checkApproval(KEY, of, to, at, token);
    return 'taken';
  } catch (thrown) {
    if (!(thrown instanceof FleetError)) throw thrown;
    return `${thrown.code}: ${thrown.message} ${thrown.hint}`;
  }
}

test('what the MAC covers begins with what it is for, and so does what an approver key signs', () => {
  const { mac: _mac, ...bare } = approval;
  const text = `routeros-mcp approval v1\n${canonical(bare)}`;
  expect(approvalText(bare)).toBe(text);
  expect(approval.mac).toBe(createHmac('sha256', KEY).update(text).digest('hex'));
});

test('who is refused is told why, and who acts next', () => {
  expect({
    used: said({ ...approval, consumedAt: NOW }),
    otherPlan: said(remade({ planId: 'pln_1111111111111111' })),
    otherHash: said(remade({ planHash: 'f'.repeat(64) })),
    otherMac: said({ ...approval, mac: 'f'.repeat(64) }),
    otherToken: said(approval, { token: `rmcp1.${plan.id}.guess` }),
    unsigned: said({ ...approval, signature: { keyId: 'k', value: 'v' } }),
    expired: said(approval, { at: approval.expiresAt }),
    future: said(remade({ issuedAt: NOW + 5 * MINUTE + 1 })),
  }).toMatchInlineSnapshot(`
    {
      "expired": "APPROVAL_EXPIRED: The approval of this plan has expired. A person must approve it again.",
      "future": "APPROVAL_EXPIRED: The approval of this plan lies in the future: the clock was set back. A person must approve it again.",
      "otherHash": "APPROVAL_INVALID: The approval does not belong to this plan. A person must approve this plan.",
      "otherMac": "APPROVAL_INVALID: The approval does not belong to this plan. A person must approve this plan.",
      "otherPlan": "APPROVAL_INVALID: The approval does not belong to this plan. A person must approve this plan.",
      "otherToken": "APPROVAL_INVALID: The approval token does not belong to this plan. Leave the token out, or take the one made for this plan.",
      "unsigned": "APPROVAL_INVALID: The approval is not signed by an approver key of this person that counts. A person approves it again, with an enrolled key: routeros-mcp approver list shows them.",
      "used": "APPROVAL_INVALID: The approval of this plan was already used. Make a new plan.",
    }
  `);
});

test('clocks of two processes may differ by five minutes, and no more', () => {
  expect(said(remade({ issuedAt: NOW + 5 * MINUTE }))).toBe('taken');
  expect(said(remade({ issuedAt: NOW + 5 * MINUTE + 1 }))).toContain('in the future');
});

test('an approval of another plan with the same content is of another plan', () => {
  const twin = sealed(plan.targets, { id: 'pln_1111111111111111' });
  expect(said({ ...approval, planHash: twin.hash }, { to: twin })).toContain('does not belong to this plan');
});
