import { z } from 'zod';
import { fieldOf, type Kind } from '../field.ts';

/** Numbers. A word that RouterOS writes in the place of one (`auto`, `unlimited`) is never turned into 0. */

interface Limits {
  readonly min?: number;
  readonly max?: number;
  readonly words?: readonly string[];
}

const UINT32 = 4_294_967_295;
const HEX = /^0x[0-9a-fA-F]+$/;

const orWords = (words: readonly string[]): string => (words.length > 0 ? `, or ${words.join(', ')}` : '');
const withWords = (number: z.ZodType<number>, words: readonly string[]): z.ZodType<number | string> =>
  words.length === 0 ? number : z.union([number, z.enum(words)]);

/** Beyond what a number holds exactly, a text is not understood rather than rounded; -0 is 0. */
const whole = (value: number): number | undefined => (Number.isSafeInteger(value) ? value + 0 : undefined);

function integerKind({ min = 0, max = UINT32, words = [] }: Limits): Kind<number | string> {
  return {
    shape: { name: 'integer', min, max, words },
    schema: withWords(z.number().int().min(min).max(max), words),
    example: String(Math.max(min, Math.min(max, 1500))),
    allowed: `a whole number from ${min} to ${max}${orWords(words)}`,
    decode: (text) => {
      if (words.includes(text)) return text;
      return /^-?\d+$/.test(text) || HEX.test(text) ? whole(Number(text)) : undefined;
    },
    encode: (value) => String(value),
  };
}

/** A 64-bit counter: a number while it is exact, its digits beyond that. */
const counterKind: Kind<number | string> = {
  shape: { name: 'counter' },
  schema: z.union([z.number().int().min(0), z.string().regex(/^\d+$/)]),
  example: '18446744073709551615',
  allowed: 'a whole number',
  decode: (text) => (/^\d+$/.test(text) ? (whole(Number(text)) ?? text) : undefined),
  encode: (value) => String(value),
};

/** A number that may have a fraction; undefined where its digits are more than a number keeps and writes again. */
function readDecimal(text: string): number | undefined {
  if (HEX.test(text)) return whole(Number(text));
  const [, sign = '', digits, fraction = ''] = /^(-?)0*(\d+?)(?:\.(?=\d)(\d*?)0*)?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const plain = fraction === '' ? digits : `${digits}.${fraction}`;
  const value = Number(plain);
  return String(value) === plain ? (sign === '-' ? -value + 0 : value) : undefined;
}

/** A number that may have a fraction and a unit behind it (`85.0%`). */
function decimalKind({ min = 0, max = UINT32, words = [], unit = '' }: Limits & { readonly unit?: string }): Kind<number | string> {
  return {
    shape: { name: 'integer', min, max, words },
    schema: withWords(z.number().min(min).max(max), words),
    example: String(Math.max(min, Math.min(max, 85))),
    allowed: `a number from ${min} to ${max}${orWords(words)}`,
    decode: (text) => {
      if (words.includes(text)) return text;
      return readDecimal(unit !== '' && text.endsWith(unit) ? text.slice(0, -unit.length) : text);
    },
    encode: (value) => String(value),
  };
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9 };

/** Bits a second of `10M`, `512k`, `8.3kbps`; plain digits are bits a second already. */
export function readRate(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([kKMG]?)(?:bps)?$/.exec(text) ?? [];
  return digits === undefined ? undefined : whole(Math.round(Number(digits) * (UNITS[unit] ?? 1)));
}

/** The router answers plain numbers over REST and units on its command line. */
const rateKind: Kind<number> = {
  shape: { name: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER, words: [] },
  schema: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  example: '10000000',
  allowed: 'bits a second, such as 512k, 10M or 1G; 0 is no limit',
  decode: (text) => (HEX.test(text) ? whole(Number(text)) : readRate(text)),
  encode: (value) => String(value),
};

export const integer = (limits: Limits = {}) => fieldOf(integerKind(limits));
export const counter = fieldOf(counterKind);
export const decimal = (limits: Limits & { readonly unit?: string } = {}) => fieldOf(decimalKind(limits));
/** Bits a second. */
export const rate = fieldOf(rateKind);
