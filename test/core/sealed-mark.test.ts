import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText } from '../../src/lib/core/clean.ts';
import { withoutSecrets } from '../../src/lib/core/scrub.ts';
import { holdsMark, refOfMark, sealedMark } from '../../src/lib/core/sealed-mark.ts';

test('a mark stands for its reference and for nothing else', () => {
  const ref = randomUUID();
  const mark = sealedMark(ref);
  expect(refOfMark(mark)).toBe(ref);
  for (const other of [`${mark} `, ` ${mark}`, mark.slice(1), mark.toUpperCase(), ref, '']) expect(refOfMark(other)).toBeUndefined();
  expect(holdsMark(`:local a "${mark}"`)).toBe(true);
  expect(holdsMark(mark.slice(1))).toBe(false);
});

test('no cleaned text is a mark or holds one: neither a router nor a caller can write one', () => {
  const mark = sealedMark(randomUUID());
  const any = fc.string({ unit: 'binary', maxLength: 12 });
  fc.assert(
    fc.property(any, any, (before, after) => {
      expect(holdsMark(cleanText(`${before}${mark}${after}`))).toBe(false);
    }),
  );
});

test('what a router echoes is scrubbed by the name of the field', () => {
  const table: readonly (readonly [string, string])[] = [
    ['ppp secret added (*5 = /ppp secret add name=x password=Ab1)', 'ppp secret added (*5 = /ppp secret add name=x password=[secret]'],
    ['set *1 wpa2-pre-shared-key="a b\\"c" ssid=x', 'set *1 wpa2-pre-shared-key=[secret] ssid=x'],
    ['{"private-key":"abc=","mtu":"1420"}', '{"private-key":[secret],"mtu":"1420"}'],
    ['/interface lte apn set pin=1234 name=a', '/interface lte apn set pin=[secret] name=a'],
    ['spinning=1', 'spinning=1'],
    [
      '/snmp community set *1 addresses=::/0 name=hidden security=none',
      '/snmp community set *1 addresses=::/0 name=[secret] security=none',
    ],
    ['login failure for user admin from 192.0.2.1 via ssh', 'login failure for user admin from 192.0.2.1 via ssh'],
  ];
  for (const [said, kept] of table) expect(withoutSecrets(said)).toBe(kept);
});
