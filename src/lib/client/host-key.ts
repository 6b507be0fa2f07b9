/** SHA-256 fingerprints of SSH host keys. */

/**
 * A fingerprint as `ssh-keygen -lf` prints it, however it was written: `SHA256:` and base64, or 64 hex digits with or without colons.
 * @returns undefined for a text that is none (an MD5 fingerprint, for one)
 */
export function plainHostKey(text: string): string | undefined {
  const written = text.trim();
  const hex = written.replaceAll(':', '').toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hex)) return `SHA256:${unpadded(Buffer.from(hex, 'hex'))}`;
  const [, base64 = ''] = /^(?:SHA256:)?([A-Za-z0-9+/]{43})=?$/.exec(written) ?? [];
  // Only what decodes and encodes to itself: the last of 43 characters has bits to spare.
  return base64 !== '' && unpadded(Buffer.from(base64, 'base64')) === base64 ? `SHA256:${base64}` : undefined;
}

const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** SHA-256 of a whole host key, as `SHA256:...`. */
export async function fingerprintOfKey(key: Uint8Array<ArrayBuffer>): Promise<string> {
  return `SHA256:${unpadded(new Uint8Array(await crypto.subtle.digest('SHA-256', key)))}`;
}
