import { isIP } from 'node:net';
import { bool, id, num, str, time, type Value } from './value.ts';

const UNITS: Readonly<Record<string, bigint>> = Object.freeze({
  w: 604_800_000_000_000n,
  d: 86_400_000_000_000n,
  h: 3_600_000_000_000n,
  m: 60_000_000_000n,
  s: 1_000_000_000n,
  ms: 1_000_000n,
  us: 1_000n,
  ns: 1n,
});
const LARGEST = 9_223_372_036_854_775_807n;
const PIECE = /(\d+)(ms|us|ns|w|d|h|m|s)/gy;

/** Units in any order, and they add up. */
function unitTime(text: string): bigint | undefined {
  let total = 0n;
  let end = 0;
  for (const [piece, count = '0', unit = 's'] of text.matchAll(PIECE)) {
    total += BigInt(count) * (UNITS[unit] ?? 0n);
    end += piece.length;
  }
  return end === text.length && end > 0 ? total : undefined;
}

const CLOCK = /^((?:\d+[wd])*)(\d+):(\d+)(?::(\d+)(?:\.(\d{1,9}))?)?$/;

function clockTime(text: string): bigint | undefined {
  const [, days = '', first = '0', second = '0', third = '0', fraction = '0'] = CLOCK.exec(text) ?? [];
  if (!CLOCK.test(text)) return undefined;
  const before = days === '' ? 0n : (unitTime(days) ?? 0n);
  const seconds = BigInt(first) * 3600n + BigInt(second) * 60n + BigInt(third);
  return before + seconds * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
}

/** A time in any spelling the console takes; undefined for anything else, and for what is too long. */
export function timeLiteral(text: string): bigint | undefined {
  const plain = /^(\d+)\.(\d{1,9})$/.exec(text);
  const nanos =
    unitTime(text) ??
    clockTime(text) ??
    (plain ? BigInt(plain[1] ?? '0') * 1_000_000_000n + BigInt((plain[2] ?? '').padEnd(9, '0')) : undefined);
  return nanos === undefined || nanos > LARGEST ? undefined : nanos;
}

/** Short addresses fill up from the left: `1.1` is `1.0.0.1`. */
function shortAddress(text: string): string | undefined {
  const bytes = text.split('.');
  if (bytes.length < 2 || bytes.length > 4 || !bytes.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) < 256)) return undefined;
  const last = bytes.pop() ?? '';
  return [...bytes, ...Array<string>(3 - bytes.length).fill('0'), last].map(Number).join('.');
}

function addressLiteral(text: string): Value | undefined {
  const [address = '', bits, more] = text.split('/');
  if (more !== undefined || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return undefined;
  const short = shortAddress(address);
  if (short !== undefined) {
    if (bits === undefined) return { type: 'ip', text: short };
    return Number(bits) <= 32 ? { type: 'ip-prefix', text: `${short}/${bits}` } : undefined;
  }
  if (isIP(address) !== 6) return undefined;
  if (bits === undefined) return { type: 'ip6', text: address };
  return Number(bits) <= 128 ? { type: 'ip6-prefix', text: `${address}/${bits}` } : undefined;
}

const clamp = (value: bigint): bigint => (value > LARGEST ? LARGEST : value < -LARGEST ? -LARGEST : value);

/** Numbers, decimal or with `0x`. */
export function numberLiteral(text: string): bigint | undefined {
  const [, sign = '', digits = ''] = /^(-?)(\d+|0x[0-9A-Fa-f]+)$/.exec(text) ?? [];
  if (digits === '') return undefined;
  const value = BigInt(digits);
  return clamp(sign === '-' ? -value : value);
}

/** What a bare word is when it is no text: a number, an address, a time, an id or a truth. */
export function typedLiteral(text: string): Value | undefined {
  const value = numberLiteral(text);
  if (value !== undefined) return num(value);
  if (text === 'true' || text === 'yes') return bool(true);
  if (text === 'false' || text === 'no') return bool(false);
  if (/^\*[0-9A-Fa-f]+$/.test(text)) return id(`*${text.slice(1).toUpperCase()}`);
  const address = addressLiteral(text);
  if (address) return address;
  const nanos = timeLiteral(text);
  return nanos === undefined ? undefined : time(nanos);
}

export const literal = (text: string): Value => typedLiteral(text) ?? str(text);
