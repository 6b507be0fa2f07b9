import { type Capability, columnsOf, type Field, kebab } from '../lib/index.ts';

/** A value as a person of RouterOS knows it: `1d2h`, `yes`, `1.1.1.1,8.8.8.8`. */
export function fieldText(field: Field | undefined, value: unknown): string {
  if (value === undefined || value === null) return '';
  const checked = field?.kind.schema.safeParse(value);
  if (field && checked?.success && !field.traits.secret) return field.kind.encode(checked.data);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(String).join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The columns of a table: those that were asked for, else those the capability names. */
export function columnsFor(capability: Capability, chosen: readonly string[]): readonly string[] {
  if (chosen.length === 0) return columnsOf(capability);
  const names = Object.keys(capability.fields);
  return chosen.flatMap((written) => names.find((name) => plain(name) === plain(written)) ?? []);
}

/** `allowRemoteRequests`, `allow-remote-requests` and `allow_remote_requests` are one name. */
const plain = (name: string): string => kebab(name).replaceAll('_', '-');
