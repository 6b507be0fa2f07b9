import fc from 'fast-check';
import type { Capability } from '../../src/lib/capability/define.ts';
import type { Field, KindShape } from '../../src/lib/capability/field.ts';

/** A value as the kit holds it, and one of the texts by which RouterOS may write it. Knows nothing of the kinds' own code. */
export interface Spelled {
  readonly value: unknown;
  readonly wire: string;
}

const same = (value: string): Spelled => ({ value, wire: value });
const plain = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<Spelled> => arbitrary.map(same);

const CHARACTERS = [...'abcdefghijklmnopqrstuvwxyzABCXYZ0123456789 ,.-_:/!"\'$[]{}();=?*#~', ...'äßéПр漢字🛰'];
const character = fc.constantFrom(...CHARACTERS);

/** Text a person or a stranger might write; nothing that is cleaned away on its way in. */
const words = (min: number, max: number): fc.Arbitrary<string> =>
  fc
    .array(character, { minLength: min, maxLength: Math.min(max, 24) })
    .map((all) => all.join(''))
    .filter((text) => text.length >= min && text.length <= max);

const octet = fc.integer({ min: 0, max: 255 });
const ipv4 = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));
const ipv4Number = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const ipv4Text = (number: number): string => [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');

/** The form in which IPv6 addresses are stored, worked out by the URL parser and not by us. */
export const ipv6Canonical = (address: string): string => new URL(`http://[${address}]/`).hostname.slice(1, -1);

const group = fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
const ipv6 = fc
  .tuple(fc.array(group, { minLength: 8, maxLength: 8 }), fc.integer({ min: 0, max: 3 }))
  .map(([groups, spelling]): Spelled => {
    const long = groups.map((part) => part.toString(16).padStart(spelling === 1 ? 4 : 1, '0')).join(':');
    const value = ipv6Canonical(long);
    return { value, wire: [value, long, long.toUpperCase(), value.toUpperCase()][spelling] ?? value };
  });

const address: fc.Arbitrary<Spelled> = fc.oneof({ arbitrary: plain(ipv4), weight: 3 }, { arbitrary: ipv6, weight: 1 });

const label = fc.stringMatching(/^[a-z](?:[a-z0-9-]{0,8}[a-z0-9])?$/);
const hostName = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));
const host: fc.Arbitrary<Spelled> = fc.oneof(address, plain(hostName));

const prefix: fc.Arbitrary<Spelled> = fc.oneof(
  fc.tuple(ipv4, fc.integer({ min: 0, max: 32 })).map(([at, length]) => same(`${at}/${length}`)),
  fc
    .tuple(ipv6, fc.integer({ min: 0, max: 128 }))
    .map(([at, length]) => ({ value: `${at.value}/${length}`, wire: `${at.wire}/${length}` })),
  ipv4.map((at) => ({ value: `${at}/32`, wire: at })),
);

const network: fc.Arbitrary<Spelled> = fc.oneof(
  plain(ipv4),
  ipv4.map((at) => ({ value: at, wire: `${at}/32` })),
  fc.tuple(ipv4, fc.integer({ min: 0, max: 31 })).map(([at, length]) => {
    const size = 2 ** (32 - length);
    return same(`${ipv4Text(Math.floor(ipv4Number(at) / size) * size)}/${length}`);
  }),
  fc.tuple(ipv4, ipv4).map(([a, b]) => {
    const [from = '', to = ''] = [a, b].sort((x, y) => ipv4Number(x) - ipv4Number(y));
    return same(from === to ? from : `${from}-${to}`);
  }),
  plain(hostName),
);

const port = fc.integer({ min: 0, max: 65_535 });
const portPart = fc.oneof(
  port.map(String),
  fc.tuple(port, port).map(([a, b]) => (a === b ? String(a) : `${Math.min(a, b)}-${Math.max(a, b)}`)),
);
const ports = plain(fc.array(portPart, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(',')));

const mac = fc.array(octet, { minLength: 6, maxLength: 6 }).chain((bytes) => {
  const value = bytes
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(':')
    .toUpperCase();
  return fc.constantFrom(value, value.toLowerCase()).map((wire) => ({ value, wire }));
});

function integer(min: number, max: number): fc.Arbitrary<Spelled> {
  return fc.tuple(fc.integer({ min, max }), fc.boolean()).map(([value, hex]) => ({
    value,
    wire: hex && value >= 0 ? `0x${value.toString(16)}` : String(value),
  }));
}

const counter = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value) => ({
  value: value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString(),
  wire: value.toString(),
}));

const SIZES: readonly (readonly [string, bigint])[] = [
  ['w', 604_800_000_000n],
  ['d', 86_400_000_000n],
  ['h', 3_600_000_000n],
  ['m', 60_000_000n],
  ['s', 1_000_000n],
  ['ms', 1_000n],
  ['us', 1n],
];

/** A duration in falling units, as the API writes it. */
export function durationText(micros: bigint): string {
  let left = micros;
  let text = '';
  for (const [unit, size] of SIZES) {
    if (left >= size) text += `${left / size}${unit}`;
    left %= size;
  }
  return text === '' ? '0s' : text;
}

