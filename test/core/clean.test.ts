import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, oneLine } from '../../src/lib/core/clean.ts';

const ESC = '\u001b';

const CLEANED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'control sequences, of 7 and of 8 bits': {
    [`a${ESC}[31mb${ESC}[0mc`]: 'abc',
    'a\u009b31mb': 'ab',
    [`a${ESC}[?25lb`]: 'ab',
    [`a${ESC}[38;2;1;2;3mb`]: 'ab',
    [`a${ESC}[2Jb${ESC}[1;1Hc`]: 'abc',
    [`a${ESC}[1 qb`]: 'ab',
    [`a${ESC}[`]: 'a',
    [`a${ESC}[31`]: 'a',
    [`a${ESC}${ESC}[31mb`]: 'ab',
    [`a${ESC}[${ESC}[31mb`]: 'ab',
  },
  'titles, links and the clipboard: ended by bell, by ST of 7 or 8 bits, or not at all': {
    [`a${ESC}]0;title\u0007b`]: 'ab',
    [`a${ESC}]8;;http://evil${ESC}\\text${ESC}]8;;${ESC}\\b`]: 'atextb',
    [`a${ESC}]52;c;aGk=\u009cb`]: 'ab',
    'a\u009d0;title\u0007b': 'ab',
    [`a${ESC}]0;never ended`]: 'a',
    [`a${ESC}]0;x${ESC}[31mb`]: 'ab',
  },
  'device control, privacy, application and start-of-string': {
    [`a${ESC}P1$q"q${ESC}\\b`]: 'ab',
    'a\u00901$q"q\u009cb': 'ab',
    [`a${ESC}^secret${ESC}\\b`]: 'ab',
    [`a${ESC}_app${ESC}\\b`]: 'ab',
    [`a${ESC}Xsos${ESC}\\b`]: 'ab',
    'a\u009eprivate\u009cb\u009fapp\u009cc\u0098sos\u009cd': 'abcd',
    [`a${ESC}Pnever ended`]: 'a',
  },
  'short escapes': {
    [`a${ESC}cb`]: 'ab',
    [`a${ESC}(0b`]: 'ab',
    [`a${ESC}7b${ESC}8`]: 'ab',
    [`a${ESC}`]: 'a',
    [`a${ESC}Mb`]: 'ab',
    [`a${ESC}\nb`]: 'a\nb',
  },
  'controls; line feeds and tabs stay': {
    'a\u0000b\u0008c\u007fd': 'abcd',
    'a\tb\nc': 'a\tb\nc',
    'a\r\nb': 'a\r\nb',
    'a\rb': 'ab',
    'a\r\r\nb': 'a\r\nb',
    'a\u0085b\u0080c': 'abc',
    'a\u000bb\u000cc': 'abc',
  },
  'what reorders': {
    'a\u202eb\u202cc': 'abc',
    'a\u2066b\u2069c': 'abc',
    '\u200ea\u200fb\u061cc': 'abc',
    'user\u202e txt.exe': 'user txt.exe',
  },
  'what hides': {
    'a\u200bb\u200cc\u200dd': 'abcd',
    'a\ufeffb\u2060c\u00add\u180ee': 'abcde',
    'a\u2028b\u2029c': 'abc',
    'a\ufe0fb': 'ab',
    'a\ufff9b\ufffac\ufffb': 'abc',
    'a\u{e0041}\u{e007f}b': 'ab',
    'a\u{e0100}b': 'ab',
    'a\u2063b\u206ac': 'abc',
  },
  'halves of pairs': {
    'a\ud83db': 'ab',
    'a\ude00b': 'ab',
    'a\ude00\ud83db': 'ab',
    'a\ud83d\ud83d\ude00b': 'a😀b',
    'a\ud83d\u200b\ude00b': 'ab',
    'a\udb40\u0000\udc41b': 'ab',
  },
  'text that is only text': {
    '': '',
    'Füße — Привет 漢字 🛰 e\u0301': 'Füße — Привет 漢字 🛰 e\u0301',
    'a\u00a0b': 'a\u00a0b',
    '[31m': '[31m',
    '\\u001b[31m': '\\u001b[31m',
  },
};

for (const [what, table] of Object.entries(CLEANED)) {
  describe(what, () => {
    for (const [raw, clean] of Object.entries(table)) test(JSON.stringify(raw), () => expect(cleanText(raw)).toBe(clean));
  });
}

const nasty = fc.array(
  fc.oneof(
    fc.constantFrom(
      ESC,
      `${ESC}[`,
      `${ESC}]`,
      `${ESC}P`,
      `${ESC}\\`,
      '\u009b',
      '\u009c',
      '\u009d',
      '\u0090',
      '\u0007',
      '\r',
      '\n',
      '\t',
      '\u200b',
      '\u202e',
      '\ud83d',
      '\ude00',
      '\u{e0041}',
      '\udb40',
      '\udc41',
      'm',
      '31',
      ';',
      '?',
      ' ',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc.nat(0xffff).map((code) => String.fromCharCode(code)),
  ),
  { maxLength: 40 },
);
const HARMLESS =
  /^(?:[^\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|[\t\n]|\r(?=\n)|[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2]|[\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}])*$/u;

test('whatever comes, what is left moves nothing, hides nothing, and is clean', () => {
  fc.assert(
    fc.property(nasty, (parts) => {
      const clean = cleanText(parts.join(''));
      expect(clean).toMatch(HARMLESS);
      expect(clean.isWellFormed()).toBe(true);
      expect(cleanText(clean)).toBe(clean);
    }),
    { numRuns: 3_000 },
  );
});

test('text of millions of characters is cleaned in one go, whatever it is made of', () => {
  const units = [
    'a',
    ESC,
    `${ESC}[`,
    `${ESC}[3`,
    `${ESC}]`,
    `${ESC}P`,
    '\u009b',
    '\u0090',
    '\u009d',
    `${ESC}[31m`,
    '\r',
    '\u200b',
    '\ud83d',
    '\ude00',
    ' ',
    `${ESC} `,
    '0;',
  ];
  for (const unit of units) expect(cleanText(unit.repeat(Math.floor(2_000_000 / unit.length))).length).toBeLessThanOrEqual(2_000_000);
  expect(cleanText(`${ESC}]${'x'.repeat(2_000_000)}`)).toBe('');
});

test('one line: white space of all kinds becomes one space', () => {
  expect(oneLine('  a\r\n\tb\n\n c\u00a0d ')).toBe('a b c d');
  expect(oneLine(`a${ESC}[31m\nb`)).toBe('a b');
  expect(oneLine('')).toBe('');
});

test('one line: at most so many characters, a pair counting as one, cut with an ellipsis', () => {
  expect(oneLine('abcdef', 6)).toBe('abcdef');
  expect(oneLine('abcdefg', 6)).toBe('abcde…');
  expect(oneLine('😀'.repeat(6), 6)).toBe('😀'.repeat(6));
  expect(oneLine('😀'.repeat(7), 6)).toBe(`${'😀'.repeat(5)}…`);
  expect([...oneLine('x'.repeat(500))]).toHaveLength(120);
  expect([oneLine('ab', 1), oneLine('ab', 0)]).toEqual(['…', '…']);
});

test('one line: what was never looked at is not passed over in silence', () => {
  expect(oneLine(`ab${'\u200b'.repeat(5_000)}hidden`, 20)).toBe('ab…');
  expect(oneLine(`${' '.repeat(5_000)}late`, 20)).toBe('…');
  expect(oneLine(`${'a'.repeat(10)}${ESC}]${'x'.repeat(10_000_000)}`, 20)).toBe(`${'a'.repeat(10)}…`);
});
