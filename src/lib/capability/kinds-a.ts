import { z } from 'zod';
import { readHost } from './address.ts';
import { readDuration, writeDuration } from './duration.ts';
import { fieldOf, type Kind } from './field.ts';
import { address as addressField, network as networkField } from './kinds.ts';

/**
 * Kinds of the menus about the router itself, its accounts and its services. Each says a shape the kit knows, so that forms,
 * schemas and generated values follow; what it reads besides is said here.
 */

const TRAITS = { about: 'Part of another kind.' };

/** An address or a host name; a word such as `none` or `any` that RouterOS writes in its place is a name too. */
const hostKind: Kind<string> = {
  shape: { name: 'host' },
  schema: z.string().refine((value) => readHost(value) !== undefined, 'an IP address or a host name'),
  example: 'mail.example.net',
  allowed: 'an IP address or a host name',
  decode: readHost,
  encode: (value) => readHost(value) ?? value,
};

/** Comma-joined values whose order means nothing: written sorted, each once. */
const setOf = (of: Kind<string>): Kind<readonly string[]> => ({
  shape: { name: 'list', of: of.shape, sequence: false },
  schema: z.array(of.schema.refine((member) => member !== '' && !member.includes(',') && member.trim() === member)).readonly(),
  example: of.example,
  allowed: `a list, joined by commas, of: ${of.allowed}`,
  absent: '',
  decode: (text) => {
    if (text === '') return [];
    const values = text.split(',').map((part) => of.decode(part.trim()));
    return values.every((value) => value !== undefined) ? values : undefined;
  },
  encode: (value) => [...new Set(value.map((member) => of.encode(member)))].sort().join(','),
});

/** A number that may have a fraction and a unit behind it (`85.0%`), or one of the words RouterOS uses in its place. */
function decimalKind(options: { min?: number; max?: number; words?: readonly string[]; unit?: string }): Kind<number | string> {
  const { min = 0, max = 4_294_967_295, words = [], unit = '' } = options;
  const number = z.number().min(min).max(max);
  return {
    shape: { name: 'integer', min, max, words },
    schema: words.length === 0 ? number : z.union([number, z.string().refine((word) => words.includes(word))]),
    example: String(Math.max(min, Math.min(max, 85))),
    allowed: `a number from ${min} to ${max}${words.length > 0 ? `, or ${words.join(', ')}` : ''}`,
    decode: (text) => {
      if (words.includes(text)) return text;
      const bare = unit !== '' && text.endsWith(unit) ? text.slice(0, -unit.length) : text;
      return /^(?:-?\d+(?:\.\d+)?|0x[0-9a-fA-F]+)$/.test(bare) ? Number(bare) + 0 : undefined;
    },
    encode: (value) => String(value),
  };
}

/**
 * Words that are on, of an open set (`read,write,!ftp`): RouterOS also names those that are off, with a `!`, which says nothing.
 * Kept as one text with its members sorted; a word that is not known here is kept too.
 */
function wordsKind(known: readonly [string, ...string[]]): Kind<string> {
  const tidy = (text: string): string | undefined => {
    const parts = text.split(',').map((part) => part.trim());
    const on = parts.filter((part) => !part.startsWith('!'));
    return on.length > 0 && parts.every((part) => /^!?[A-Za-z0-9][\w.-]*$/.test(part)) ? [...new Set(on)].sort().join(',') : undefined;
  };
  const allowed = `a list, joined by commas, of: ${known.join(', ')}`;
  return {
    shape: { name: 'enum', values: known, several: true },
    schema: z.string().refine((value) => tidy(value) !== undefined, allowed),
    example: known[0],
    allowed,
    decode: tidy,
    encode: (value) => tidy(value) ?? value,
  };
}

/** One word of a set that was a switch once, or still is for some of its values: REST may write `true` for yes and `false` for no. */
const choiceKind = (values: readonly [string, ...string[]]): Kind<string> => ({
  shape: { name: 'enum', values },
  schema: z.enum(values),
  example: values[0],
  allowed: `one of ${values.join(', ')}`,
  decode: (text) => {
    const word = text === 'true' ? 'yes' : text === 'false' ? 'no' : text;
    return values.includes(word) ? word : undefined;
  },
  encode: (value) => value,
});

/** Text of many lines. RouterOS treats a missing text and an empty one alike. */
const longTextKind: Kind<string> = {
  shape: { name: 'text', max: 4_096 },
  schema: z.string().max(4_096),
  example: 'For authorized use only.',
  allowed: 'text of at most 4096 characters',
  absent: '',
  decode: (text) => text,
  encode: (value) => value,
};

const UNITS: Readonly<Record<string, number>> = { s: 1_000_000, ms: 1_000, us: 1 };

/** Seconds of a measured time, which RouterOS may also write as `2.331ms`. */
const latencyKind: Kind<number> = {
  shape: { name: 'duration', words: [] },
  schema: z.number().min(0).max(4_294_967_295),
  example: '2ms331us',
  allowed: 'a time such as 2ms331us',
  decode: (text) => {
    const [, amount, unit = ''] = /^(\d+\.\d+)(s|ms|us)$/.exec(text) ?? [];
    return amount === undefined ? readDuration(text) : Math.round(Number(amount) * (UNITS[unit] ?? 1)) / 1_000_000;
  },
  encode: writeDuration,
};

export const host = fieldOf(hostKind);
export const addressSet = fieldOf(setOf(addressField(TRAITS).kind));
/** Networks that may come in: RouterOS clears host bits, and so does the kind. */
export const networkSet = fieldOf(setOf(networkField(TRAITS).kind));
export const decimal = (options: Parameters<typeof decimalKind>[0] = {}) => fieldOf(decimalKind(options));
export const wordsOf = (...known: readonly [string, ...string[]]) => fieldOf(wordsKind(known));
export const choice = (...values: readonly [string, ...string[]]) => fieldOf(choiceKind(values));
export const longText = fieldOf(longTextKind);
export const latency = fieldOf(latencyKind);

/** What an account or a script may do; packages bring more. */
export const policies = wordsOf(
  'api',
  'ftp',
  'local',
  'password',
  'policy',
  'read',
  'reboot',
  'rest-api',
  'romon',
  'sensitive',
  'sniff',
  'ssh',
  'telnet',
  'test',
  'web',
  'winbox',
  'write',
);