/** The same on the command line: `[Nd]HH:MM:SS[.ffffff]`. */
export function clockText(micros: bigint): string {
  const two = (number: bigint): string => String(number).padStart(2, '0');
  const seconds = micros / 1_000_000n;
  const days = seconds / 86_400n;
  const fraction = micros % 1_000_000n;
  const clock = `${two((seconds / 3_600n) % 24n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  return `${days > 0n ? `${days}d` : ''}${clock}${fraction > 0n ? `.${String(fraction).padStart(6, '0')}` : ''}`;
}

const duration = fc
  .tuple(fc.oneof(fc.bigInt({ min: 0n, max: 10_000_000n }), fc.bigInt({ min: 0n, max: 2_000_000_000_000_000n })), fc.boolean())
  .map(([micros, clock]) => ({ value: Number(micros) / 1_000_000, wire: clock ? clockText(micros) : durationText(micros) }));

const two = (max: number) => fc.integer({ min: 1, max }).map((number) => String(number).padStart(2, '0'));
/** As ISO 8601 here, and with a blank on the wire. */
const time = fc.tuple(fc.integer({ min: 1970, max: 2099 }), two(12), two(28), two(23), two(59)).map(([year, ...rest]): Spelled => {
  const [month, day, hour, minute] = rest;
  return { value: `${year}-${month}-${day}T${hour}:${minute}:07`, wire: `${year}-${month}-${day} ${hour}:${minute}:07` };
});

const wordsOr = (extra: readonly string[], other: fc.Arbitrary<Spelled>): fc.Arbitrary<Spelled> =>
  extra.length === 0 ? other : fc.oneof({ arbitrary: other, weight: 3 }, { arbitrary: plain(fc.constantFrom(...extra)), weight: 1 });

/** Several words of a set: kept sorted, written by RouterOS in an order of its own. */
const severalOf = (values: readonly string[]): fc.Arbitrary<Spelled> =>
  fc.subarray([...values], { minLength: 1 }).chain((chosen) =>
    fc.shuffledSubarray(chosen, { minLength: chosen.length, maxLength: chosen.length }).map((order) => ({
      value: [...chosen].sort().join(','),
      wire: order.join(','),
    })),
  );

function list(of: KindShape, sequence: boolean): fc.Arbitrary<Spelled> {
  const member = spelled(of).filter(({ wire }) => wire !== '' && !wire.includes(',') && wire.trim() === wire);
  const selector = ({ value }: Spelled): string => String(value);
  return fc.uniqueArray(member, { maxLength: 4, selector }).map((members) => {
    const kept = sequence ? members : [...members].sort((a, b) => (String(a.value) < String(b.value) ? -1 : 1));
    return { value: kept.map(({ value }) => value), wire: members.map(({ wire }) => wire).join(',') };
  });
}

const negatable = (of: KindShape): fc.Arbitrary<Spelled> =>
  fc
    .tuple(
      spelled(of).filter(({ wire }) => wire !== '' && !wire.startsWith('!')),
      fc.boolean(),
    )
    .map(([{ value, wire }, turned]) => (turned ? { value: `!${String(value)}`, wire: `!${wire}` } : { value, wire }));

/** Values and spellings from what a kind says of itself. */
export function spelled(shape: KindShape): fc.Arbitrary<Spelled> {
  switch (shape.name) {
    case 'text':
      return plain(words(shape.min ?? 0, shape.max));
    case 'flag':
      return fc.oneof(
        fc.constantFrom('true', 'yes', '').map((wire) => ({ value: true, wire })),
        fc.constantFrom('false', 'no').map((wire) => ({ value: false, wire })),
      );
    case 'integer':
      return wordsOr(shape.words, integer(shape.min, shape.max));
    case 'counter':
      return counter;
    case 'enum':
      return shape.several ? severalOf(shape.values) : plain(fc.constantFrom(...shape.values));
    case 'duration':
      return wordsOr(shape.words, duration);
    case 'time':
      return time;
    case 'address':
      return address;
    case 'prefix':
      return prefix;
    case 'network':
      return network;
    case 'host':
      return host;
    case 'mac':
      return mac;
    case 'ports':
      return ports;
    case 'negatable':
      return negatable(shape.of);
    case 'list':
      return list(shape.of, shape.sequence);
  }
}

/** A value of a field; one that is required says something. */
export function spelledField(field: Field): fc.Arbitrary<Spelled> {
  const any = spelled(field.kind.shape);
  // A text that stands for something when it is missing is never empty.
  const says = field.traits.required === true || field.traits.fallback !== undefined;
  return says ? any.filter(({ wire }) => wire !== '' || field.kind.shape.name === 'flag') : any;
}

export type SpelledItem = Readonly<Record<string, Spelled>>;

/** An item with all its required and key fields, and some of the others. */
export function itemOf(capability: Capability, names: readonly string[], all = false): fc.Arbitrary<SpelledItem> {
  const needed = names.filter((name) => all || capability.fields[name]?.traits.required || capability.key.includes(name));
  const optional = names.filter((name) => !needed.includes(name));
  const record = (chosen: readonly string[]): fc.Arbitrary<SpelledItem> =>
    fc.record(
      Object.fromEntries(chosen.flatMap((name) => (capability.fields[name] ? [[name, spelledField(capability.fields[name])]] : []))),
    );
  return fc.subarray(optional, { maxLength: Math.min(optional.length, 8) }).chain((some) => record([...needed, ...some]));
}

export const valuesOf = (item: SpelledItem): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(item).map(([name, { value }]) => [name, value]));
