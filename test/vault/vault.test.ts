import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FleetError } from '../../src/lib/core/errors.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import { openCredential, sealCredential } from '../../src/lib/vault/credential.ts';
import { openVault } from '../../src/lib/vault/vault.ts';

const vault = openVault({ key: randomBytes(32) });
const PLACE = ['credentials', 'device-1', 'password'] as const;

function refused(work: () => unknown): FleetError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof FleetError) return thrown;
    throw thrown;
  }
  throw new Error('it was not refused');
}

describe('the vault', () => {
  test('opens what it sealed, in its place', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 }).filter((value) => value.isWellFormed());
    fc.assert(
      fc.property(text, text, text, text, (table, row, column, plaintext) => {
        const sealed = vault.seal(table, row, column, plaintext);
        expect(sealed).toMatch(/^v1\|[\w-]{12}\|[\w-]{16}\|[\w-]*\|[\w-]{22}$/);
        expect(vault.open(table, row, column, sealed).reveal()).toBe(plaintext);
      }),
      { numRuns: 300 },
    );
  });

  test('takes a secret as it is, and gives one back', () => {
    const opened = vault.open(...PLACE, vault.seal(...PLACE, new Secret('hunter2')));
    expect(opened).toBeInstanceOf(Secret);
    expect(opened.reveal()).toBe('hunter2');
    expect(inspect(opened) + JSON.stringify({ opened })).not.toContain('hunter2');
  });

  test('seals the same text differently each time, and never shows it', () => {
    const sealed = Array.from({ length: 200 }, () => vault.seal(...PLACE, 'correct horse battery staple'));
    expect(new Set(sealed.map((value) => value.split('|')[2])).size).toBe(200);
    for (const form of ['utf8', 'base64url', 'hex'] as const) {
      const shown = Buffer.from('correct horse battery staple').toString(form);
      expect(sealed.some((value) => value.includes(shown))).toBe(false);
    }
  });

  test('opens nothing in another place', () => {
    const sealed = vault.seal(...PLACE, 'hunter2');
    const places = [
      ['credentials', 'device-2', 'password'],
      ['plans', 'device-1', 'password'],
      ['credentials', 'device-1', 'token'],
      // The same characters, cut elsewhere.
      ['credential', 'sdevice-1', 'password'],
      ['credentials","device-1', '', 'password'],
    ] as const;
    for (const [table, row, column] of places)
      expect(refused(() => vault.open(table, row, column, sealed))).toMatchObject({ name: 'StoreError', code: 'STORE_FAILED' });
  });

  test('opens nothing of which any one character was changed, left out or doubled', () => {
    const sealed = vault.seal(...PLACE, 'hunter2 and a bit more');
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_|=+/ \n';
    for (let at = 0; at < sealed.length; at += 1) {
      const [head, tail] = [sealed.slice(0, at), sealed.slice(at + 1)];
      for (const letter of letters) if (letter !== sealed[at]) refused(() => vault.open(...PLACE, `${head}${letter}${tail}`));
      refused(() => vault.open(...PLACE, `${head}${tail}`));
      refused(() => vault.open(...PLACE, `${head}${sealed[at]}${sealed.slice(at)}`));
    }
    expect(vault.open(...PLACE, sealed).reveal()).toBe('hunter2 and a bit more');
  });

  test('opens nothing of which any one byte was flipped', () => {
    const sealed = vault.seal(...PLACE, 'hunter2');
    const [version, keyId, ...parts] = sealed.split('|');
    for (const [index, part] of parts.entries()) {
      const bytes = Buffer.from(part, 'base64url');
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const changed = [version, keyId, ...parts.with(index, flipped.toString('base64url'))].join('|');
        expect(refused(() => vault.open(...PLACE, changed)).code).toBe('STORE_FAILED');
      }
    }
  });

  test('opens neither fragments nor a tag that was shortened', () => {
    const sealed = vault.seal(...PLACE, 'hunter2');
    const parts = sealed.split('|');
    const tag = Buffer.from(parts[4] ?? '', 'base64url');
    const wrong = [
      '',
      '|',
      'v1||||',
      parts.slice(0, 4).join('|'),
      `${sealed}|`,
      ` ${sealed}`,
      parts.with(0, 'v2').join('|'),
      parts.with(4, '').join('|'),
    ];
    for (const length of [4, 8, 12, 15]) wrong.push(parts.with(4, tag.subarray(0, length).toString('base64url')).join('|'));
    for (const text of wrong) expect(refused(() => vault.open(...PLACE, text)).code).toBe('STORE_FAILED');
  });

  test('says when another key is needed, and tells neither key nor value', () => {
    const key = randomBytes(32);
    const other = openVault({ key });
    const sealed = other.seal(...PLACE, 'hunter2');
    const error = refused(() => vault.open(...PLACE, sealed));
    expect(error).toMatchObject({ name: 'ConfigError', code: 'KEY_MISSING' });
    const told = JSON.stringify(error) + inspect(other) + JSON.stringify(other) + other.keyId;
    for (const form of ['hex', 'base64', 'base64url'] as const) expect(told).not.toContain(key.toString(form));
    expect(told).not.toContain('hunter2');
  });

  test('says when the name of its key is forged', () => {
    const parts = openVault({ key: randomBytes(32) })
      .seal(...PLACE, 'hunter2')
      .split('|');
    expect(refused(() => vault.open(...PLACE, parts.with(1, vault.keyId).join('|'))).code).toBe('STORE_FAILED');
  });

  test('takes a key of 32 bytes only, and keeps a copy', () => {
    for (const length of [0, 16, 31, 33, 64])
      expect(refused(() => openVault({ key: randomBytes(length) }))).toMatchObject({ name: 'ConfigError' });
    const key = randomBytes(32);
    const own = openVault({ key });
    const sealed = own.seal(...PLACE, 'hunter2');
    key.fill(0);
    expect(own.open(...PLACE, sealed).reveal()).toBe('hunter2');
    expect(own.open(...PLACE, own.seal(...PLACE, 'x')).reveal()).toBe('x');
  });

  test('refuses text that would not come back', () => {
    expect(refused(() => vault.seal(...PLACE, '\ud800')).code).toBe('BUG');
  });

  test('a credential opens for its device only', () => {
    const key = { text: new Secret('-----BEGIN'), passphrase: new Secret('open') };
    const whole = { password: new Secret('hunter2'), hops: [{ password: new Secret('hop') }, { key }, {}] };
    const credential = sealCredential(vault, 'device-1', whole);
    const opened = openCredential(vault, credential);
    expect(opened.password.reveal()).toBe('hunter2');
    expect(opened.key).toBeUndefined();
    expect(opened.hops.map(({ password }) => password?.reveal())).toEqual(['hop', undefined, undefined]);
    expect(opened.hops[1]?.key?.text.reveal()).toBe('-----BEGIN');
    expect(opened.hops[1]?.key?.passphrase?.reveal()).toBe('open');
    expect(JSON.stringify(opened) + credential.sealed).not.toMatch(/hunter2|BEGIN|hop"/);
    expect(refused(() => openCredential(vault, { ...credential, deviceId: 'device-2' })).code).toBe('STORE_FAILED');
  });
});
