import { graphemes } from '../terminal/width.ts';

/** A line being typed: graphemes and where the cursor stands among them. Pure. */
export interface EditLine {
  readonly text: string;
  readonly cursor: number;
}

export const editLine = (text = ''): EditLine => ({ text, cursor: graphemes(text).length });

export type Edit =
  | { readonly kind: 'insert'; readonly text: string }
  | { readonly kind: 'left' | 'right' | 'home' | 'end' | 'backspace' | 'delete' | 'erase-word' | 'erase-all' };

/** Longer than any command; what is pasted beyond it is dropped. */
const MOST = 2000;

export function edit(line: EditLine, change: Edit): EditLine {
  const parts = graphemes(line.text);
  const { cursor } = line;
  const put = (from: number, to: number, text: string): EditLine => {
    const head = parts.slice(0, from).join('') + text;
    return { text: (head + parts.slice(to).join('')).slice(0, MOST), cursor: graphemes(head.slice(0, MOST)).length };
  };
  switch (change.kind) {
    case 'insert':
      return put(cursor, cursor, change.text);
    case 'left':
      return { ...line, cursor: Math.max(0, cursor - 1) };
    case 'right':
      return { ...line, cursor: Math.min(parts.length, cursor + 1) };
    case 'home':
      return { ...line, cursor: 0 };
    case 'end':
      return { ...line, cursor: parts.length };
    case 'backspace':
      return cursor === 0 ? line : put(cursor - 1, cursor, '');
    case 'delete':
      return put(cursor, cursor + 1, '');
    case 'erase-word': {
      const head = parts
        .slice(0, cursor)
        .join('')
        .replace(/\S+\s*$/, '');
      return put(graphemes(head).length, cursor, '');
    }
    case 'erase-all':
      return put(0, cursor, '');
  }
}

/** The text in front of the cursor, under it, and behind it. */
export function aroundCursor({ text, cursor }: EditLine): readonly [string, string, string] {
  const parts = graphemes(text);
  return [parts.slice(0, cursor).join(''), parts[cursor] ?? ' ', parts.slice(cursor + 1).join('')];
}
