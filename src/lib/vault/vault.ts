import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { canonical, mac } from '../core/canonical.ts';
import { BugError, ConfigError, StoreError } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';

/** Seals secrets for exactly one place in the store, and opens them only there. */
export interface Vault {
  /** Names the key without telling anything about it. */
  readonly keyId: string;
  /**
   * @param plaintext what nobody may see
   * @returns `v1|key id|nonce|ciphertext|tag`; another text each time, for the nonce is random
   */
  seal(table: string, row: string, column: string, plaintext: string | Secret): string;
  /**
   * @throws ConfigError `KEY_MISSING` it was sealed with another key
   * @throws StoreError `STORE_FAILED` it was changed, cut, or moved here from another place
   */
  open(table: string, row: string, column: string, sealed: string): Secret;
  /**
   * A keyed digest, by which a value is known again and not guessed: under a key of its own, and a domain.
   * @param value anything canonical JSON can hold
   */
  digest(domain: string, value: unknown): string;
}

const VERSION = 'v1';
const KEY_BYTES = 32;
/** 96 random bits: safe far beyond the number of values that one key will ever seal. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID = /^[\w-]{12}$/;
const CIPHER = 'aes-256-gcm';

/**
 * Opens the vault: AES-256-GCM under one key, each value bound to its table, row, column, key and format.
 *
 * @param options.key 32 bytes, from `loadKey`
 * @throws ConfigError the key has another length
 * @example
 * const vault = openVault({ key: loadKey({ file: '/var/lib/routeros-mcp/encryption.key', env: process.env }) });
 * const sealed = vault.seal('credentials', device.id, 'password', new Secret('hunter2'));
 * vault.open('credentials', device.id, 'password', sealed).reveal(); // 'hunter2'
 */
export function openVault({ key }: { readonly key: Uint8Array }): Vault {
  if (key.byteLength !== KEY_BYTES) throw new ConfigError(`An encryption key has ${KEY_BYTES} bytes; this one has ${key.byteLength}.`);
  // A copy, so that nobody changes it under us.
  const own = Uint8Array.from(key);
  const keyId = createHmac('sha256', own).update('routeros-mcp vault key id').digest('base64url').slice(0, 12);
  const digestKey = createHmac('sha256', own).update('routeros-mcp vault digest key').digest();
  const place = (table: string, row: string, column: string): Buffer =>
    Buffer.from(canonical([table, row, column, keyId, VERSION]), 'utf8');

  return Object.freeze<Vault>({
    keyId,
    digest: (domain, value) => mac(digestKey, domain, value),
    seal(table, row, column, plaintext) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, own, nonce, { authTagLength: TAG_BYTES }).setAAD(place(table, row, column));
      const text = typeof plaintext === 'string' ? plaintext : plaintext.reveal();
      if (!text.isWellFormed()) throw new BugError('A secret must be well-formed text.');
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return [
        VERSION,
        keyId,
        nonce.toString('base64url'),
        ciphertext.toString('base64url'),
        cipher.getAuthTag().toString('base64url'),
      ].join('|');
    },
    open(table, row, column, sealed) {
      const { nonce, ciphertext, tag } = parts(sealed, keyId);
      const decipher = createDecipheriv(CIPHER, own, nonce, { authTagLength: TAG_BYTES })
        .setAAD(place(table, row, column))
        .setAuthTag(tag);
      try {
        return new Secret(Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8'));
      } catch {
        // Without a cause: the engine's own error would say nothing more.
        throw damaged();
      }
    },
  });
}

function parts(sealed: string, keyId: string): { readonly nonce: Buffer; readonly ciphertext: Buffer; readonly tag: Buffer } {
  const [version, sealedWith, nonce, ciphertext, tag, ...more] = sealed.split('|');
  if (
    version !== VERSION ||
    sealedWith === undefined ||
    nonce === undefined ||
    ciphertext === undefined ||
    tag === undefined ||
    more.length > 0
  )
    throw damaged();
  if (!KEY_ID.test(sealedWith)) throw damaged();
  if (sealedWith !== keyId) {
    throw new ConfigError('A secret in the store was sealed with another encryption key than the one in use.', {
      code: 'KEY_MISSING',
      hint: 'Give this instance the key that the store was made with, or enter the credential again.',
      details: { inUse: keyId },
    });
  }
  return { nonce: bytes(nonce, NONCE_BYTES), ciphertext: bytes(ciphertext), tag: bytes(tag, TAG_BYTES) };
}

/** Strict base64url: exactly one spelling for the same bytes, so that no character can change unseen. */
function bytes(text: string, length?: number): Buffer {
  const decoded = Buffer.from(text, 'base64url');
  if (decoded.toString('base64url') !== text || (length !== undefined && decoded.byteLength !== length)) throw damaged();
  return decoded;
}

const damaged = (): StoreError =>
  new StoreError('A sealed secret does not open: it was changed, or belongs to another place in the store.', {
    hint: 'Enter the credential again; and find out who can write to the store.',
  });
