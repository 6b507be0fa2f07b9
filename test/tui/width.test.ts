import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clip, toWidth, widthOf, wrap } from '../../src/tui/terminal/width.ts';

test.each([
  ['edge-1', 6],
  ['日本', 4],
  ['e\u0301', 1],
  ['👩‍👧', 2],
  ['ﾊﾝｶｸ', 4],
  ['한글', 4],
  ['✓ → …', 5],
  ['', 0],
])('%j takes %i cells', (text, cells) => expect(widthOf(text)).toBe(cells));

test('what is clipped says so, and is never wider', () => {
  expect(clip('edge-1', 6, '…')).toBe('edge-1');
  expect(clip('edge-12', 6, '…')).toBe('edge-…');
  expect(clip('日本語', 4, '…')).toBe('日…');
  expect(clip('x', 0, '…')).toBe('');
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, width) => widthOf(clip(text, width, '~')) <= width));
});

test('a cell is exactly as wide as its column', () => {
  expect(toWidth('ab', 4, '…')).toBe('ab  ');
  expect(toWidth('ab', 4, '…', 'right')).toBe('  ab');
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.integer({ min: 1, max: 20 }),
      (text, width) => widthOf(toWidth(text, width, '~')) === width,
    ),
  );
});

test('wrapped text keeps all its words, and no line is too wide', () => {
  expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrap('1.1.1.1,8.8.8.8', 9)).toEqual(['1.1.1.1,', '8.8.8.8']);
  expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~]{0,60}$/), fc.integer({ min: 4, max: 20 }), (text, width) => {
      const lines = wrap(text, width);
      return lines.every((line) => widthOf(line.trimEnd()) <= width) && lines.join('').replace(/\s/g, '') === text.replace(/\s/g, '');
    }),
  );
});
