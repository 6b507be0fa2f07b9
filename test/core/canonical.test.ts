import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, fingerprint, mac, sameDigest, sha256 } from '../../src/lib/core/canonical.ts';
import { Secret } from '../../src/lib/core/secret.ts';

test('one text for one value', () => {
  expect(canonical({ b: 1, a: [true, null, 'x'], c: { z: 0, y: undefined } })).toBe('{"a":[true,null,"x"],"b":1,"c":{"z":0}}');
  expect(canonical({ a: 1, b: 2 })).toBe(canonical({ b: 2, a: 1 }));
  expect(canonical([undefined, 1])).toBe('[null,1]');
  expect(canonical(new Array(2))).toBe('[null,null]');
  expect(canonical(-0)).toBe('0');
  expect(canonical({ ä: 1, z: 2, '10': 3, '9': 4 })).toBe('{"10":3,"9":4,"z":2,"ä":1}');
  expect(canonical(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}');
});

test('it is JSON, and says what JSON says', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonical(JSON.parse(JSON.stringify(value)))).toBe(canonical(value));
    }),
    { numRuns: 500 },
  );
});

test('different values have different texts', () => {
  const values: readonly unknown[] = [
    null,
    0,
    '0',
    '',
    [],
    {},
    [null],
    [[]],
    { a: null },
    { a: '' },
    'null',
    true,
    'true',
    ['a', 'b'],
    ['ab'],
    ['a,b'],
    { a: { b: 1 } },
    { 'a.b': 1 },
    '\ud800',
    '\ufffd',
    '"',
    '\\',
  ];
  expect(new Set(values.map(canonical)).size).toBe(values.length);
});

test('what JSON cannot carry faithfully is refused, wherever it stands', () => {
  const things: readonly unknown[] = [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    10n,
    () => 1,
    Symbol('x'),
    undefined,
    new Date(0),
    new Map([[1, 2]]),
    new Set([1]),
    /x/,
    new Secret('x'),
    new Uint8Array(2),
    new Error('x'),
  ];
  for (const thing of things) {
    expect(() => canonical(thing)).toThrow(TypeError);
    if (thing !== undefined) for (const holder of [[thing], { a: thing }]) expect(() => canonical(holder)).toThrow(TypeError);
  }
});

test('hashes and MACs by their known values', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(fingerprint({ b: 1, a: 2 })).toBe(sha256('{"a":2,"b":1}'));
  const key = Buffer.from('key');
  expect(mac(key, 'one', { a: 1 })).toBe('b5e55b1f1de3dd393ee439af27b65e0996ef50b775a2a977eb040be60b3673fb');
  expect(mac(key, 'one', { a: 1 })).not.toBe(mac(key, 'two', { a: 1 }));
  expect(mac(key, 'one', { a: 1 })).not.toBe(mac(Buffer.from('kez'), 'one', { a: 1 }));
  expect(mac(key, 'one', { a: 1, b: 2 })).toBe(mac(key, 'one', { b: 2, a: 1 }));
});

test('digests are compared whole', () => {
  expect(sameDigest('aa', 'aa')).toBe(true);
  for (const [a, b] of [
    ['aa', 'ab'],
    ['aa', 'aaa'],
    ['', 'a'],
    ['ä', 'a'],
  ] as const)
    expect(sameDigest(a, b)).toBe(false);
  expect(sameDigest('', '')).toBe(true);
});
