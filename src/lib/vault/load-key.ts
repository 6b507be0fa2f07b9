import { ConfigError } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import { loadKeyFile } from './key-file.ts';
import { KEY_BYTES, parseKey } from './key-text.ts';

/**
 * The key of the vault: the text that was configured, or the key file that was named, else the file given here, which is made
 * on first use. There is no other default.
 *
 * @param options.file the key file in the data directory
 * @param options.given the setting `encryptionKey`
 * @param options.givenFile the setting `encryptionKeyFile`, which must exist
 * @returns 32 bytes; never print or store them
 * @throws ConfigError the text is no key; `KEY_MISSING` the named file is not there; the file is open to other users or holds no key
 * @throws StoreError `STORE_FAILED` the disk refused
 * @example
 * const key = loadKey({ file: `${dataDirectory}/encryption.key`, given: config.encryptionKey });
 */
export function loadKey({
  file,
  given,
  givenFile,
}: {
  readonly file: string;
  readonly given?: Secret | undefined;
  readonly givenFile?: string | undefined;
}): Uint8Array {
  if (givenFile !== undefined) return loadKeyFile({ file: givenFile, create: false });
  if (given === undefined) return loadKeyFile({ file, create: true });
  const key = parseKey(given.reveal().trim());
  if (key) return key;
  // The value is not quoted: it may be a key with a typing error.
  throw new ConfigError('encryptionKey is not a key.', {
    hint: `Give ${KEY_BYTES} random bytes in base64 or hex, or name a file with encryptionKeyFile.`,
  });
}
