import { z } from 'zod';
import { networkOf, readAddress, readHost, readPrefix, readRange } from './address.ts';
import { readDuration, writeDuration } from './duration.ts';
import type { Kind } from './field.ts';
import { fieldOf } from './field.ts';

/** Any text. RouterOS treats a missing text and an empty one alike. */
const textKind = (max: number): Kind<string> => ({
  shape: { name: 'text', max },
  schema: z.string().max(max),
  example: 'uplink to core',
  allowed: `text of at most ${max} characters`,
  absent: '',
  decode: (text) => text,
  encode: (value) => value,
});

/** Text of a field that RouterOS itself has a form for: an empty one is refused, so that the field is taken away instead. */
const wordKind = (max: number): Kind<string> => ({
  shape: { name: 'text', max, min: 1 },
  schema: z.string().min(1).max(max),
  example: 'equal:64',
  allowed: `text of 1 to ${max} characters`,
  decode: (text) => text || undefined,
  encode: (value) => value,
});

/** Booleans come as `true`, `yes`, or present but empty; a missing one is false. Requests are sent `yes` or `no`. */
const flagKind: Kind<boolean> = {
  shape: { name: 'flag' },
  schema: z.boolean(),
  example: 'yes',
  allowed: 'yes or no',
  absent: 'no',
  decode: (text) => (text === '' || text === 'true' || text === 'yes' ? true : text === 'false' || text === 'no' ? false : undefined),
  encode: (value) => (value ? 'yes' : 'no'),
};

