import { z } from 'zod';
import type { Kind } from '../field.ts';

/** Text that is still one member of a list after joining and splitting. */
const isMember = (text: string): boolean => text !== '' && !text.includes(',') && text.trim() === text;

/** Comma-joined values. In a `sequence` (DNS servers) order means something; otherwise they are written sorted, each once. */
export function listKind<Value extends string | number>(of: Kind<Value>, sequence: boolean): Kind<readonly Value[]> {
  return {
    shape: { name: 'list', of: of.shape, sequence },
    schema: z.array(of.schema.refine((member) => isMember(of.encode(member)))).readonly(),
    example: of.example,
    allowed: `a list, joined by commas, of: ${of.allowed}`,
    absent: '',
    decode: (text) => {
      if (text === '') return [];
      const values = text.split(',').map((part) => of.decode(part.trim()));
      return values.every((value) => value !== undefined) ? values : undefined;
    },
    encode: (value) => {
      const parts = value.map((member) => of.encode(member));
      return (sequence ? parts : [...new Set(parts)].sort()).join(',');
    },
  };
}
