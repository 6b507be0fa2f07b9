import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { widthOf } from '../../src/tui/terminal/width.ts';
import { createTheme, themeFor } from '../../src/tui/theme.ts';

const ESC = '\u001b';
const line = [{ text: 'edge-1', tone: 'bad' as const }, { text: ' ok' }];

describe('what a terminal is said to be able to', () => {
  test('colours and signs, where the environment speaks for both', () => {
    const theme = themeFor({ TERM: 'xterm-256color', LANG: 'en_US.UTF-8' }, 'linux');
    expect(theme.paint(line, 20)).toBe(`${ESC}[1;31medge-1${ESC}[0m ok`);
    expect(theme.glyphs.yes).toBe('✓');
  });

  test('only the sixteen colours that every terminal has', () => {
    const theme = themeFor({ TERM: 'xterm', LANG: 'C.UTF-8', COLORTERM: 'truecolor' }, 'linux');
    const tones = ['strong', 'dim', 'title', 'info', 'good', 'warn', 'bad', 'call', 'key', 'lab', 'staging', 'prod', 'cursor'] as const;
    for (const tone of tones) expect(theme.paint([{ text: 'x', tone }], 5)).toMatch(/^\u001b\[(1|2|7|1;3[1-7]|3[1-7])mx\u001b\[0m$/);
  });

  test('NO_COLOR takes the colours, not the weight', () => {
    const theme = themeFor({ TERM: 'xterm', LANG: 'C.UTF-8', NO_COLOR: '1' }, 'linux');
    expect(theme.paint(line, 20)).toBe(`${ESC}[1medge-1${ESC}[0m ok`);
    expect(themeFor({ TERM: 'xterm', NO_COLOR: '' }, 'linux').paint(line, 20)).toContain('31');
  });

  test('a dumb terminal gets no escape sequence at all', () => {
    const theme = themeFor({ TERM: 'dumb', LANG: 'C.UTF-8' }, 'linux');
    expect(theme.dumb).toBe(true);
    expect(theme.paint(line, 20, { selected: true })).toBe(`edge-1 ok${' '.repeat(11)}`);
    expect(theme.glyphs.yes).toBe('+');
  });

  test.each([
    [{ TERM: 'xterm' }, 'linux'],
    [{ TERM: 'xterm', LANG: 'C' }, 'linux'],
    [{ TERM: 'xterm', LANG: 'de_DE.ISO-8859-1' }, 'linux'],
    [{ TERM: 'linux', LANG: 'C.UTF-8' }, 'linux'],
  ])('%j draws in ASCII', (env, platform) => {
    const theme = themeFor(env, platform);
    expect(Object.values(theme.glyphs).flat().join('')).toMatch(/^[ -~]*$/);
    expect(theme.paint([{ text: '日本 → é' }], 20)).toBe('???? ? ?');
  });
});

test('a selected row is a bar from edge to edge', () => {
  const theme = createTheme({ colour: true, attributes: true, unicode: true });
  expect(theme.paint(line, 12, { selected: true })).toBe(`${ESC}[7medge-1${ESC}[0m${ESC}[7m ok${ESC}[0m${ESC}[7m   ${ESC}[0m`);
});

describe('hostile text', () => {
  const theme = createTheme({ colour: false, attributes: false, unicode: true });

  test.each([
    ['escape sequences', `a${ESC}[2Jb${ESC}]0;title\u0007c`, 'abc'],
    ['8-bit controls', 'a\u009b31mb\u0085', 'ab'],
    ['line feeds and tabs', 'a\nb\r\nc\td', 'a b  c d'],
    ['bidi overrides and zero-width characters', 'a\u202ecba\u200b\u2066x', 'acbax'],
    ['piles of combining marks', `a${'\u0301'.repeat(500)}b`, 'a\u0301\u0301b'],
    ['marks that would land on what is in front', '\u0301\u0301a', 'a'],
  ])('%s', (_what, text, shown) => expect(theme.paint([{ text }], 40)).toBe(shown));

  test('whatever it is, one line of at most the width comes out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 40 }),
        (texts, width) => {
          const painted = theme.paint(
            texts.map((text) => ({ text })),
            width,
          );
          expect(painted).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
          expect(widthOf(painted)).toBeLessThanOrEqual(width);
        },
      ),
      { numRuns: 500 },
    );
  });
});
