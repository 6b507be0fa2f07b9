import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { samePerson } from '../../src/lib/core/actor.ts';

describe('one person behind two spellings', () => {
  test.each([
    ['user:ann', 'user:Ann'],
    ['user:ann', 'user:ANN '],
    ['user:ann', ' user: ann'],
    ['user:ann', 'user:a\u200bnn'],
    ['user:ann', 'user:ａｎｎ'],
    ['user:fiona', 'user:ﬁona'],
    ['user:josé', 'user:jose\u0301'],
    ['user:strauß', 'user:STRAUSS'],
    ['user:οδος', 'user:ΟΔΟΣ'],
    ['user:ann\u00a0lee', 'user:Ann Lee'],
    ['user:ann@example.net', 'user:Ann@Example.NET'],
  ])('%s is %s', (a, b) => expect(samePerson(a, b)).toBe(true));

  test.each([
    ['user:ann', 'user:ben'],
    ['user:ann', 'agent:ann'],
    ['user:ann', 'user:anna'],
    ['user:ann lee', 'user:annlee'],
    ['user:ann', ''],
  ])('%s is not %s', (a, b) => expect(samePerson(a, b)).toBe(false));

  test('whoever writes an id in another way is no second person', () => {
    const ways: readonly ((text: string) => string)[] = [
      (text) => text.toUpperCase(),
      (text) => text.toLowerCase(),
      (text) => text.normalize('NFD'),
      (text) => text.normalize('NFKC'),
      (text) => text.normalize('NFKD'),
      (text) => `  ${text}\t`,
      (text) => [...text].join('\u200d'),
    ];
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.constantFrom(...ways), { maxLength: 4 }), (name, changes) =>
        samePerson(
          `user:${name}`,
          changes.reduce((text, change) => change(text), `user:${name}`),
        ),
      ),
      { numRuns: 2_000 },
    );
  });

  test('it is the same both ways', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 6 });
    fc.assert(fc.property(name, name, (a, b) => samePerson(a, b) === samePerson(b, a)));
    fc.assert(fc.property(name, (a) => samePerson(a, a)));
  });
});
