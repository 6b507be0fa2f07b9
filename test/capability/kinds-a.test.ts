import { describe, expect, test } from 'vitest';
import type { Field } from '../../src/lib/capability/field.ts';
import { addressSet, choice, decimal, host, latency, longText, networkSet, policies, wordsOf } from '../../src/lib/capability/kinds-a.ts';

const about = { about: 'A field.' };
const none = undefined;

/** Texts and what they mean; undefined is text that is not understood, and never a guess. */
const READS: Readonly<Record<string, readonly [Field, Readonly<Record<string, unknown>>]>> = {
  'a host, or a word in its place': [
    host(about),
    {
      '192.0.2.1': '192.0.2.1',
      '2001:DB8::0:1': '2001:db8::1',
      'mail.example.net': 'mail.example.net',
      none: 'none',
      '': none,
      '1.2.3': none,
    },
  ],
  'a set of addresses': [addressSet(about), { '': [], '192.0.2.2,192.0.2.1': ['192.0.2.2', '192.0.2.1'], '192.0.2.0/24': none }],
  'a set of networks, without host bits': [
    networkSet(about),
    {
      '': [],
      '10.10.99.7/24, ::/0': ['10.10.99.0/24', '::/0'],
      '0.0.0.0/0': ['0.0.0.0/0'],
      '10.0.0.1/32': ['10.0.0.1'],
      '10.0.0.0/33': none,
    },
  ],
  'a number with a fraction; a word is never turned into one': [
    decimal({ min: -50, words: ['ok', 'no-input'] })(about),
    {
      '39.5': 39.5,
      '-3': -3,
      '0': 0,
      '-0': 0,
      '0xff': 255,
      ok: 'ok',
      'no-input': 'no-input',
      idle: none,
      '': none,
      '85%': none,
      '1e3': none,
    },
  ],
  'a number with a unit behind it': [
    decimal({ max: 100, unit: '%' })(about),
    { '85.0%': 85, '85': 85, '0.5%': 0.5, '%': none, '85 %': none },
  ],
  'words that are on; those with a ! are off': [
    policies(about),
    {
      'read,!ftp,api,!write': 'api,read',
      'read, read': 'read',
      dude: 'dude',
      '!read,!write': none,
      '': none,
      'read,,api': none,
      'a b': none,
    },
  ],
  'one word of a set that was a switch once': [
    choice('auto', 'no', 'yes')(about),
    { auto: 'auto', true: 'yes', false: 'no', yes: 'yes', maybe: none },
  ],
  'a word of a set without yes': [choice('no', 'local')(about), { false: 'no', true: none, local: 'local' }],
  'text of many lines': [longText(about), { '': '', 'one\ntwo': 'one\ntwo' }],
  'a measured time': [
    latency(about),
    { '2.331ms': 0.002_331, '2ms331us': 0.002_331, '453us': 0.000_453, '1.5s': 1.5, '0s': 0, '1.5h': none, '': none },
  ],
};

for (const [what, [{ kind }, table]] of Object.entries(READS)) {
  describe(what, () => {
    for (const [wire, value] of Object.entries(table))
      test(`reads ${JSON.stringify(wire)}`, () => expect(kind.decode(wire)).toEqual(value));
    test('what it reads it takes and writes, and reads again as the same', () => {
      for (const value of Object.values(table).filter((one) => one !== undefined)) {
        expect(kind.schema.safeParse(value).success, JSON.stringify(value)).toBe(true);
        const wire = kind.encode(value);
        expect(kind.encode(kind.decode(wire)), JSON.stringify(value)).toBe(wire);
      }
    });
    test('its example is one', () => expect(kind.schema.safeParse(kind.decode(kind.example)).success).toBe(true));
  });
}

test('written in the spelling of the router', () => {
  const table: readonly (readonly [Field, unknown, string])[] = [
    [addressSet(about), ['192.0.2.2', '192.0.2.1', '192.0.2.2'], '192.0.2.1,192.0.2.2'],
    [networkSet(about), ['10.9.9.9/8', '10.0.0.0/8'], '10.0.0.0/8'],
    [decimal({ unit: '%' })(about), 85, '85'],
    [wordsOf('cdp', 'lldp')(about), 'lldp,cdp', 'cdp,lldp'],
    [latency(about), 0.002_331, '2ms331us'],
  ];
  for (const [{ kind }, value, wire] of table) expect(kind.encode(value)).toBe(wire);
});

test('values that are not of the kind are not taken', () => {
  const table: readonly (readonly [Field, readonly unknown[]])[] = [
    [host(about), ['', 'a b', 5]],
    [addressSet(about), [['x'], ['192.0.2.1,192.0.2.2'], '192.0.2.1']],
    [networkSet(about), [[''], ['10.0.0.0/40'], [5]]],
    [decimal({ max: 100, words: ['ok'] })(about), [101, -1, Number.NaN, 'fail', '5']],
    [policies(about), ['', '!read', 'read write', ['read']]],
    [choice('auto', 'no')(about), ['yes', true, '']],
    [longText(about), ['x'.repeat(4_097), 5]],
    [latency(about), [-1, '5ms', Number.NaN]],
  ];
  for (const [{ kind }, values] of table) {
    for (const value of values) expect(kind.schema.safeParse(value).success, JSON.stringify(value)).toBe(false);
  }
});
