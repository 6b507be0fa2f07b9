/**
 * Router text is hostile text: anyone on the network can write a comment, a host name or an SSID.
 * It is cleaned here, once, at the device boundary (`client`), before a terminal or a model can see it.
 */

/** ANSI: CSI, OSC (ended by BEL or ST), DCS/PM/APC/SOS strings, and two-character escapes; ESC or 8-bit C1 introducers. */
const ANSI = new RegExp(
  [
    '(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*[@-~]?',
    '(?:\\u001b\\]|\\u009d)[^\\u0007\\u001b\\u009c]*(?:\\u0007|\\u001b\\\\|\\u009c)?',
    '(?:\\u001b[PX^_]|[\\u0090\\u0098\\u009e\\u009f])[^\\u001b\\u009c]*(?:\\u001b\\\\|\\u009c)?',
    '\\u001b[ -/]*[0-~]?',
  ].join('|'),
  'g',
);
/** C0 but for tab and line feed, DEL, C1; a carriage return stays only before a line feed. */
const CONTROLS = /\r(?!\n)|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
/** Bidi marks and overrides, zero-width characters, word joiners, tag characters, variation selectors, lone surrogates. */
const INVISIBLE =
  /[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ufe00-\ufe0f]|[\u{e0000}-\u{e0fff}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

const UNUSUAL = /[^\t\n\u0020-\u007e]/;

/** The text without anything that moves a cursor, hides, or reorders what is read. Line feeds and tabs stay. */
export function cleanText(text: string): string {
  // Almost everything a router says is plain: what holds nothing else needs no cleaning.
  if (!UNUSUAL.test(text)) return text;
  return text.replace(ANSI, '').replace(CONTROLS, '').replace(INVISIBLE, '');
}

/** Cleaned text for one table cell or one sentence: on one line, at most `max` characters, cut with an ellipsis. */
export function oneLine(text: string, max = 120): string {
  const looked = text.slice(0, max * 8);
  const flat = cleanText(looked).replace(/\s+/g, ' ').trim();
  const characters = [...flat];
  const isCut = looked.length < text.length || characters.length > max;
  return isCut ? `${characters.slice(0, Math.max(0, max - 1)).join('')}…` : flat;
}
