import type { Row } from '../client/types.ts';
import { compareVersions } from '../core/version.ts';
import type { Capability } from './define.ts';
import { type Field, type Fields, type Item, kebab, looksSecret } from './field.ts';

/** One row, understood. */
export interface Decoded<F extends Fields = Fields> {
  /** RouterOS `.id`; empty for a singleton. */
  readonly id: string;
  readonly item: Item<F>;
  /** Wire fields that the capability does not declare, or whose text its kind does not understand. */
  readonly extra: Row;
  /** The router made this row itself: never a target, never an anchor. */
  readonly dynamic: boolean;
  /** Field names whose text was changed by cleaning, so that it cannot be written back. */
  readonly lossy: readonly string[];
  /** Wire names of secret fields that are set. Their values are in none of the others. */
  readonly secrets: readonly string[];
  /** Canonical writable content under wire names; what RouterOS means by absence is left out. */
  readonly content: Row;
}

/** The name a field has on the wire of a router of this version. */
export function wireName(name: string, field: Field, version: string): string {
  const { wire } = field.traits;
  if (wire === undefined) return kebab(name);
  if (typeof wire === 'string') return wire;
  return wire.find(({ from }) => from === undefined || compareVersions(version, from) >= 0)?.name ?? kebab(name);
}

/** Does a router of this version have the field? */
export const fieldExists = ({ traits }: Field, version: string): boolean =>
  (traits.from === undefined || compareVersions(version, traits.from) >= 0) &&
  (traits.until === undefined || compareVersions(version, traits.until) < 0);

type WireMap = ReadonlyMap<string, { readonly name: string; readonly field: Field }>;

/** Made once for each version, and gone with the declaration. */
const MAPS = new WeakMap<Fields, Map<string, WireMap>>();

/** Wire name to declared field, for one version. */
export function wireMap(capability: { readonly fields: Fields }, version: string): WireMap {
  const known = MAPS.get(capability.fields)?.get(version);
  if (known) return known;
  const there = Object.entries(capability.fields).filter(([, field]) => fieldExists(field, version));
  const map: WireMap = new Map(there.map(([name, field]) => [wireName(name, field, version), { name, field }]));
  const byVersion = MAPS.get(capability.fields) ?? new Map<string, WireMap>();
  // A fleet has a handful of versions; whoever asks with more of them is not remembered.
  if (byVersion.size < 50) MAPS.set(capability.fields, byVersion.set(version, map));
  return map;
}

const writable = (field: Field): boolean => !field.traits.readOnly;
/** The wire text that means the same as leaving the field out. */
export const absentText = (field: Field): string | undefined => field.traits.fallback ?? field.kind.absent;

/** Reads one row. Never throws: what is not understood is kept as text under `extra`. */
export function decodeRow(capability: Capability, row: Row, version: string): Decoded {
  const map = wireMap(capability, version);
  const item: Record<string, unknown> = {};
  const extra: Record<string, string> = {};
  const content: Record<string, string> = {};
  const secrets: string[] = [];
  for (const [wire, raw] of Object.entries(row)) {
    if (wire.startsWith('.')) continue;
    const known = map.get(wire);
    if (!known) {
      if (wire !== 'dynamic') extra[wire] = looksSecret(wire) ? '(secret)' : raw;
      continue;
    }
    if (known.field.traits.secret) {
      if (raw !== '') secrets.push(wire);
      item[known.name] = raw === '' ? null : '(secret)';
      continue;
    }
    const canonical = readField(known, raw, item);
    if (canonical === undefined) extra[wire] = raw;
    if (writable(known.field)) keep(content, wire, canonical ?? raw, known.field);
  }
  for (const [wire, { name, field }] of map) {
    if (!(wire in row) && field.kind.shape.name === 'flag') item[name] = absentText(field) === 'yes';
  }
  return {
    id: row['.id'] ?? '',
    item: item as Item,
    extra,
    dynamic: row['dynamic'] === 'true' || row['dynamic'] === 'yes' || row['dynamic'] === '',
    secrets,
    lossy: (row['.lossy'] ?? '').split(',').filter((name) => name !== ''),
    content,
  };
}

function readField(
  known: { readonly name: string; readonly field: Field },
  raw: string,
  item: Record<string, unknown>,
): string | undefined {
  const { kind } = known.field;
  // An unset option may come as an empty text: that is "not set" for every kind but flags, texts and lists.
  if (raw === '' && kind.absent === undefined) return '';
  const value = kind.decode(raw);
  if (value === undefined) return undefined;
  item[known.name] = value;
  return kind.encode(value);
}

function keep(content: Record<string, string>, wire: string, text: string, field: Field): void {
  if (text === '' || text === absentText(field)) return;
  content[wire] = text;
}

/** Typed values as wire text; read-only fields are left out, and an empty text says what RouterOS means by absence. */
export function encodeItem(capability: Capability, item: Item, version: string): Row {
  const row: Record<string, string> = {};
  for (const [name, value] of Object.entries(item)) {
    const field = capability.fields[name];
    if (field && writable(field) && value !== undefined)
      row[wireName(name, field, version)] = field.kind.encode(value) || (absentText(field) ?? '');
  }
  return row;
}

/** Canonical key of wire content, or undefined where the capability has no key or the content lacks part of it. */
export function keyOf(capability: Capability, content: Row, version: string): string | undefined {
  if (capability.key.length === 0) return undefined;
  const parts: string[] = [];
  for (const name of capability.key) {
    const field = capability.fields[name];
    const value = field && (content[wireName(name, field, version)] ?? (writable(field) ? absentText(field) : undefined));
    if (value === undefined) return undefined;
    parts.push(value);
  }
  return JSON.stringify(parts);
}
