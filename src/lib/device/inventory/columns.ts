import { FIELDS, type Field } from './types.ts';

/** What people call a column. Names are compared without case, spaces, dashes, dots and underscores. */
const ALIASES: Readonly<Record<Field, readonly string[]>> = {
  name: ['device', 'devicename', 'router', 'routername'],
  address: ['url', 'ip', 'ipaddress', 'managementip', 'mgmtip', 'primaryip', 'host', 'hostname', 'fqdn'],
  username: ['user', 'login', 'account'],
  environment: ['env', 'stage'],
  tags: ['labels'],
  allow: ['allowances', 'allowed'],
  fingerprint: ['tlsfingerprint', 'certificatefingerprint', 'certfingerprint', 'sha256'],
  sshPort: [],
  hostKeys: ['hostkey', 'sshhostkey', 'sshhostkeys'],
  via: ['jump', 'jumphost', 'jumphosts', 'proxyjump', 'bastion'],
  password: ['passwd', 'pass', 'pwd', 'pw'],
  passwordEnv: ['passwordenvironment', 'passwordvariable', 'pwenv', 'passenv'],
};

/** Columns that are tags wherever they appear. */
const TAGS = new Set(['site', 'role', 'region', 'location', 'rack', 'group', 'tenant', 'customer', 'zone', 'status']);

/** Columns that give a router its name where none is called `name`. */
const HOST_NAMES = ['hostname', 'host', 'fqdn'];

const SECRET = /password|passwd|passphrase|pwd|secret|psk|token|credential|privatekey|apikey|community|^pass$|^pw$|^key$/;

const plain = (name: string): string =>
  name
    .slice(0, 200)
    .toLowerCase()
    .replace(/[\s_.-]/g, '');

const FIELD_OF: ReadonlyMap<string, Field> = new Map(
  FIELDS.flatMap((field) => [plain(field), ...ALIASES[field]].map((alias) => [alias, field] as const)),
);

/** What a column or key holds. */
export type Column =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'tag'; readonly tag: string }
  /** Something nobody should write down. */
  | { readonly kind: 'secret' }
  | { readonly kind: 'unknown' };

/**
 * What a column or key of this name holds.
 * @param tagColumns further names that are tags
 * @example columnOf('User Name') // { kind: 'unknown' }
 * @example columnOf('Env') // { kind: 'field', field: 'environment' }
 */
export function columnOf(name: string, tagColumns: readonly string[] = []): Column {
  const key = plain(name);
  const tag = /^\s*tag[:.]\s*(.+?)\s*$/i.exec(name.slice(0, 200))?.[1];
  const field = FIELD_OF.get(key);
  if (tag === undefined && field !== undefined) return { kind: 'field', field };
  if (isSecretName(tag ?? name)) return { kind: 'secret' };
  if (tag !== undefined) return { kind: 'tag', tag };
  if (TAGS.has(key)) return { kind: 'tag', tag: key };
  const listed = tagColumns.find((one) => plain(one) === key);
  return listed === undefined ? { kind: 'unknown' } : { kind: 'tag', tag: listed };
}

/** Does a thing of this name have a value that must not be seen? */
export const isSecretName = (name: string): boolean => SECRET.test(plain(name)) && !/env(?:ironment)?$/.test(plain(name));

/**
 * What the columns of a table hold. Where none is called `name` and two say where the router is, the one that is a host name
 * is the name: people keep lists with `hostname` and `ip`.
 */
export function columnsOf(names: readonly string[], tagColumns: readonly string[] = []): readonly Column[] {
  const columns = names.map((name) => columnOf(name, tagColumns));
  const isField = (column: Column, field: Field): boolean => column.kind === 'field' && column.field === field;
  const addresses = columns.flatMap((column, at) => (isField(column, 'address') ? [at] : []));
  if (addresses.length < 2 || columns.some((column) => isField(column, 'name'))) return columns;
  const named = HOST_NAMES.map((one) => addresses.find((at) => plain(names[at] ?? '') === one)).find((at) => at !== undefined);
  return columns.map((column, at) => (at === named ? { kind: 'field', field: 'name' } : column));
}

/** Fields that two columns claim. */
export function doubled(columns: readonly Column[]): readonly Field[] {
  const seen = new Set<Field>();
  const twice = new Set<Field>();
  for (const column of columns) {
    if (column.kind !== 'field') continue;
    if (seen.has(column.field)) twice.add(column.field);
    seen.add(column.field);
  }
  return [...twice];
}

/** What to do about a column that means nothing here. */
export function unknownColumnHint(name: string): string {
  if (plain(name) === 'port') {
    return 'Write the port of HTTPS into the address (https://192.0.2.1:8443) and the port of SSH into ssh_port (2222).';
  }
  return `Call it tag:NAME to keep it as a tag, for example tag:site. The columns are: ${FIELDS.map(written).join(', ')}.`;
}

/** `sshPort` as a column is called. */
export const written = (field: Field): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
