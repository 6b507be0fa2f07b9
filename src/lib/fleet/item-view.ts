import { type Decoded, fieldExists } from '../capability/codec.ts';
import type { Capability } from '../capability/define.ts';
import { columnsOf } from '../capability/present.ts';
import type { ItemView } from './read-types.ts';

/** One row as faces get it: unknown is null where a person expects a value, and missing elsewhere. */
export function itemView(capability: Capability, row: Decoded, fields: readonly string[] | undefined, version: string): ItemView {
  const item: Record<string, unknown> = row.id === '' ? {} : { id: row.id };
  const wanted = fields ?? Object.keys(capability.fields);
  const columns = fields ?? columnsOf(capability);
  for (const name of wanted) {
    const field = capability.fields[name];
    if (!field || !fieldExists(field, version)) continue;
    const value = row.item[name];
    if (value !== undefined) item[name] = value;
    else if (columns.includes(name)) item[name] = null;
  }
  if (row.dynamic) item['dynamic'] = true;
  if (Object.keys(row.extra).length > 0 && !fields) item['extra'] = row.extra;
  return item;
}
