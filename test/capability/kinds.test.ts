import { describe, expect, test } from 'vitest';
import type { Field } from '../../src/lib/capability/field.ts';
import {
  address,
  addressSequence,
  counter,
  duration,
  flag,
  hostSequence,
  integer,
  mac,
  network,
  not,
  oneOf,
  prefix,
  text,
  textSet,
  time,
} from '../../src/lib/capability/kinds.ts';

const about = { about: 'A field.' };
const reads = (field: Field, wire: string): unknown => field.kind.decode(wire);
const writes = (field: Field, value: unknown): string => field.kind.encode(value);
const takes = (field: Field, value: unknown): boolean => field.kind.schema.safeParse(value).success;
const none = undefined;

/** Texts and what they mean; undefined is text that is not understood, and never a guess. */
const READS: Readonly<Record<string, readonly [Field, Readonly<Record<string, unknown>>]>> = {
  'a switch in its three spellings': [
    flag(about),
    { true: true, yes: true, '': true, false: false, no: false, auto: none, '1': none, '0': none, TRUE: none },
  ],
  'a number; words and what is too large are never turned into one': [
    integer()(about),
    {
      '0': 0,
      '1500': 1500,
      '007': 7,
      '-5': -5,
      '-0': 0,
      '0x8000': 32_768,
      '0xff': 255,
      auto: none,
      unlimited: none,
      '': none,
      '1.5': none,
      '1e3': none,
      ' 1': none,
      '0x': none,
      '99999999999999999999': none,
      '0xffffffffffffffff': none,
    },
  ],
  'a number or a word': [integer({ words: ['auto', 'none'] })(about), { auto: 'auto', none: 'none', '9': 9, Auto: none, unlimited: none }],
  'a counter of 64 bits, exact to the last digit': [
    counter(about),
    {
      '0': 0,
      '9007199254740991': 9_007_199_254_740_991,
      '9007199254740993': '9007199254740993',
      '18446744073709551615': '18446744073709551615',
      '-1': none,
      '0x1': none,
      '': none,
      '1.5': none,
    },
  ],
  'a word of a set': [oneOf('accept', 'drop')(about), { accept: 'accept', drop: 'drop', Accept: none, '': none, 'accept,drop': none }],
  'a duration': [
    duration()(about),
    {
      '0s': 0,
      '10s': 10,
      '1w2d3h4m5s': 788_645,
      '3d12h12m44s': 303_164,
      '52m34s530ms': 3_154.53,
      '4ms482us': 0.004482,
      '5m': 300,
      '5ms': 0.005,
      '1m5ms': 60.005,
      '1us': 0.000001,
      '90m': 5_400,
      '00:59:47': 3_587,
      '1d00:00:01': 86_401,
      '00:00:00.530': 0.53,
      '100:00:00': 360_000,
      '3d 04:05:06': 273_906,
      '': none,
      never: none,
      '10': none,
      '5s5m': none,
      '1m1m': none,
      '1h1w': none,
      '5 m': none,
      '-5s': none,
      '00:60:00': none,
      '00:00:61': none,
      '1.5s': none,
      m: none,
      '99999999999999999999w': none,
    },
  ],
  'a duration or a word': [duration('none-dynamic')(about), { 'none-dynamic': 'none-dynamic', '1h': 3_600, 'none-static': none }],
  'a moment, as it was written': [
    time(about),
    { '2026-03-14 09:26:53': '2026-03-14 09:26:53', 'mar/14/2026 09:26:53': 'mar/14/2026 09:26:53', never: none, '': none },
  ],
  'an address, in one spelling': [
    address(about),
    {
      '192.0.2.1': '192.0.2.1',
      '0.0.0.0': '0.0.0.0',
      '2001:DB8::1': '2001:db8::1',
      '2001:0db8:0:0:0:0:0:1': '2001:db8::1',
      '::': '::',
      '::1': '::1',
      '1::': '1::',
      '0:0:1:0:0:0:2:0': '0:0:1::2:0',
      '1:0:2:0:3:0:4:0': '1:0:2:0:3:0:4:0',
      '::ffff:192.0.2.1': '::ffff:c000:201',
      '256.1.1.1': none,
      '1.2.3': none,
      '1.2.3.4.5': none,
      '01.2.3.4': none,
      '1.2.3.4/32': none,
      ':': none,
      ':::': none,
      '1::2::3': none,
      '1:2:3:4:5:6:7': none,
      '1:2:3:4:5:6:7:8:9': none,
      '1:2:3:4:5:6:7:8::': none,
      '12345::': none,
      'g::': none,
      '1.2.3.4::': none,
      '1:1.2.3.4::': none,
      '::1.2.3.4:1': none,
      '::1.2.3.256': none,
      '::/0': none,
      '': none,
    },
  ],
  'an address with its length': [
    prefix(about),
    {
      '192.0.2.1/24': '192.0.2.1/24',
      '192.0.2.1': '192.0.2.1/32',
      '192.0.2.1/024': '192.0.2.1/24',
      '2001:DB8::1/64': '2001:db8::1/64',
      '2001:db8::1': '2001:db8::1/128',
      '10.0.0.1/33': none,
      '::1/129': none,
      '10.0.0.1/': none,
      '10.0.0.1/-1': none,
      '10.0.0/24': none,
      '': none,
    },
  ],
  'what a matcher takes: the network, not the host in it': [
    network(about),
    {
      '192.0.2.1': '192.0.2.1',
      '192.0.2.1/32': '192.0.2.1',
      '192.0.2.77/24': '192.0.2.0/24',
      '10.1.2.3/0': '0.0.0.0/0',
      '255.255.255.255/1': '128.0.0.0/1',
      '2001:DB8::/32': '2001:db8::/32',
      '2001:db8::1/128': '2001:db8::1',
      '10.0.0.1-10.0.0.9': '10.0.0.1-10.0.0.9',
      '10.0.0.1-10.0.0.1': '10.0.0.1',
      'host.example.net': 'host.example.net',
      'my-host': 'my-host',
      'a-b': 'a-b',
      '10.0.0.9-10.0.0.1': none,
      '10.0.0.1-::1': none,
      '10.0.0.1-10.0.0.999': none,
      '10.0.0.1-10.0.0.2-10.0.0.3': none,
      '1.2.3.400': none,
      '10.0.0.0/33': none,
      '-x': none,
      'x-': none,
      'a b': none,
      'a..b': none,
      '': none,
    },
  ],
  'a hardware address': [
    mac(about),
    { '48:a9:8a:10:20:00': '48:A9:8A:10:20:00', '48-A9-8A-10-20-00': none, '48:A9:8A:10:20': none, '': none },
  ],
  'ports and ranges of ports': [
    not.ports(about),
    {
      '22': '22',
      '22,8000-8080': '22,8000-8080',
      '!22': '!22',
      '0-65535': '0-65535',
      '080': '80',
      '80-80': '80',
      '65536': none,
      '9-1': none,
      '1-2-3': none,
      '22,': none,
      '22, 23': none,
      http: none,
      '-5': none,
      '5-': none,
      '': none,
      '!': none,
      '!!22': none,
    },
  ],
  'a matcher turned round': [
    not.oneOf('tcp', 'udp')(about),
    { tcp: 'tcp', '!udp': '!udp', '!': none, '!!tcp': none, '': none, icmp: none },
  ],
  'text that is turned round': [not.text(about), { LAN: 'LAN', '!LAN': '!LAN', '!': none, '': none, '! x': '! x' }],
  'a set of words, sorted': [
    not.setOf('established', 'related', 'new')(about),
    {
      'related,established': 'established,related',
      '!new,related': '!new,related',
      'new,new': 'new',
      new: 'new',
      'new,odd': none,
      '': none,
      'new,': none,
    },
  ],
  'a sequence keeps its order': [
    addressSequence(about),
    { '9.9.9.9,1.1.1.1': ['9.9.9.9', '1.1.1.1'], '9.9.9.9, 1.1.1.1': ['9.9.9.9', '1.1.1.1'], '': [], '9.9.9.9,x': none, ',': none },
  ],
  'hosts and addresses': [
    hostSequence(about),
    { 'ntp.example.net,2001:DB8::1': ['ntp.example.net', '2001:db8::1'], '1.2.3.999': none, '0.pool.ntp.org.': ['0.pool.ntp.org.'] },
  ],
  'any text': [text(about), { '': '', 'a,b !': 'a,b !' }],
  'a list of texts': [textSet(about), { 'b,a': ['b', 'a'], '': [] }],
};

