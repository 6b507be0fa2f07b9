import { z } from 'zod';
import { fieldOf, type Kind } from '../field.ts';
import { networkKind, portsKind } from './address.ts';
import { type Words, wordOfKind, wordsOfKind } from './choice.ts';
import { plainText } from './text.ts';

/** A matcher that may be turned round with a leading `!`. */
const negatableKind = (of: Kind<string>): Kind<string> => ({
  shape: { name: 'negatable', of: of.shape },
  schema: z.string().refine((value) => of.schema.safeParse(of.decode(value.replace(/^!/, '')) || undefined).success, of.allowed),
  example: of.example,
  allowed: `${of.allowed}; a leading ! turns it round`,
  // An empty matcher is none: it is taken away, not set.
  decode: (text) => {
    const plain = of.decode(text.replace(/^!/, ''));
    return plain ? `${text.startsWith('!') ? '!' : ''}${plain}` : undefined;
  },
  encode: (value) => `${value.startsWith('!') ? '!' : ''}${of.encode(value.replace(/^!/, ''))}`,
});

export const not = {
  text: fieldOf(negatableKind(plainText)),
  network: fieldOf(negatableKind(networkKind)),
  ports: fieldOf(negatableKind(portsKind)),
  oneOf: (...values: Words) => fieldOf(negatableKind(wordOfKind(values))),
  setOf: (...values: Words) => fieldOf(negatableKind(wordsOfKind(values))),
};
