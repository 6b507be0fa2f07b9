import { InputError } from '../../core/errors.ts';

/** What has a name of its own inside quotes; everything else below a space is written as two hex digits. */
const NAMED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  $: '\\$',
  '?': '\\?',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/**
 * Any text as one quoted word of the RouterOS console: nothing in it can end the word, name a variable, call for help or start a
 * new line.
 * @throws InputError the text holds half a character (a lone surrogate), which no bytes stand for
 * @example quoteText('it costs $5') // '"it costs \\$5"'
 */
export function quoteText(text: string): string {
  if (!text.isWellFormed()) throw new InputError('The text holds half a character.', { hint: 'Write it again without it.' });
  const inner = text.replace(/[\\"$?\u0000-\u001f\u007f]/g, (found) => NAMED[found] ?? `\\${hex(found.charCodeAt(0))}`);
  return `"${inner}"`;
}

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(2, '0');

/** What stands behind a backslash. `\_` is a space that a wrapped line would have lost. */
const MEANT: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  _: ' ',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
};

/**
 * The text that the inside of a quoted word stands for. Bytes written as `\D0\9F` are read as UTF-8, or as Windows-1252 where they
 * are none. A backslash that means nothing stands for what follows it.
 * @returns `exact` is false where bytes had to be guessed
 * @example unquoteText('a\\_\\"b\\"').text // 'a "b"'
 */
export function unquoteText(inner: string): { readonly text: string; readonly exact: boolean } {
  let exact = true;
  const text = inner.replace(/(?:\\[0-9A-F]{2})+|\\([\s\S])/g, (found, named: string | undefined) => {
    if (named !== undefined) return MEANT[named] ?? named;
    const bytes = Uint8Array.from(found.slice(1).split('\\'), (digits) => Number.parseInt(digits, 16));
    const [utf8, guessed] = [decode('utf-8', bytes), decode('windows-1252', bytes)];
    if (utf8 === undefined) exact = false;
    return utf8 ?? guessed ?? '';
  });
  return { text, exact };
}

function decode(encoding: 'utf-8' | 'windows-1252', bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
