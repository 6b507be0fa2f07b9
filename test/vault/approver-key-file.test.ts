import { verify } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../../src/lib/core/secret.ts';
import { makeApproverKey, type OpenApproverKey, openApproverKey } from '../../src/lib/vault/approver-key-file.ts';

const PASSPHRASE = new Secret('correct horse battery');
let folder: string;
let file: string;
let made: OpenApproverKey;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'routeros-mcp-approver-'));
  file = path.join(folder, 'approver.key');
  made = makeApproverKey(file, PASSPHRASE);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The code with which a file is refused. */
function refused(text: string, passphrase = PASSPHRASE): string {
  const other = path.join(folder, 'other.key');
  writeFileSync(other, text, { mode: 0o600 });
  try {
    openApproverKey(other, passphrase);
    return 'opened';
  } catch (thrown) {
    return (thrown as { code: string }).code;
  }
}

describe('a key file', () => {
  test('opens with its passphrase, and signs', () => {
    const key = openApproverKey(file, PASSPHRASE);
    expect([key.keyId, key.publicKey]).toEqual([made.keyId, made.publicKey]);
    const spki = { key: Buffer.from(key.publicKey, 'base64'), format: 'der', type: 'spki' } as const;
    expect(verify(null, Buffer.from('text'), spki, Buffer.from(key.sign('text'), 'base64'))).toBe(true);
  });

  test('is for its owner only, and holds neither key nor passphrase in the clear', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain(PASSPHRASE.reveal());
    expect(Object.keys(made)).toEqual(['keyId', 'publicKey', 'sign']);
  });

  test.each(['', 'correct horse batterx', 'Correct horse battery', 'correct horse battery '])('not with "%s"', (other) => {
    expect(refused(readFileSync(file, 'utf8'), new Secret(other))).toBe('CONFIRMATION_NEEDED');
  });

  test('not when any part of it was changed', () => {
    const parts = readFileSync(file, 'utf8').trim().split('|');
    for (let at = 0; at < parts.length; at += 1) {
      const changed = parts.map((part, index) => (index === at ? `${part.startsWith('A') ? 'B' : 'A'}${part.slice(1)}` : part));
      expect(refused(changed.join('|')), String(at)).toMatch(/^(?:CONFIRMATION_NEEDED|CONFIG_INVALID)$/);
    }
    for (const text of ['', 'x', parts.slice(0, -1).join('|'), `${parts.join('|')}|x`, 'y'.repeat(5_000)])
      expect(refused(text)).toBe('CONFIG_INVALID');
  });

  test('not when others may read it, and not where there is none', () => {
    const wide = path.join(folder, 'wide.key');
    writeFileSync(wide, readFileSync(file));
    chmodSync(wide, 0o640);
    expect(() => openApproverKey(wide, PASSPHRASE)).toThrow(/open to other users/);
    expect(() => openApproverKey(path.join(folder, 'none'), PASSPHRASE)).toThrow(/no approver key/);
    expect(() => openApproverKey(folder, PASSPHRASE)).toThrow(/no approver key/);
  });

  test('takes the place of no other, and needs a passphrase that is worth one', () => {
    expect(() => makeApproverKey(file, PASSPHRASE)).toThrow(/there already/);
    expect(openApproverKey(file, PASSPHRASE).keyId).toBe(made.keyId);
    expect(() => makeApproverKey(path.join(folder, 'short'), new Secret('eleven char'))).toThrow(/shorter than 12/);
    expect(() => statSync(path.join(folder, 'short'))).toThrow();
    expect(() => makeApproverKey(path.join(folder, 'no', 'where'), PASSPHRASE)).toThrow(/cannot be written/);
  });
});
