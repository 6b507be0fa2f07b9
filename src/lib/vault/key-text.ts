export const KEY_BYTES = 32;

const HEX = /^[0-9a-f]{64}$/i;
/** Base64 or base64url of 32 bytes, with or without its padding. */
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;

/** The 32 bytes that a text stands for, in hex or base64; nothing where it is no key or a key anybody would guess. */
export function parseKey(text: string): Uint8Array | undefined {
  const key = HEX.test(text) ? Buffer.from(text, 'hex') : BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
  if (key?.byteLength !== KEY_BYTES) return undefined;
  // `000…` and its like come from an example, never from a generator.
  return key.every((byte) => byte === key[0]) ? undefined : Uint8Array.from(key);
}
