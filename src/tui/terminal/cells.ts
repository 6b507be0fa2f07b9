import { cellsWide, graphemes } from './width.ts';

/** One grapheme on the screen and how it is drawn. `style` is a canonical list of SGR parameters, empty for none. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  readonly style: string;
}

export const BLANK: Cell = Object.freeze({ text: ' ', width: 1, style: '' });

// biome-ignore lint/complexity/useRegexLiterals: the escape character is spelled out
const SGR = new RegExp('\\u001b\\[([\\d;]*)m', 'g');
/** Which attribute a parameter switches: the name of the slot, and what it holds afterwards. */
const SLOTS: Readonly<Record<string, readonly [string, string]>> = {
  1: ['weight', '1'],
  2: ['weight', '2'],
  22: ['weight', ''],
  3: ['italic', '3'],
  23: ['italic', ''],
  4: ['underline', '4'],
  24: ['underline', ''],
  7: ['inverse', '7'],
  27: ['inverse', ''],
  9: ['strike', '9'],
  29: ['strike', ''],
  39: ['ink', ''],
  49: ['paper', ''],
};

/** A line of text and SGR sequences as cells, without the blank ones at its end. */
export function cellsOf(line: string): readonly Cell[] {
  const cells: Cell[] = [];
  let style: ReadonlyMap<string, string> = new Map();
  let key = '';
  let from = 0;
  const take = (text: string): void => {
    for (const grapheme of graphemes(text)) cells.push({ text: grapheme, width: cellsWide(grapheme), style: key });
  };
  for (const found of line.matchAll(SGR)) {
    take(line.slice(from, found.index));
    from = found.index + found[0].length;
    style = restyled(style, found[1] ?? '');
    key = [...style.values()]
      .filter((part) => part !== '')
      .sort()
      .join(';');
  }
  take(line.slice(from));
  while (cells.at(-1)?.text === ' ' && cells.at(-1)?.style === '') cells.pop();
  return cells;
}

function restyled(style: ReadonlyMap<string, string>, parameters: string): ReadonlyMap<string, string> {
  const next = new Map(style);
  for (const parameter of parameters.split(';')) {
    const code = Number(parameter || '0');
    if (code === 0) next.clear();
    const slot = SLOTS[String(code)];
    if (slot) next.set(...slot);
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) next.set('ink', String(code));
    else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) next.set('paper', String(code));
  }
  return next;
}
