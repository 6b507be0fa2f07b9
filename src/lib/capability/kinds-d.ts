import { z } from 'zod';
import { fieldOf, type Kind } from './field.ts';
import { oneOf, prefix, text } from './kinds.ts';

/** Kinds that routing and tunnels need besides those of `kinds.ts`. */

const bare = { about: '-' };
const prefixKind = prefix(bare).kind;
const textKind = text(bare).kind;

const isMember = (part: string): boolean => part !== '' && !part.includes(',') && part.trim() === part;

/** Comma-joined values; in a `sequence` order means something, otherwise they are written sorted, each once. */
function listKind(of: Kind<string>, sequence: boolean): Kind<readonly string[]> {
  return {
    shape: { name: 'list', of: of.shape, sequence },
    schema: z.array(of.schema.refine((member) => isMember(of.encode(member)))).readonly(),
    example: of.example,
    allowed: `a list, joined by commas, of: ${of.allowed}`,
    absent: '',
    decode: (written) => {
      const values = written === '' ? [] : written.split(',').map((part) => of.decode(part.trim()));
      return values.every((value) => value !== undefined) ? values : undefined;
    },
    encode: (value) => {
      const parts = value.map((member) => of.encode(member));
      return (sequence ? parts : [...new Set(parts)].sort()).join(',');
    },
  };
}

/** `yes`, `no` or further words. Older versions had a plain switch here and write `true` and `false`. */
function switchKind(words: readonly string[]): Kind<string> {
  const values: readonly [string, ...string[]] = ['no', 'yes', ...words];
  const read = (written: string): string => (written === 'true' ? 'yes' : written === 'false' ? 'no' : written);
  return {
    shape: { name: 'enum', values },
    schema: z.enum(values),
    example: values[0],
    allowed: `one of ${values.join(', ')}`,
    decode: (written) => (values.includes(read(written)) ? read(written) : undefined),
    encode: (value) => value,
  };
}

/** Prefixes whose order means nothing; a bare address gains its length. */
export const prefixSet = fieldOf(listKind(prefixKind, false));
/** Names in an order that means something (templates, address families). */
export const textSequence = fieldOf(listKind(textKind, true));
/** Any number of the given words. */
export const wordSet = (...values: readonly [string, ...string[]]) => fieldOf(listKind(oneOf(...values)(bare).kind, false));
export const switchOr = (...words: readonly string[]) => fieldOf(switchKind(words));
