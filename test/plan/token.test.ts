import { expect, test } from 'vitest';
import { DeniedError } from '../../src/lib/core/errors.ts';
import { APPROVAL_LIFE, PLAN_LIFE } from '../../src/lib/plan/policy.ts';
import { approvalMac, checkApproval } from '../../src/lib/plan/token.ts';
import { signApproval } from '../../src/lib/plan/token-sign.ts';
import type { Approval, Plan } from '../../src/lib/plan/types.ts';
import { dns, NOW, on, planFor, sealed } from './helpers.ts';

const KEY = Buffer.alloc(32, 7);
const plan = planFor({ dns: [{}] }, { verb: 'set', ...on(dns), values: { servers: '9.9.9.9' } });
const other = sealed(plan.targets, { id: 'pln_1111111111111111' });
const { approval, token } = signApproval(KEY, plan, 'user:ann', NOW);

/** The code with which an approval is refused; undefined where it is taken. */
function refused(
  of: Approval,
  to: Plan = plan,
  at = NOW + 1,
  text: string | undefined = undefined,
  key: Uint8Array = KEY,
): string | undefined {
  try {
    checkApproval(key, of, to, at, text);
    return undefined;
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(DeniedError);
    return (thrown as DeniedError).code;
  }
}

test('a person’s yes to this plan is taken, with the token and without it', () => {
  expect(refused(approval)).toBeUndefined();
  expect(refused(approval, plan, NOW + 1, token.reveal())).toBeUndefined();
});

test('it holds for 15 minutes, or for the rest of the plan', () => {
  expect(approval.expiresAt).toBe(NOW + APPROVAL_LIFE);
  expect(refused(approval, plan, NOW + APPROVAL_LIFE - 1)).toBeUndefined();
  expect(refused(approval, plan, NOW + APPROVAL_LIFE)).toBe('APPROVAL_EXPIRED');
  const late = signApproval(KEY, plan, 'user:ann', NOW + PLAN_LIFE - 1_000).approval;
  expect(late.expiresAt).toBe(plan.expiresAt);
});

test('used once, it is used', () => expect(refused({ ...approval, consumedAt: NOW })).toBe('APPROVAL_INVALID'));

test('another plan, another hash, another key', () => {
  expect(refused(approval, other)).toBe('APPROVAL_INVALID');
  expect(refused(approval, { ...plan, hash: other.hash })).toBe('APPROVAL_INVALID');
  expect(refused({ ...approval, planId: other.id, planHash: other.hash }, other)).toBe('APPROVAL_INVALID');
  expect(refused(approval, plan, NOW + 1, undefined, Buffer.alloc(32, 8))).toBe('APPROVAL_INVALID');
});

test('every field of the approval is covered: changed, it is refused', () => {
  const changed: Readonly<Record<keyof Approval, unknown>> = {
    planId: 'pln_x',
    planHash: 'f'.repeat(64),
    by: 'user:eve',
    kind: 'policy',
    rule: 'advanced-writes-at-once',
    issuedAt: NOW - 1,
    expiresAt: approval.expiresAt + 1,
    nonceHash: 'f'.repeat(64),
    mac: '0'.repeat(64),
    signature: { keyId: 'f'.repeat(64), value: '' },
    consumedAt: NOW,
  };
  for (const [field, value] of Object.entries(changed)) expect(refused({ ...approval, [field]: value }), field).toBe('APPROVAL_INVALID');
  for (const field of Object.keys(approval)) {
    const { [field as keyof Approval]: _gone, ...rest } = approval;
    expect(() => checkApproval(KEY, rest as Approval, plan, NOW + 1), `without ${field}`).toThrow();
  }
});

test('every bit of the MAC and of the hash of the nonce', () => {
  for (const field of ['mac', 'nonceHash', 'planHash'] as const)
    for (const flipped of flips(approval[field])) expect(refused({ ...approval, [field]: flipped })).toBe('APPROVAL_INVALID');
});

test('every bit of the token, and tokens of another form', () => {
  const text = token.reveal();
  const flipped = flips(text);
  expect(flipped.length).toBe(text.length * 8);
  for (const one of flipped) expect(refused(approval, plan, NOW + 1, one), one).toBe('APPROVAL_INVALID');
  const theirs = signApproval(KEY, other, 'user:ann', NOW).token.reveal();
  const forms = [
    '',
    '.',
    '..',
    text.slice(0, -1),
    `${text}A`,
    `${text}.`,
    ` ${text}`,
    `${text}\n`,
    text.replace('rmcp1', 'rmcp2'),
    theirs,
    `rmcp1.${plan.id}.`,
    `rmcp1.${plan.id}`,
  ];
  for (const one of forms) expect(refused(approval, plan, NOW + 1, one), one).toBe('APPROVAL_INVALID');
});

test('the raw nonce is in the token and nowhere else, and no two are alike', () => {
  const nonce = token.reveal().split('.')[2] ?? '';
  expect(Buffer.from(nonce, 'base64url')).toHaveLength(32);
  expect(JSON.stringify(approval)).not.toContain(nonce);
  expect(JSON.stringify({ token })).not.toContain(nonce);
  const nonces = new Set(Array.from({ length: 50 }, () => signApproval(KEY, plan, 'user:ann', NOW).token.reveal()));
  expect(nonces.size).toBe(50);
});

test('the MAC is 256 bits over named fields in any order', () => {
  expect(approval.mac).toMatch(/^[0-9a-f]{64}$/);
  const { mac, ...bare } = approval;
  expect(approvalMac(KEY, Object.fromEntries(Object.entries(bare).reverse()) as typeof bare)).toBe(mac);
});

/** The text with each of its bits turned in turn. */
function flips(text: string): readonly string[] {
  const bytes = Buffer.from(text, 'latin1');
  return [...bytes].flatMap((byte, at) =>
    Array.from({ length: 8 }, (_, bit) => {
      const copy = Buffer.from(bytes);
      copy[at] = byte ^ (1 << bit);
      return copy.toString('latin1');
    }),
  );
}