for (const [what, [field, table]] of Object.entries(READS)) {
  describe(what, () => {
    for (const [wire, value] of Object.entries(table))
      test(`reads ${JSON.stringify(wire)}`, () => expect(reads(field, wire)).toEqual(value));
    test('what it reads it takes and writes, and reads again as the same', () => {
      for (const value of Object.values(table).filter((one) => one !== none && !(typeof one === 'number' && one < 0))) {
        expect(takes(field, value), JSON.stringify(value)).toBe(true);
        const wire = writes(field, value);
        const again = reads(field, wire);
        expect(writes(field, again), JSON.stringify(value)).toBe(wire);
      }
    });
    test('its example is one', () => expect(takes(field, reads(field, field.kind.example))).toBe(true));
  });
}

test('written in the spelling of the router', () => {
  const table: readonly (readonly [Field, unknown, string])[] = [
    [flag(about), true, 'yes'],
    [flag(about), false, 'no'],
    [duration()(about), 93_600, '1d2h'],
    [duration()(about), 0, '0s'],
    [duration()(about), 0.004482, '4ms482us'],
    [duration()(about), 1_209_600.000001, '2w1us'],
    [textSet(about), ['b', 'a', 'b'], 'a,b'],
    [addressSequence(about), ['9.9.9.9', '1.1.1.1', '9.9.9.9'], '9.9.9.9,1.1.1.1,9.9.9.9'],
    [not.setOf('a', 'b')(about), '!b,a', '!a,b'],
    [network(about), '10.9.9.9/8', '10.0.0.0/8'],
    [counter(about), '18446744073709551615', '18446744073709551615'],
  ];
  for (const [field, value, wire] of table) expect(writes(field, value)).toBe(wire);
});

