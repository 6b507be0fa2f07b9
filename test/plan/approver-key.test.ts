import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type ApproverKey, countingKeys, enrolmentText, keyIdOf, signedBy } from '../../src/lib/plan/approver-key.ts';
import { approvalText, checkApproval, type Signing } from '../../src/lib/plan/token.ts';
import { type Signer, signApproval } from '../../src/lib/plan/token-sign.ts';
import type { Approval } from '../../src/lib/plan/types.ts';
import { dns, NOW, on, planFor, sealed } from './helpers.ts';

const KEY = Buffer.alloc(32, 7);
const plan = planFor({ dns: [{}] }, { verb: 'set', ...on(dns), values: { servers: '9.9.9.9' } });
const other = sealed(plan.targets, { id: 'pln_1111111111111111' });

interface Pair extends Signer {
  readonly publicKey: string;
}
function pair(): Pair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const der = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  return { keyId: keyIdOf(der), publicKey: der, sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64') };
}
function enrolled(one: Pair, person: string, enrolledAt = NOW, by?: Pair): ApproverKey {
  const bare = { keyId: one.keyId, publicKey: one.publicKey, person, enrolledAt };
  return { ...bare, enrolledBy: person, ...(by && { signedBy: by.keyId, signature: by.sign(enrolmentText(bare)) }) };
}

const ann = pair();
const ben = pair();
const eve = pair();
const annKey = enrolled(ann, 'user:ann');
const { approval } = signApproval(KEY, plan, 'user:ann', NOW, ann);

function refused(of: Approval, signing: Signing = { required: true, keys: [annKey] }, to = plan): string | undefined {
  try {
    checkApproval(KEY, of, to, NOW + 1, undefined, signing);
    return undefined;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}
const NOT_SIGNED = expect.stringContaining('not signed by an approver key');

describe('a signed approval', () => {
  test('holds where a key is asked for, and where none is', () => {
    expect(refused(approval)).toBeUndefined();
    expect(refused(approval, { required: false, keys: [annKey] })).toBeUndefined();
    expect(refused(signApproval(KEY, plan, 'user:Ann', NOW, ann).approval)).toBeUndefined();
  });

  test('whoever has the key of the MAC and no more cannot make one', () => {
    const { approval: bare } = signApproval(KEY, plan, 'user:ann', NOW);
    expect(refused(bare)).toEqual(NOT_SIGNED);
    expect(refused(bare, { required: false, keys: [] })).toBeUndefined();
    expect(refused(signApproval(KEY, plan, 'user:ann', NOW, eve).approval)).toEqual(NOT_SIGNED);
    expect(refused(signApproval(KEY, plan, 'user:ann', NOW, { ...eve, keyId: ann.keyId }).approval)).toEqual(NOT_SIGNED);
    // A signature of hers over another approval of hers.
    const again = signApproval(KEY, plan, 'user:ann', NOW).approval;
    expect(refused({ ...again, ...(approval.signature && { signature: approval.signature }) })).toEqual(NOT_SIGNED);
    const elsewhere = signApproval(KEY, other, 'user:ann', NOW).approval;
    expect(refused({ ...elsewhere, ...(approval.signature && { signature: approval.signature }) }, undefined, other)).toEqual(NOT_SIGNED);
  });

  test('is made with any of the keys that this person has', () => {
    const keys = [annKey, enrolled(ben, 'user:ben'), enrolled(eve, 'user:ann')];
    expect(refused(signApproval(KEY, plan, 'user:ann', NOW, eve).approval, { required: true, keys })).toBeUndefined();
    expect(refused(signApproval(KEY, plan, 'user:ann', NOW, ben).approval, { required: true, keys })).toEqual(NOT_SIGNED);
  });

  test('is of the person whose key it is', () => {
    expect(refused(signApproval(KEY, plan, 'user:ben', NOW, ann).approval)).toEqual(NOT_SIGNED);
  });

  test('does not hold with a key that does not count, even where none is asked for', () => {
    for (const required of [true, false]) expect(refused(approval, { required, keys: [] })).toEqual(NOT_SIGNED);
  });

  test('every bit of the signature', () => {
    const bytes = Buffer.from(approval.signature?.value ?? '', 'base64');
    expect(bytes).toHaveLength(64);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(signedBy(annKey, approvalText(approval), copy.toString('base64')), String(bit)).toBe(false);
    }
    for (const value of ['', 'AAAA', ` ${approval.signature?.value}`, `${approval.signature?.value}=`, bytes.toString('base64url')])
      expect(signedBy(annKey, approvalText(approval), value), value).toBe(false);
  });

  test('a public key that is not the one its id names is none', () => {
    const text = approvalText(approval);
    expect(signedBy({ keyId: ann.keyId, publicKey: eve.publicKey }, text, eve.sign(text))).toBe(false);
    const junk = Buffer.from('no key').toString('base64');
    expect(signedBy({ keyId: keyIdOf(junk), publicKey: junk }, text, eve.sign(text))).toBe(false);
  });

  test('a key of another kind is none, though it signed', () => {
    const pairs = [generateKeyPairSync('ed448'), generateKeyPairSync('rsa', { modulusLength: 2048 })];
    for (const { privateKey, publicKey } of pairs) {
      const der = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
      const signature = sign(null, Buffer.from('x'), privateKey).toString('base64');
      expect(signedBy({ keyId: keyIdOf(der), publicKey: der }, 'x', signature), publicKey.asymmetricKeyType).toBe(false);
    }
    expect(signedBy(ann, 'x', ann.sign('x'))).toBe(true);
  });
});

