import { referenceTo } from './references.ts';

/** One menu of an inspect tree: arguments with the console's own help as type text. */
export interface TreeMenu {
  readonly kind: string;
  readonly ordered?: boolean;
  readonly fields?: readonly string[];
  readonly add?: Readonly<Record<string, TypeText>>;
  readonly set?: '=add' | Readonly<Record<string, TypeText>>;
  readonly cmds?: readonly string[];
  readonly actions?: Readonly<Record<string, unknown>>;
}
type TypeText = string | { readonly type?: string; readonly enum?: readonly string[] };

export interface TypedField {
  readonly a: 'r' | 'w';
  readonly k?: string;
  readonly v?: readonly string[];
  readonly t?: string;
  readonly r?: readonly string[];
}
export interface TypedMenu {
  readonly class: string;
  readonly cmds: readonly string[];
  readonly readOnly?: boolean;
  readonly f: Readonly<Record<string, TypedField>>;
}
export interface ReferenceMenu {
  readonly type?: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly ro?: Readonly<Record<string, string>>;
  /** Letters of the print column -> what they stand for, some of them sentences. */
  readonly flags?: Readonly<Record<string, string>>;
}

/** Arguments that steer the command and are no fields. */
const STEERING = new Set(['numbers', 'copy-from', 'place-before', 'about', '.id']);
/** Enums whose values take more than the bare word (`equal:64`, `out,none`, `+label`), or whose list is this image's own rows. */
const COMPOSITE =
  /^(?:ipsec-policy|ttl|hop-limit|new-ttl|new-hop-limit|labels|packet-marks?|connection-mark|routing-mark|new-.*-mark|templates|apn-profiles|(?:in)?valid-users|dhcp-options?|user|port|led.*|leds|topics|target|psd|layer7-protocol|connection-bytes|connection-limit|connection-rate|packet-size|dst-limit|limit|nth|per-connection-classifier)$/;
/** Read before they could be written, or gone since: seen in recordings of the older releases. */
const ALSO_READ: Readonly<Record<string, readonly string[]>> = { '/file': ['type', 'size', 'creation-time', 'last-modified'] };
const ALIASES: Readonly<Record<string, string>> = { '/ip/service address': 'available-from' };

/** Words of two that also answer to false and true, in that order, by `menu field`: measured, for no tree tells. */
export type Switches = ReadonlyMap<string, string>;

export function switches(
  results: readonly { readonly path: string; readonly field: string; readonly accepted: Readonly<Record<string, string>> }[],
): Switches {
  const found = new Map<string, string>();
  for (const { path, field, accepted } of results) {
    const [off, on] = [accepted['false'], accepted['true']];
    if (off !== undefined && on !== undefined && off !== '?' && off !== 'false') found.set(`${path} ${field}`, `${off}|${on}`);
  }
  return found;
}

