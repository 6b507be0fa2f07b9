import { InputError } from '../core/errors.ts';

const NAMED: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', $: '\\$', '?': '\\?', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Any text as one quoted word of the RouterOS console, by the same rules as the client quotes what it sends.
 * @throws InputError the text holds half a character
 * @example quoted('a "b"') // '"a \\"b\\""'
 */
export function quoted(text: string): string {
  if (!text.isWellFormed()) throw new InputError('The text holds half a character.', { hint: 'Write it again without it.' });
  const hex = (found: string): string => `\\${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  return `"${text.replace(/[\\"$?\u0000-\u001f\u007f]/g, (found) => NAMED[found] ?? hex(found))}"`;
}
