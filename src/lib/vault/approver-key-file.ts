import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  scryptSync,
  sign,
} from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { ConfigError, DeniedError, InputError, StoreError } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';

/**
 * The private half of an approver key: Ed25519 (PKCS#8) under AES-256-GCM, with a key that scrypt makes of a passphrase. Not the
 * encrypted PKCS#8 that Node exports: that one stretches the passphrase with 2,048 rounds of PBKDF2 only.
 */
const MARK = 'routeros-mcp-approver-key-1';
/** 64 MB and some tenths of a second for each guess. */
const COST = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 2 ** 20 } as const;
const CIPHER = 'aes-256-gcm';
const LONGEST = 4096;
export const SHORTEST_PASSPHRASE = 12;
const HAS_RIGHTS = process.platform !== 'win32';

/** An open key. It lives as long as the call that needs it. */
export interface OpenApproverKey {
  readonly keyId: string;
  /** SPKI, DER, in base64. */
  readonly publicKey: string;
  /** @returns the signature in base64 */
  sign(text: string): string;
}

/**
 * Makes a key pair and keeps the private half in a new file, 0600.
 *
 * @throws InputError the passphrase is too short, or `ALREADY_EXISTS`
 * @throws StoreError the disk refused
 */
export function makeApproverKey(file: string, passphrase: Secret): OpenApproverKey {
  if ([...passphrase.reveal().normalize('NFKC')].length < SHORTEST_PASSPHRASE)
    throw new InputError(`The passphrase is shorter than ${SHORTEST_PASSPHRASE} characters.`, { hint: 'Take several words.' });
  const { privateKey } = generateKeyPairSync('ed25519');
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  const key = openKey(der);
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const head = [MARK, key.keyId, salt.toString('base64url'), nonce.toString('base64url')];
  const cipher = createCipheriv(CIPHER, stretched(passphrase, salt), nonce).setAAD(Buffer.from(head.join('|'), 'utf8'));
  const sealed = Buffer.concat([cipher.update(der), cipher.final()]);
  write(file, `${[...head, sealed.toString('base64url'), cipher.getAuthTag().toString('base64url')].join('|')}\n`);
  return key;
}

/**
 * Opens the key with its passphrase.
 *
 * @throws DeniedError `CONFIRMATION_NEEDED` it is another passphrase
 * @throws ConfigError the file is missing, open to other users, or holds no approver key
 */
export function openApproverKey(file: string, passphrase: Secret): OpenApproverKey {
  const [mark, keyId = '', salt = '', nonce = '', sealed = '', tag = '', ...more] = read(file).split('|');
  if (mark !== MARK || more.length > 0 || tag === '') throw noKey(file);
  const head = [mark, keyId, salt, nonce].join('|');
  let der: Buffer;
  try {
    const decipher = createDecipheriv(CIPHER, stretched(passphrase, Buffer.from(salt, 'base64url')), Buffer.from(nonce, 'base64url'), {
      authTagLength: 16,
    })
      .setAAD(Buffer.from(head, 'utf8'))
      .setAuthTag(Buffer.from(tag, 'base64url'));
    der = Buffer.concat([decipher.update(Buffer.from(sealed, 'base64url')), decipher.final()]);
  } catch {
    throw new DeniedError('The passphrase does not open the approver key.', {
      code: 'CONFIRMATION_NEEDED',
      hint: 'Type it again. A lost passphrase cannot be found again: revoke the key and enrol another.',
    });
  }
  return openKey(der);
}

/** Takes a key file away again that nothing came of. */
export function dropApproverKey(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // What is not there any more is gone.
  }
}

function openKey(der: Buffer): OpenApproverKey {
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return Object.freeze<OpenApproverKey>({
    keyId: createHash('sha256').update(spki).digest('hex'),
    publicKey: spki.toString('base64'),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64'),
  });
}

/** The same passphrase, however a keyboard composes its letters. */
const stretched = (passphrase: Secret, salt: Uint8Array): Buffer => scryptSync(passphrase.reveal().normalize('NFKC'), salt, 32, COST);

function write(file: string, text: string): void {
  try {
    const handle = openSync(file, 'wx', 0o600);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === 'EEXIST')
      throw new InputError(`The file ${file} is there already.`, { code: 'ALREADY_EXISTS', hint: 'Name another one with --key-file.' });
    throw new StoreError(`The key file ${file} cannot be written.`, {
      hint: 'Name a file in a directory that is yours, with --key-file.',
      details: { file, reason: code },
      cause: thrown,
    });
  }
}

function read(file: string): string {
  try {
    // A pipe would hold us up for ever when it is opened.
    if (!statSync(file).isFile()) throw noKey(file);
    const handle = openSync(file, 'r');
    try {
      const { mode, size } = fstatSync(handle);
      if (HAS_RIGHTS && (mode & 0o077) !== 0)
        throw new ConfigError(`${file} is open to other users (${(mode & 0o777).toString(8)}), so it is not used.`, {
          hint: `Run: chmod 600 '${file}'; and enrol another key if others may have read it.`,
          details: { file },
        });
      if (size > LONGEST) throw noKey(file);
      return readFileSync(handle, 'utf8').trim();
    } finally {
      closeSync(handle);
    }
  } catch (thrown) {
    if (thrown instanceof ConfigError) throw thrown;
    throw new ConfigError(`There is no approver key in ${file} that can be read.`, {
      code: 'KEY_MISSING',
      hint: 'Name the file of your key with --key-file, or make one: routeros-mcp approver enrol.',
      details: { file, reason: codeOf(thrown) },
    });
  }
}

const noKey = (file: string): ConfigError =>
  new ConfigError(`The file ${file} holds no approver key.`, { hint: 'Name the file of your key with --key-file.', details: { file } });

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