test('the id of a key is the digest of its bytes, however the text that holds them is spelled', () => {
  const bytes = Buffer.from(ann.publicKey, 'base64');
  expect(ann.keyId).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(keyIdOf(bytes.toString('base64url'))).toBe(ann.keyId);
});

test('what is signed at enrolment says what it is for, which key, whose and since when', () => {
  expect(enrolmentText({ ...annKey, keyId: 'k', publicKey: 'p' })).toBe(
    `routeros-mcp approver key v1\n{"enrolledAt":${NOW},"keyId":"k","person":"user:ann","publicKey":"p"}`,
  );
});

describe('which keys count', () => {
  const ids = (all: readonly ApproverKey[], pinned: readonly string[] = []) => countingKeys(all, pinned).map(({ keyId }) => keyId);
  const benKey = enrolled(ben, 'user:ben', NOW + 1, ann);

  test('the first, and each that one of them vouches for', () => {
    expect(ids([annKey, benKey])).toEqual([ann.keyId, ben.keyId]);
  });

  test('one that the second vouches for, and one that comes after a signer was revoked and another lives', () => {
    const eveKey = enrolled(eve, 'user:eve', NOW + 2, ben);
    expect(ids([annKey, benKey, eveKey])).toEqual([ann.keyId, ben.keyId, eve.keyId]);
    expect(ids([{ ...annKey, revokedAt: NOW + 1 }, benKey, eveKey])).toEqual([]);
    expect(ids([{ ...annKey, revokedAt: NOW + 2 }, benKey, eveKey])).toEqual([ben.keyId, eve.keyId]);
    // One that names somebody who vouches for it, and shows nothing, is no first one.
    const { signature: _signature, ...claimed } = benKey;
    expect(ids([annKey, claimed])).toEqual([ann.keyId]);
    expect(ids([claimed])).toEqual([]);
  });

  test('not one that was slipped in beside them', () => {
    const self = enrolled(eve, 'user:ann', NOW + 1, eve);
    const forged = { ...enrolled(eve, 'user:ann', NOW + 1, eve), signedBy: ann.keyId };
    const alone = enrolled(eve, 'user:ann', NOW + 1);
    const borrowed = { ...benKey, keyId: eve.keyId, publicKey: eve.publicKey };
    const renamed = { ...benKey, person: 'user:eve' };
    for (const key of [self, forged, alone, borrowed, renamed]) expect(ids([annKey, key])).toEqual([ann.keyId]);
  });

  test('not a revoked one, nor what it vouched for afterwards; what it vouched for before, still', () => {
    const gone = { ...annKey, revokedAt: NOW + 5, revokedBy: 'user:ann' };
    expect(ids([gone, benKey])).toEqual([ben.keyId]);
    expect(ids([gone, enrolled(ben, 'user:ben', NOW + 5, ann)])).toEqual([ben.keyId].slice(1));
    expect(ids([{ ...annKey, revokedAt: NOW + 5 }, enrolled(ben, 'user:ben', NOW + 5)])).toEqual([ben.keyId]);
    expect(ids([{ ...annKey, revokedAt: NOW + 5 }, enrolled(ben, 'user:ben', NOW + 4)])).toEqual([]);
  });

  test('where the configuration names keys, only those', () => {
    expect(ids([annKey, benKey], [ben.keyId])).toEqual([ben.keyId]);
    // A store that was rewritten as a whole.
    expect(ids([enrolled(eve, 'user:ann')], [ann.keyId])).toEqual([]);
    expect(ids([{ ...annKey, revokedAt: NOW }], [ann.keyId])).toEqual([]);
  });
});