test('values that are not of the kind are not taken', () => {
  const table: readonly (readonly [Field, readonly unknown[]])[] = [
    [flag(about), ['yes', 1, null]],
    [integer({ min: 1, max: 9 })(about), [0, 10, 1.5, Number.NaN, '5', true]],
    [integer({ words: ['auto'] })(about), ['none', Number.POSITIVE_INFINITY]],
    [duration()(about), [-1, Number.NaN, Number.POSITIVE_INFINITY, '5s', 5e9]],
    [text(about), ['x'.repeat(256), 5, ['a']]],
    [textSet(about), [['a,b'], [''], [' a'], ['a', 5], 'a']],
    [addressSequence(about), [['x'], ['1.1.1.1,2.2.2.2'], [5]]],
    [not.text(about), ['', '!', 'x'.repeat(300), '!'.repeat(300)]],
    [not.ports(about), ['', '!', '70000', 22]],
    [mac(about), ['x']],
    [time(about), ['never']],
    [network(about), ['1.2.3.400', '']],
    [oneOf('a', 'b')(about), ['c', '']],
  ];
  for (const [field, values] of table) for (const value of values) expect(takes(field, value), JSON.stringify(value)).toBe(false);
});

test('what a missing field means', () => {
  const absent = (field: Field) => field.kind.absent;
  expect([flag(about), text(about), textSet(about), addressSequence(about)].map(absent)).toEqual(['no', '', '', '']);
  expect(
    [integer()(about), duration()(about), oneOf('a')(about), network(about), not.text(about), mac(about), prefix(about)].map(absent),
  ).toEqual(Array(7).fill(undefined));
});
