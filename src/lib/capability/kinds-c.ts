import { z } from 'zod';
import { networkOf, readPrefix } from './address.ts';
import { readDuration, writeDuration } from './duration.ts';
import { fieldOf, type Kind } from './field.ts';
import { network, not } from './kinds.ts';
import { switchOr } from './kinds-d.ts';

/** Kinds of addresses, queues and pools that the common ones do not cover. */

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9 };

/** `10M`, `512k`, `8.3kbps`; plain digits are bits a second already. */
function readRate(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([kKMG]?)(?:bps)?$/.exec(text) ?? [];
  const value = digits === undefined ? Number.NaN : Math.round(Number(digits) * (UNITS[unit] ?? 1));
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Bits a second: the router answers plain numbers over REST and units on its command line. */
const rateKind: Kind<number> = {
  shape: { name: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER, words: [] },
  schema: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  example: '10000000',
  allowed: 'bits a second, such as 512k, 10M or 1G; 0 is no limit',
  decode: (text) => (/^0x[0-9a-fA-F]+$/.test(text) ? Number(text) : readRate(text)),
  encode: (value) => String(value),
};

/** One half of a pair in the router's own spelling; undefined where it is none. */
type Half = (text: string) => string | undefined;
const HALVES: Readonly<Record<'rate' | 'time' | 'word', Half>> = {
  rate: (text) => (/^\d+$/.test(text) ? text : readRate(text)?.toString()),
  time: (text) => {
    const seconds = /[a-z:]/.test(text) ? readDuration(text) : undefined;
    return seconds === undefined ? undefined : writeDuration(seconds);
  },
  word: (text) => text || undefined,
};

function readPair(text: string, between: string, half: Half): string | undefined {
  const parts = text.split(between).map(half);
  return parts.length === 2 && parts.every((part) => part !== undefined) ? parts.join(between) : undefined;
}

/**
 * Two values in one text: upload and download of a queue, the ends of a span of time. A pair gets the router's own spelling; any other
 * text is kept as it is, because the kinds of the kit have no form for a pair: the menu refuses what is none (`isPair`).
 */
const pairKind = (of: keyof typeof HALVES, between: string, example: string, allowed: string): Kind<string> => ({
  shape: { name: 'text', max: 255, min: 1 },
  schema: z.string().min(1).max(255),
  example,
  allowed,
  decode: (text) => readPair(text, between, HALVES[of]) ?? (text || undefined),
  encode: (value) => readPair(value, between, HALVES[of]) ?? value,
});

/** Has the text the form that `rates`, `times` and `words` are for? */
export const isPair = (of: keyof typeof HALVES, text: string): boolean => readPair(text, '/', HALVES[of]) !== undefined;
/** Is it a span of time, shortest and longest? */
export const isTimeSpan = (text: string): boolean => readPair(text, '-', HALVES.time) !== undefined;

/** A queue's end: an address or a network, whose host bits mean nothing and whose length is always written, or an interface. */
function readEnd(text: string): string {
  const prefix = readPrefix(text) ?? readPrefix(`${text}/${text.includes(':') ? 128 : 32}`);
  return prefix ? `${networkOf(prefix)}/${prefix.length}` : text;
}

const endKind: Kind<string> = {
  shape: { name: 'text', max: 255 },
  schema: z.string().max(255),
  example: '192.168.88.0/24',
  allowed: 'an IP address, a prefix, or the name of an interface',
  absent: '',
  decode: readEnd,
  encode: readEnd,
};

const isMember = (text: string): boolean => text !== '' && !text.includes(',') && text.trim() === text;

/** Comma-joined texts; as in the common kinds, order means something in a sequence only. */
const listOf = (of: Kind<string>, sequence: boolean): Kind<readonly string[]> => ({
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
});

const matcher = not.ports({ about: 'Turned round or not.' }).kind;
const portsKind: Kind<string> = {
  shape: { name: 'ports' },
  schema: z.string().refine((value) => !value.startsWith('!') && matcher.schema.safeParse(value).success, 'ports such as 22,8000-8080'),
  example: matcher.example,
  allowed: 'ports from 0 to 65535, ranges a-b, joined by commas',
  decode: (text) => (text.startsWith('!') ? undefined : matcher.decode(text)),
  encode: (value) => matcher.encode(value),
};

/** Ports that are set, not matched. */
export const ports = fieldOf(portsKind);
/** Bits a second. */
export const rate = fieldOf(rateKind);
/** Upload and download in bits a second. */
export const rates = fieldOf(pairKind('rate', '/', '10M/20M', 'upload/download in bits a second, such as 10M/20M'));
/** Upload and download, each a duration. */
export const times = fieldOf(pairKind('time', '/', '10s/10s', 'upload/download as durations, such as 10s/10s'));
/** Upload and download, each a word or a number. */
export const words = (example: string) => fieldOf(pairKind('word', '/', example, `upload/download, such as ${example}`));
/** The shortest and the longest time. */
export const timeSpan = fieldOf(pairKind('time', '-', '3m20s-10m', 'the shortest and the longest time, such as 3m20s-10m'));
/** What a queue slows down: an address, a network or an interface. */
export const queueEnd = fieldOf(endKind);
export const queueEnds = fieldOf(listOf(endKind, false));
/** Ranges in the order in which they are used. */
export const networkSequence = fieldOf(listOf(network({ about: 'A member.' }).kind, true));
/**
 * A switch that is on unless it is turned off. It is kept as a word and always written out: the common switch means "off" by absence,
 * so that a row put back without the word would be switched on.
 */
export const onSwitch = switchOr();
