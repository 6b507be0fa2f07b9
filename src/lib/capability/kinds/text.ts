import { z } from 'zod';
import { withoutSecrets } from '../../core/scrub.ts';
import { fieldOf, type Kind } from '../field.ts';

/** Text, as it was written. */

/** Any text. RouterOS treats a missing text and an empty one alike. */
const textKind = (max: number, example: string): Kind<string> => ({
  shape: { name: 'text', max },
  schema: z.string().max(max),
  example,
  allowed: `text of at most ${max} characters`,
  absent: '',
  decode: (text) => text,
  encode: (value) => value,
});

/** Text of a field that RouterOS itself has a form for: an empty one is refused, so that the field is taken away instead. */
const wordKind = (max: number, example: string, allowed = `text of 1 to ${max} characters`): Kind<string> => ({
  shape: { name: 'text', max, min: 1 },
  schema: z.string().min(1).max(max),
  example,
  allowed,
  decode: (text) => text || undefined,
  encode: (value) => value,
});

export const plainText = textKind(255, 'uplink to core');

export const text = fieldOf(plainText);
/** What a router says of itself, which may repeat commands with the secrets they set: those are taken out. */
export const echo = fieldOf<string>({ ...textKind(4_096, 'user admin logged in from 192.0.2.9 via ssh'), decode: withoutSecrets });
/** Text of many lines. */
export const longText = fieldOf(textKind(4_096, 'For authorized use only.'));
export const word = fieldOf(wordKind(255, 'equal:64'));
/** Name of a wireless network. A radio without one has none, which is not the same as an empty one. */
export const ssid = fieldOf(wordKind(32, 'Office', 'the name of a wireless network, 1 to 32 characters'));
