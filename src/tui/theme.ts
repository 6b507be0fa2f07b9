import { cleanText } from '../lib/index.ts';
import { clipLine, type Line, lineWidth, type Tone } from './parts/line.ts';
import { cellsWide, graphemes } from './terminal/width.ts';

/** Signs and rules; every one takes a single cell. */
export interface Glyphs {
  readonly ellipsis: string;
  readonly pointer: string;
  readonly yes: string;
  readonly no: string;
  readonly unknown: string;
  readonly arrow: string;
  readonly crumb: string;
  readonly rule: string;
  readonly call: string;
  readonly running: string;
  readonly waiting: string;
  readonly back: string;
  /** From low to high. */
  readonly spark: readonly string[];
  readonly asc: string;
  readonly desc: string;
}

const UNICODE: Glyphs = {
  ellipsis: '…',
  pointer: '▸',
  yes: '✓',
  no: '✗',
  unknown: '·',
  arrow: '→',
  crumb: '›',
  rule: '─',
  call: '▲',
  running: '●',
  waiting: '○',
  back: '«',
  spark: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  asc: '↑',
  desc: '↓',
};

const ASCII: Glyphs = {
  ellipsis: '~',
  pointer: '>',
  yes: '+',
  no: 'x',
  unknown: '.',
  arrow: '>',
  crumb: '>',
  rule: '-',
  call: '!',
  running: '*',
  waiting: 'o',
  back: '<',
  spark: ['_', '.', '-', '=', '+', '*', '#', '@'],
  asc: '^',
  desc: 'v',
};

/** For each tone its attribute, kept without colours, and its colour out of the sixteen every terminal has. */
const TONES: Readonly<Record<Tone, { readonly attribute: string; readonly colour: string }>> = {
  plain: { attribute: '', colour: '' },
  strong: { attribute: '1', colour: '' },
  dim: { attribute: '2', colour: '' },
  title: { attribute: '1', colour: '36' },
  info: { attribute: '', colour: '36' },
  good: { attribute: '', colour: '32' },
  warn: { attribute: '', colour: '33' },
  bad: { attribute: '1', colour: '31' },
  call: { attribute: '1', colour: '35' },
  key: { attribute: '1', colour: '' },
  lab: { attribute: '', colour: '36' },
  staging: { attribute: '', colour: '33' },
  prod: { attribute: '1', colour: '31' },
  cursor: { attribute: '7', colour: '' },
};

export interface Theme {
  readonly glyphs: Glyphs;
  /** The terminal cannot move its cursor. */
  readonly dumb: boolean;
  /** A line as text for Ink, in at most `width` cells. The only way from data to the terminal: whatever a router wrote is harmless after it. */
  paint(line: Line, width: number, options?: { readonly selected?: boolean; readonly faded?: boolean }): string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** What the terminal can show, as far as its environment says. */
export function themeFor(env: Env, platform: string): Theme {
  const dumb = env['TERM'] === 'dumb';
  const colour = !dumb && (env['NO_COLOR'] ?? '') === '';
  // The console of a bare Linux machine has no font for signs and blocks.
  const utf8 = /utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '') || platform === 'win32';
  return createTheme({ colour, attributes: !dumb, unicode: utf8 && !dumb && env['TERM'] !== 'linux', dumb });
}

export function createTheme(can: {
  readonly colour: boolean;
  readonly attributes: boolean;
  readonly unicode: boolean;
  readonly dumb?: boolean;
}): Theme {
  const glyphs = can.unicode ? UNICODE : ASCII;
  const codes = (tone: Tone, selected: boolean, faded: boolean): string => {
    if (!can.attributes) return '';
    // A selected row is one bar in one colour: signs and words carry the states in it.
    if (selected) return '7';
    const { attribute, colour } = TONES[tone];
    return [faded && attribute === '' ? '2' : attribute, can.colour && !faded ? colour : ''].filter((part) => part !== '').join(';');
  };
  return Object.freeze({
    glyphs,
    dumb: can.dumb ?? false,
    paint: (line: Line, width: number, { selected = false, faded = false } = {}) => {
      const safe = line.map(({ text, tone }) => ({ text: harmless(text, can.unicode), tone: tone ?? 'plain' }));
      const shown = clipLine(safe, width, glyphs.ellipsis);
      const blank = selected ? ' '.repeat(Math.max(0, width - lineWidth(shown))) : '';
      return [...shown, { text: blank, tone: 'plain' as const }]
        .map(({ text, tone }) => styled(text, codes(tone ?? 'plain', selected, faded)))
        .join('');
    },
  });
}

const styled = (text: string, codes: string): string => (codes === '' || text === '' ? text : `\u001b[${codes}m${text}\u001b[0m`);

const ASCII_ONLY = /^[ -~]*$/;
/** A third combining mark and what follows it: piled up, they climb into the lines above. */
const PILE = /(\p{Mark}{2})\p{Mark}+/gu;

/** One line of text that cannot move a terminal. */
function harmless(text: string, unicode: boolean): string {
  if (ASCII_ONLY.test(text)) return text;
  const flat = cleanText(text)
    .replace(/\s/g, ' ')
    .replace(/^\p{Mark}+/u, '')
    .replace(PILE, '$1');
  if (unicode) return flat;
  // As many question marks as cells, so that columns stay columns.
  return graphemes(flat)
    .map((one) => (ASCII_ONLY.test(one) ? one : '?'.repeat(cellsWide(one))))
    .join('');
}
