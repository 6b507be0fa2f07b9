import type { RouterState } from '../../src/simulator/index.ts';
import type { FieldSchema } from '../../src/simulator/schema.ts';
import { menuSchema, rowsOf } from '../../src/simulator/state/tables.ts';

/** What a field takes whose schema does not tell. */
const BY_NAME: Readonly<Record<string, (n: number) => string>> = {
  address: (n) => `192.0.2.${n}`,
  prefix: (n) => `2001:db8:${n}::/48`,
  'prefix-length': () => '64',
  ranges: (n) => `192.0.2.${n * 10}-192.0.2.${n * 10 + 5}`,
  'dst-address': (n) => `198.51.100.${n}`,
  'src-address': (n) => `198.51.100.${n}`,
  host: (n) => `192.0.2.${n}`,
  target: (n) => `192.0.2.${n}/32`,
  'vlan-ids': (n) => String(100 + n),
  'connect-to': (n) => `192.0.2.${n}`,
  'remote-address': (n) => `192.0.2.${n}`,
  'dhcp-server': (n) => `192.0.2.${n}`,
  'allowed-address': (n) => `192.0.2.${n}/32`,
  duid: (n) => `0x000300010011223344${n}0`,
  value: (n) => `0x0${n}`,
  parent: () => 'global',
};

const BY_KIND: Readonly<Record<string, (n: number, field: FieldSchema) => string>> = {
  bool: () => 'no',
  flag: (n) => (n % 2 === 0 ? 'yes' : 'no'),
  enum: (n, field) => field.words.filter((word) => word !== '#')[n % Math.max(1, field.words.length)] ?? '',
  int: (n, field) => String(Number(field.range?.[0] ?? 0) + n),
  ints: (n) => String(100 + n),
  time: (n) => `${n}m`,
  ip: (n) => `192.0.2.${n}`,
  cidr: (n) => `192.0.2.${n}/24`,
  prefix: (n) => `192.0.2.${n}/32`,
  mac: (n) => `02:00:00:00:00:0${n}`,
};

/** Values a row needs, the nth of their kind, and what counts in a key of two fields; undefined when it must name a row and there is none. */
export function rowFor(router: RouterState, menu: string, extra: string, n: number): Record<string, string> | undefined {
  const schema = menuSchema(router, menu);
  if (!schema) return undefined;
  const required = schema.anyRequired ? schema.required.slice(0, 1) : schema.required;
  const together = [...schema.unique.keys()].flatMap((key) => (key.includes('+') ? key.split('+') : []));
  const row: Record<string, string> = {};
  for (const name of new Set([...required, extra, ...together])) {
    const field = schema.fields.get(name);
    if (!field || field.access === 'r') return undefined;
    const value = valueFor(router, name, field, n);
    if (value === undefined) return undefined;
    row[name] = value;
  }
  return row;
}

function valueFor(router: RouterState, name: string, field: FieldSchema, n: number): string | undefined {
  if (field.menu !== undefined) {
    const names = rowsOf(router, field.menu).flatMap((row) => row['name'] ?? []);
    return names[n % Math.max(1, names.length)] ?? field.words[0];
  }
  return BY_KIND[field.kind]?.(n, field) ?? BY_NAME[name]?.(n) ?? `probe${n}`;
}
