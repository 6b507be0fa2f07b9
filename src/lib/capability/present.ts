import { type Decoded, wireName } from './codec.ts';
import type { Capability } from './define.ts';
import type { Fields } from './field.ts';

/** Names of the fields a table shows, in the order a person wants them. */
export const columnsOf = (capability: { readonly fields: Fields }): readonly string[] =>
  Object.entries(capability.fields)
    .filter(([, { traits }]) => traits.column !== undefined)
    .sort(([, a], [, b]) => (a.traits.column ?? 0) - (b.traits.column ?? 0))
    .map(([name]) => name);

/** Names of the fields a caller may write. */
export const writableFields = (capability: Capability): readonly string[] =>
  Object.entries(capability.fields)
    .filter(([, { traits }]) => !traits.readOnly && !traits.secret)
    .map(([name]) => name);

/** What a person calls a row that was read: some are named by what only the router writes (`/ip/service`). */
export function labelOfRow(capability: Capability, { item, content }: Pick<Decoded, 'item' | 'content'>, version = ''): string {
  const names = capability.key.flatMap((name) => {
    const field = capability.fields[name];
    const value = item[name];
    return field?.traits.readOnly && value !== undefined ? [[wireName(name, field, version), field.kind.encode(value)] as const] : [];
  });
  return labelOf(capability, { ...Object.fromEntries(names), ...content }, version);
}

/** What a person calls a row: its key, else its comment, else what it says first. */
export function labelOf(capability: Capability, content: Readonly<Record<string, string>>, version = ''): string {
  if (capability.shape === 'singleton') return capability.id;
  const said = (names: readonly string[]): readonly string[] =>
    names.flatMap((name) => (capability.fields[name] && content[wireName(name, capability.fields[name], version)]) || []);
  const keyed = said(capability.key);
  if (keyed.length > 0) return keyed.join(' ');
  return content['comment'] || said(columnsOf(capability)).slice(0, 4).join(' ');
}
