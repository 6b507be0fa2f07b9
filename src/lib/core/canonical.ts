import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * One text for one value: keys sorted, no white space, `undefined` members left out (as JSON does), so that
 * a hash over it survives a round trip through any store.
 *
 * @throws TypeError for what JSON cannot carry faithfully: NaN, infinities, bigint, functions, symbols, instances of classes.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('canonical JSON holds finite numbers only');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${Array.from(value, (member) => canonical(member === undefined ? null : member)).join(',')}]`;
  if (typeof value === 'object' && isPlain(value)) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`canonical JSON cannot hold a ${typeof value === 'object' ? 'class instance' : typeof value}`);
}

/** A date, a map or a secret has no members of its own: all of them would have one text. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** SHA-256 of a text, in hex. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** SHA-256 over the canonical JSON of a value: its name. */
export const fingerprint = (value: unknown): string => sha256(canonical(value));

/** HMAC-SHA256 over canonical JSON, under a domain tag so that a MAC for one purpose is none for another. */
export const mac = (key: Uint8Array, domain: string, value: unknown): string =>
  createHmac('sha256', key)
    .update(`${domain}\n${canonical(value)}`, 'utf8')
    .digest('hex');

/** Compares two hex digests in constant time. */
export function sameDigest(a: string, b: string): boolean {
  const left = Buffer.from(a, 'utf8');
  const right = Buffer.from(b, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}