/** `name -> "w int 1..4094"` for every field of a menu in one release. */
export function fieldsOf(
  menu: string,
  tree: TreeMenu,
  typed: TypedMenu | undefined,
  completed: TreeMenu | undefined,
  reference: ReferenceMenu | undefined,
  version: string,
  twofold: Switches,
): Record<string, string> {
  const add = tree.add ?? {};
  const set = tree.set === '=add' ? add : (tree.set ?? {});
  const fields: Record<string, string> = {};
  for (const name of [...Object.keys(add), ...Object.keys(set)]) {
    if (STEERING.has(name)) continue;
    const access =
      typed && version === '7.23.2' ? 'w' : !Object.hasOwn(set, name) ? 'a' : !Object.hasOwn(add, name) && tree.add ? 's' : 'w';
    const pair = twofold.get(`${menu} ${name}`);
    const kind = pair === undefined ? writableKind(menu, name, add[name] ?? set[name] ?? '', typed?.f[name]) : `switch ${pair}`;
    fields[name] = `${access} ${kind}`.trim();
  }
  for (const name of [...readable(typed, completed, tree, reference), ...(ALSO_READ[menu] ?? [])]) {
    if (!STEERING.has(name) && !Object.hasOwn(fields, name)) fields[name] = `r ${readKind(name, typed?.f[name], reference)}`.trim();
  }
  for (const [key, storedAs] of Object.entries(ALIASES)) {
    const [path, name = ''] = key.split(' ');
    if (path === menu && Object.hasOwn(fields, name) && Object.hasOwn(fields, storedAs)) fields[name] += ` =${storedAs}`;
  }
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Names that can be read and not written. What a later release writes and this one does not know is left out. */
function readable(
  typed: TypedMenu | undefined,
  completed: TreeMenu | undefined,
  tree: TreeMenu,
  reference: ReferenceMenu | undefined,
): string[] {
  const names = new Set([
    ...Object.keys(reference?.ro ?? {}),
    ...Object.values(reference?.flags ?? {}).filter((flag) => /^[a-z0-9-]+$/.test(flag)),
  ]);
  for (const [name, field] of Object.entries(typed?.f ?? {})) if (field.a === 'r') names.add(name);
  const written = new Set([...Object.keys(completed?.add ?? {}), ...(completed?.set === '=add' ? [] : Object.keys(completed?.set ?? {}))]);
  for (const name of [...(completed?.fields ?? []), ...(tree.fields ?? [])]) {
    if (!written.has(name) && typed?.f[name]?.a !== 'w') names.add(name);
  }
  return [...names];
}

function readKind(name: string, field: TypedField | undefined, reference: ReferenceMenu | undefined): string {
  const noted = reference?.ro?.[name];
  if (field?.k === 'bool' || noted === 'bool' || (!field && Object.values(reference?.flags ?? {}).includes(name))) return 'bool';
  if (field?.t === 'integer number' || noted === 'num') return 'int';
  if (field?.t === 'time interval' || noted === 'time') return 'time';
  return '';
}

function writableKind(menu: string, name: string, own: TypeText, typed: TypedField | undefined): string {
  const known = referenceTo(menu, name, typed?.v ?? (typeof own === 'string' ? undefined : own.enum));
  if (known !== undefined && typed?.k !== 'bool') return known;
  const kind = plainKind(name, own, typed);
  const [bare = '', words = ''] = kind.split(' ');
  const untold = bare === '' || (bare === 'open' && words.split('|').every((word) => word === '' || TIME_WORDS.has(word)));
  return untold && TIME_NAMES.test(name) && !NO_TIMES.test(`${menu} ${name}`) ? `time ${words}`.trim() : kind;
}

/** Durations of which the tree says nothing, by their names; and what only sounds like one. */
const TIME_NAMES = /(?:^|[-.])(?:timeout|ttl|interval|lifetime|lease-time|life-time|extra-time|max-ttl|disable-time|reselect-time)$/;
const NO_TIMES =
  /keepalive-timeout$|guard-interval$|^\/interface\/(?:bonding|bridge\/(?:filter|nat)|vxlan ttl)|^\/tool\/netwatch ttl|firewall\/\w+ (?:ttl|new-ttl)$/;
/** Words that stand where a duration could. */
const TIME_WORDS = new Set('auto none infinity unspecified disabled forever lease-time'.split(' '));

function plainKind(name: string, own: TypeText, typed: TypedField | undefined): string {
  const text = typeof own === 'string' ? own : (own.type ?? '');
  const values = typeof own === 'string' ? undefined : own.enum;
  if (values?.length === 2 && values.includes('yes') && values.includes('no') && typed?.k !== 'enum') return 'bool';
  const range = /^(-?[\w:.]*?)\.\.([\w:]+)(?: \((integer number|time interval)\))?$/.exec(text);
  if (range?.[3] === 'time interval' && range[1]) return `time ${range[1]}..${range[2]}`;
  if (typed) return typedKind(name, typed);
  if (range && range[3] !== 'time interval' && /^-?\d+$/.test(range[1] ?? '')) return `int ${range[1]}..${range[2]}`;
  return textKind(name, text, values);
}

/** Closed only when several words were seen that are no rows of this image; else words besides free values. */
function enumKind(name: string, values: readonly string[], closed: boolean): string {
  const words = [...new Set(values)].filter((value) => value !== ',' && value !== '!' && !value.includes('|') && !value.includes(' '));
  if (words.length === 0) return 'open';
  const free = !closed || words.length < 2 || COMPOSITE.test(name) || values.includes(',');
  return `${free ? 'open' : 'enum'} ${(free ? words.slice(0, 12) : words).join('|')}`;
}

/** Ranges and lists of numbers rather than one number. */
const MANY = /^(?:to-ports|vlan-ids)$/;

function typedKind(name: string, field: TypedField): string {
  const kind = typedKindOf(name, field);
  if (name === 'protocol' && kind.startsWith('enum ')) return kind.replace('enum ', 'enum #|');
  return MANY.test(name) ? kind.replace(/^int\b/, 'ints') : kind;
}

function typedKindOf(name: string, field: TypedField): string {
  if (COMPOSITE.test(name) && field.k === 'scalar') return '';
  if (field.k === 'bool') return 'bool';
  if (field.k === 'open-enum' && !field.v?.includes('!') && (field.t === 'integer number' || field.t === 'time interval')) {
    return `${field.t === 'integer number' ? 'int' : 'time'} ${(field.v ?? []).join('|')}`.trim();
  }
  if (field.t === 'IP address range' && /^(?:src|dst)-address$/.test(name)) return 'range';
  if (field.t?.startsWith('max ') && /^(?:src-|dst-)?port$/.test(name)) return 'ports';
  if (field.k === 'enum' || field.k === 'open-enum') return enumKind(name, field.v ?? [], field.k === 'enum' && field.t === undefined);
  const range = field.r?.length === 1 ? (field.r[0] ?? '') : '';
  if (field.t === 'integer number') return /^-?\d+\.\.\d+$/.test(range) ? `int ${range}` : 'int';
  if (field.t === 'time interval') return range === '' ? 'time' : `time ${range}`;
  if (field.t === 'IP address') return 'ip';
  if (field.t === 'MAC address') return 'mac';
  if (field.t === 'IP prefix' || field.t === 'IP prefix|IPv6 prefix') return 'prefix';
  if (field.t === 'string' || field.t === 'string value') return 'string';
  return '';
}

function textKind(name: string, text: string, values: readonly string[] | undefined): string {
  if (values) return enumKind(name, values, true);
  if (text.startsWith('string value')) return 'string';
  if (text.includes('time interval')) return 'time';
  if (text === 'A.B.C.D (IP address)') return 'ip';
  if (text.endsWith('(MAC address)')) return 'mac';
  if (text === 'A.B.C.D/M (IP prefix)') return 'prefix';
  const listed = /^([\w.-]+(?:\|[\w.-]+)+)\[,\w+\*\]$/.exec(text);
  return listed ? `enum ${listed[1]}` : '';
}
