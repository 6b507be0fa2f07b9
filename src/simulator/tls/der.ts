/** The few shapes of DER (X.690) a certificate is made of. */

const lengthOf = (size: number): readonly number[] => (size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff]);

function wrap(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(size)]), ...parts]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => wrap(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => wrap(0x31, ...parts);
export const octets = (content: Uint8Array): Buffer => wrap(0x04, content);
export const bits = (content: Uint8Array): Buffer => wrap(0x03, Buffer.from([0]), content);
export const utf8 = (text: string): Buffer => wrap(0x0c, Buffer.from(text, 'utf8'));
export const yes = (): Buffer => wrap(0x01, Buffer.from([0xff]));
export const nothing = (): Buffer => wrap(0x05);
/** `[number]` around something, or instead of its own tag. */
export const explicit = (number: number, content: Uint8Array): Buffer => wrap(0xa0 | number, content);
export const implicit = (number: number, content: Uint8Array): Buffer => wrap(0x80 | number, content);

/** A number that is not negative: no needless noughts in front, one when the first bit would be a sign. */
export function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Buffer.from([0]) : bytes.subarray(first);
  return wrap(0x02, (digits[0] ?? 0) & 0x80 ? Buffer.from([0]) : Buffer.alloc(0), digits);
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let left = Math.floor(part / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return wrap(0x06, Buffer.from(bytes));
}

/** Until 2049 years have two digits. */
export function time(ms: number): Buffer {
  const digits = `${new Date(ms).toISOString().replace(/\D/g, '').slice(0, 14)}Z`;
  return ms < Date.UTC(2050, 0) ? wrap(0x17, Buffer.from(digits.slice(2))) : wrap(0x18, Buffer.from(digits));
}
