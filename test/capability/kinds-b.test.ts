import { expect, test } from 'vitest';
import type { Field } from '../../src/lib/capability/field.ts';
import { farEnd, openFlag, ssid, vlanIds } from '../../src/lib/capability/kinds-b.ts';

const about = { about: 'Under test.' };
const takes = (field: Field, value: unknown): boolean => field.kind.schema.safeParse(value).success;

/** What the router writes, what it means, and how it is written again. */
const READS: readonly (readonly [Field, string, unknown, string?])[] = [
  [vlanIds(about), '10', [10], '10'],
  [vlanIds(about), '30,10,20-29', [30, 10, '20-29'], '10,20-29,30'],
  [vlanIds(about), '0x14', [20], '20'],
  [vlanIds(about), '7-7, 9', [7, 9], '7,9'],
  [vlanIds(about), '10,10', [10, 10], '10'],
  [vlanIds(about), '', [], ''],
  [vlanIds(about), '0', undefined],
  [vlanIds(about), '4095', undefined],
  [vlanIds(about), '20-10', undefined],
  [vlanIds(about), '10,users', undefined],
  [openFlag(about), 'true', 'yes', 'yes'],
  [openFlag(about), 'yes', 'yes', 'yes'],
  [openFlag(about), 'false', 'no', 'no'],
  [openFlag(about), 'no', 'no', 'no'],
  [openFlag(about), 'auto', undefined],
  [openFlag(about), '', undefined],
  [ssid(about), 'Office 5', 'Office 5', 'Office 5'],
  [ssid(about), '', undefined],
  [farEnd(about), '198.51.100.7', '198.51.100.7', '198.51.100.7'],
  [farEnd(about), '2001:DB8::0:7', '2001:db8::7', '2001:db8::7'],
  [farEnd(about), 'hq.example.net', 'hq.example.net', 'hq.example.net'],
  [farEnd(about), '198.51.100.7@mgmt', '198.51.100.7@mgmt', '198.51.100.7@mgmt'],
  [farEnd(about), '198.51.100.7@', undefined],
  [farEnd(about), '@mgmt', undefined],
  [farEnd(about), '198.51.100', undefined],
];

for (const [field, wire, value, again] of READS) {
  test(`reads ${JSON.stringify(wire)} as ${JSON.stringify(value)}`, () => {
    expect(field.kind.decode(wire)).toEqual(value);
    if (again !== undefined) expect(field.kind.encode(value)).toBe(again);
    if (again) expect(takes(field, field.kind.decode(again))).toBe(true);
  });
}

test('what is not of the kind is not taken', () => {
  const table: readonly (readonly [Field, readonly unknown[]])[] = [
    [vlanIds(about), [[0], [4095], ['20-10'], ['10'], ['a'], 10, '10']],
    [openFlag(about), [true, '', 'true', 'auto']],
    [ssid(about), ['', 'x'.repeat(33), 5]],
    [farEnd(about), ['', '198.51.100', '198.51.100.7@', 7]],
  ];
  for (const [field, values] of table) for (const value of values) expect(takes(field, value), JSON.stringify(value)).toBe(false);
});

test('examples are of their kind', () => {
  for (const field of [vlanIds(about), openFlag(about), ssid(about), farEnd(about)]) {
    expect(takes(field, field.kind.decode(field.kind.example)), field.kind.example).toBe(true);
  }
});

test('what a wireless profile leaves open is not a no', () => {
  expect(openFlag(about).kind.absent).toBeUndefined();
});
