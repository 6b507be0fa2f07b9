import { z } from 'zod';
import { fieldOf, type Kind } from '../field.ts';

/** Rows as JSON. */

export type WrittenRow = Readonly<Record<string, unknown>>;

const schema: z.ZodType<readonly WrittenRow[]> = z.array(z.record(z.string(), z.unknown())).max(2_000).readonly();

/** What a row may say is the capability's to judge: here it is only told from anything that is no list of rows. */
const rowsKind: Kind<readonly WrittenRow[]> = {
  shape: { name: 'text', max: 500_000, min: 1 },
  schema,
  example: '[{"action":"accept","protocol":"icmp"},{"action":"drop"}]',
  allowed: 'a JSON list of rows, each an object of fields',
  decode: (text) => {
    try {
      return schema.safeParse(JSON.parse(text)).data;
    } catch {
      return undefined;
    }
  },
  encode: (value) => JSON.stringify(value),
};

/** Rows of a menu in their order, each with the fields that are to be set; as text, JSON. */
export const rowsOf = fieldOf(rowsKind);
