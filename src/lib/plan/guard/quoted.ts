const ENCODER = new TextEncoder();
const MARKED = new Set(['"', '\\', '$', '?']);

/**
 * Any text as one quoted word of the RouterOS console, in plain ASCII: signs the console knows are escaped, everything beyond printable
 * ASCII is written byte by byte as `\XX` (RouterOS scripting manual, constant escape sequences).
 * @example quoted('say "hi" for 5$') // '"say \"hi\" for 5\$"'
 */
export function quoted(text: string): string {
  let out = '';
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    if (MARKED.has(sign)) out += `\\${sign}`;
    else if (code >= 0x20 && code < 0x7f) out += sign;
    else for (const byte of ENCODER.encode(sign)) out += `\\${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return `"${out}"`;
}

/** A text that `quoted` brings over whole: half a character pair has no bytes, and the console's texts end at a zero byte. */
export const canBeQuoted = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** A menu path, a field name or a row id as it may stand bare in a line. */
export const isMenuPath = (text: string): boolean => /^(?:\/[a-z0-9][a-z0-9-]*)+$/.test(text);
export const isFieldName = (text: string): boolean => /^[a-z0-9][a-z0-9.-]*$/.test(text);
export const isRowId = (text: string): boolean => /^\*[0-9A-F]+$/.test(text);