/** A number, or one of the words RouterOS uses in its place (`auto`, `unlimited`): a word is never turned into 0. */
function integerKind(options: { min?: number; max?: number; words?: readonly string[] }): Kind<number | string> {
  const { min = 0, max = 4_294_967_295, words = [] } = options;
  const number = z.number().int().min(min).max(max);
  return {
    shape: { name: 'integer', min, max, words },
    schema: words.length === 0 ? number : z.union([number, z.enum(words as [string, ...string[]])]),
    example: String(Math.max(min, Math.min(max, 1500))),
    allowed: `a whole number from ${min} to ${max}${words.length > 0 ? `, or ${words.join(', ')}` : ''}`,
    decode: (text) => {
      if (words.includes(text)) return text;
      if (!/^(?:-?\d+|0x[0-9a-fA-F]+)$/.test(text)) return undefined;
      const value = Number(text);
      return Number.isSafeInteger(value) ? value + 0 : undefined;
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
  decode: (text) => (/^\d+$/.test(text) ? (Number.isSafeInteger(Number(text)) ? Number(text) : text) : undefined),
  encode: (value) => String(value),
};

const enumKind = (values: readonly [string, ...string[]]): Kind<string> => ({
  shape: { name: 'enum', values },
  schema: z.enum(values),
  example: values[0],
  allowed: `one of ${values.join(', ')}`,
  decode: (text) => (values.includes(text) ? text : undefined),
  encode: (value) => value,
});

/** Seconds; fractions down to a microsecond. */
function durationKind(words: readonly string[]): Kind<number | string> {
  const seconds = z.number().min(0).max(4_294_967_295);
  return {
    shape: { name: 'duration', words },
    schema: words.length === 0 ? seconds : z.union([seconds, z.enum(words as [string, ...string[]])]),
    example: '1d2h',
    allowed: `a duration such as 30s, 5m or 1d2h${words.length > 0 ? `, or ${words.join(', ')}` : ''}`,
    decode: (text) => (words.includes(text) ? text : readDuration(text)),
    encode: (value) => (typeof value === 'number' ? writeDuration(value) : value),
  };
}

/** A moment in the router's own local time, kept as RouterOS writes it: it carries no zone. */
const timeKind: Kind<string> = {
  shape: { name: 'time' },
  schema: z.string().max(40).regex(/\d/),
  example: '2026-03-14 09:26:53',
  allowed: 'a date and time as RouterOS writes it',
  decode: (text) => (/\d/.test(text) ? text : undefined),
  encode: (value) => value,
};

function checked(
  name: 'address' | 'prefix' | 'network' | 'host',
  options: Omit<Kind<string>, 'shape' | 'schema' | 'encode'>,
): Kind<string> {
  return {
    ...options,
    shape: { name },
    schema: z.string().refine((value) => options.decode(value) !== undefined, options.allowed),
    encode: (value) => options.decode(value) ?? value,
  };
}

const addressKind = checked('address', {
  example: '192.0.2.1',
  allowed: 'an IP address',
  decode: readAddress,
});
const prefixKind = checked('prefix', {
  example: '192.0.2.1/24',
  allowed: 'an IP address with its prefix length',
  decode: (text) => {
    const found = readPrefix(text) ?? readPrefix(`${text}/${text.includes(':') ? 128 : 32}`);
    return found && `${found.address}/${found.length}`;
  },
});
/** What firewall lists and matchers take: an address, a network, a range, or (lists) a name to be resolved. Host bits mean nothing. */
const networkKind = checked('network', {
  example: '198.51.100.0/24',
  allowed: 'an IP address, a prefix, a range a-b, or a host name',
  decode: (text) => {
    const prefix = readPrefix(text);
    if (!prefix) return readRange(text) ?? readHost(text);
    return prefix.length === (prefix.address.includes(':') ? 128 : 32) ? prefix.address : `${networkOf(prefix)}/${prefix.length}`;
  },
});
const hostKind = checked('host', {
  example: 'ntp1.example.net',
  allowed: 'an IP address or a host name',
  decode: readHost,
});

const macKind: Kind<string> = {
  shape: { name: 'mac' },
  schema: z.string().regex(/^(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$/),
  example: '48:A9:8A:10:20:00',
  allowed: 'a MAC address',
  decode: (text) => (/^(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$/.test(text) ? text.toUpperCase() : undefined),
  encode: (value) => value.toUpperCase(),
};

/** Ports and port ranges, comma-joined. */
const portsKind: Kind<string> = {
  shape: { name: 'ports' },
  schema: z.string().refine((value) => readPorts(value) !== undefined, 'ports such as 22,8000-8080'),
  example: '22,8000-8080',
  allowed: 'ports from 0 to 65535, ranges a-b, joined by commas',
  decode: readPorts,
  encode: (value) => readPorts(value) ?? value,
};

function readPorts(text: string): string | undefined {
  const parts = text.split(',').map((part) => {
    const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    const low = Number(from);
    const high = Number(to ?? from);
    if (!(low <= high && high <= 65_535)) return undefined;
    return low === high ? String(low) : `${low}-${high}`;
  });
  return parts.every((part) => part !== undefined) ? parts.join(',') : undefined;
}

/** A matcher that may be turned round with a leading `!`. */
const negatableKind = (of: Kind<string>): Kind<string> => ({
  shape: { name: 'negatable', of: of.shape },
  schema: z.string().refine((value) => of.schema.safeParse(of.decode(value.replace(/^!/, '')) || undefined).success, of.allowed),
  example: of.example,
  allowed: `${of.allowed}; a leading ! turns it round`,
  // An empty matcher is none: it is taken away, not set.
  decode: (text) => {
    const plain = of.decode(text.replace(/^!/, ''));
    return plain ? `${text.startsWith('!') ? '!' : ''}${plain}` : undefined;
  },
  encode: (value) => `${value.startsWith('!') ? '!' : ''}${of.encode(value.replace(/^!/, ''))}`,
});

/** Text that is still one member of a list after joining and splitting. */
const isMember = (text: string): boolean => text !== '' && !text.includes(',') && text.trim() === text;

/** Comma-joined values. In a `sequence` (DNS servers) order means something; otherwise they are written sorted, each once. */
function listKind<Value extends string | number>(of: Kind<Value>, sequence: boolean): Kind<readonly Value[]> {
  return {
    shape: { name: 'list', of: of.shape, sequence },
    schema: z.array(of.schema.refine((member) => isMember(of.encode(member)))).readonly(),
    example: of.example,
    allowed: `a list, joined by commas, of: ${of.allowed}`,
    absent: '',
    decode: (text) => {
      if (text === '') return [];
      const values = text.split(',').map((part) => of.decode(part.trim()));
      return values.every((value) => value !== undefined) ? values : undefined;
    },
    encode: (value) => {
      const parts = value.map((member) => of.encode(member));
      return (sequence ? parts : [...new Set(parts)].sort()).join(',');
    },
  };
}

export const text = fieldOf(textKind(255));
export const word = fieldOf(wordKind(255));
export const flag = fieldOf(flagKind);
export const integer = (options: Parameters<typeof integerKind>[0] = {}) => fieldOf(integerKind(options));
export const counter = fieldOf(counterKind);
export const oneOf = (...values: readonly [string, ...string[]]) => fieldOf(enumKind(values));
export const duration = (...words: readonly string[]) => fieldOf(durationKind(words));
export const time = fieldOf(timeKind);
export const address = fieldOf(addressKind);
export const prefix = fieldOf(prefixKind);
export const network = fieldOf(networkKind);
export const host = fieldOf(hostKind);
export const mac = fieldOf(macKind);
export const not = {
  text: fieldOf(negatableKind(textKind(255))),
  network: fieldOf(negatableKind(networkKind)),
  ports: fieldOf(negatableKind(portsKind)),
  oneOf: (...values: readonly [string, ...string[]]) => fieldOf(negatableKind(enumKind(values))),
  setOf: (...values: readonly [string, ...string[]]) => fieldOf(negatableKind(setKind(values))),
};
/** Servers in the order in which they are asked. */
export const hostSequence = fieldOf(listKind(hostKind, true));
export const addressSequence = fieldOf(listKind(addressKind, true));
/** Addresses, networks and ranges in any order. */
export const networkSet = fieldOf(listKind(networkKind, false));
export const textSet = fieldOf(listKind(textKind(255), false));

/** Words from a fixed set, comma-joined, kept as one text with its members sorted. */
function setKind(values: readonly [string, ...string[]]): Kind<string> {
  const inner = listKind(enumKind(values), false);
  const tidy = (value: string): string | undefined => {
    const members = value === '' ? undefined : inner.decode(value);
    return members && inner.encode(members);
  };
  return {
    shape: { name: 'enum', values, several: true },
    schema: z.string().refine((value) => tidy(value) !== undefined, inner.allowed),
    example: values[0],
    allowed: inner.allowed,
    decode: tidy,
    encode: (value) => tidy(value) ?? value,
  };
}
