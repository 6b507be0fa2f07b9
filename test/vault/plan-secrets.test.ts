import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '../../src/lib/core/secret.ts';
import { openPlanSecret, type PlanSecretPlace, planSecretDigest, sealPlanSecret } from '../../src/lib/vault/plan-secrets.ts';
import { openVault } from '../../src/lib/vault/vault.ts';

const vault = openVault({ key: randomBytes(32) });
const place: PlanSecretPlace = { planId: 'pln_1', deviceId: 'dev-1', menu: '/ppp/secret', row: '*3', wire: 'password', ref: 'r-1' };
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }).filter((one) => one.isWellFormed());

test('what was sealed opens where it was sealed for, and is nowhere in what is stored', () => {
  fc.assert(
    fc.property(text, (value) => {
      const { sealed, ...about } = sealPlanSecret(vault, place, new Secret(value));
      expect(about).toEqual({ ref: 'r-1', planId: 'pln_1', deviceId: 'dev-1' });
      if (value.length > 5) expect(sealed).not.toContain(value);
      const digest = planSecretDigest(vault, place, new Secret(value));
      expect(openPlanSecret(vault, place, sealed, digest).reveal()).toBe(value);
    }),
  );
});

test('in another plan, on another router, row or field, and under another reference it does not open', () => {
  const { sealed } = sealPlanSecret(vault, place, new Secret('hunter2'));
  for (const [name, value] of Object.entries({ planId: 'pln_2', deviceId: 'dev-2', menu: '/user', row: '*4', wire: 'x', ref: 'r-2' })) {
    const elsewhere = { ...place, [name]: value };
    const digest = planSecretDigest(vault, elsewhere, new Secret('hunter2'));
    expect(() => openPlanSecret(vault, elsewhere, sealed, digest), name).toThrow(/does not open/);
  }
});

test('a value that the plan does not speak of is not opened, be it sealed for the same place', () => {
  const { sealed } = sealPlanSecret(vault, place, new Secret('another'));
  const digest = planSecretDigest(vault, place, new Secret('hunter2'));
  expect(() => openPlanSecret(vault, place, sealed, digest)).toThrow(/not the one that was planned/);
});

test('the digest tells values apart, under this key only, and equal values of two plans do not look equal', () => {
  const of = (value: string, at = place, by = vault) => planSecretDigest(by, at, new Secret(value));
  expect(of('a')).toBe(of('a'));
  expect(of('a')).not.toBe(of('b'));
  expect(of('a')).not.toBe(of('a', { ...place, ref: 'r-2' }));
  expect(of('a')).not.toBe(of('a', place, openVault({ key: randomBytes(32) })));
});
