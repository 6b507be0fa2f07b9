import { describe, expect, test } from 'vitest';
import type { Field } from '../../src/lib/capability/field.ts';
import {
  addressSequence,
  counter,
  duration,
  flag,
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

import { about, READS } from './samples.ts';

const reads = (field: Field, wire: string): unknown => field.kind.decode(wire);
const writes = (field: Field, value: unknown): string => field.kind.encode(value);
const takes = (field: Field, value: unknown): boolean => field.kind.schema.safeParse(value).success;

for (const [what, [field, table]] of Object.entries(READS)) {
  describe(what, () => {
    for (const [wire, value] of Object.entries(table))
      test(`reads ${JSON.stringify(wire)}`, () => expect(reads(field, wire)).toEqual(value));
    test('what it reads it takes and writes, and reads again as the same', () => {
      for (const value of Object.values(table).filter((one) => one !== undefined && !(typeof one === 'number' && one < 0))) {
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
