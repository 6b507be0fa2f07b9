import { type Decoded, decodeRow, wireMap } from '../capability/codec.ts';
import type { Capability } from '../capability/define.ts';
import type { Row } from '../client/types.ts';
import { canonical } from '../core/canonical.ts';
import { Secret } from '../core/secret.ts';

/** One menu of one router, read and understood: what a plan is made from. */
export interface Menu {
  readonly capability: Capability;
  readonly version: string;
  readonly rows: readonly Decoded[];
  /** Secrets that the account may read, by row id and wire name: to be told from others by their digests, and for nothing else. */
  readonly held?: ReadonlyMap<string, Readonly<Record<string, Secret>>>;
}

export function menuOf(capability: Capability, version: string, rows: readonly Row[]): Menu {
  const held = heldOf(capability, version, rows);
  return { capability, version, rows: rows.map((row) => decodeRow(capability, row, version)), ...(held.size > 0 && { held }) };
}

/** What RouterOS shows an account without the right `sensitive`. */
const MASKED = '*****';

function heldOf(capability: Capability, version: string, rows: readonly Row[]): ReadonlyMap<string, Readonly<Record<string, Secret>>> {
  const secret = [...wireMap(capability, version)].filter(([, { field }]) => field.traits.secret && !field.traits.readOnly);
  return new Map(
    rows.flatMap((row): [string, Readonly<Record<string, Secret>>][] => {
      const known = secret.flatMap(([wire]): [string, Secret][] => {
        const text = row[wire];
        return text === undefined || text === '' || text === MASKED ? [] : [[wire, new Secret(text)]];
      });
      return known.length > 0 ? [[row['.id'] ?? '', Object.fromEntries(known)]] : [];
    }),
  );
}

/** Rows a person made, in their order: dynamic rows are never a target and never an anchor. */
export const staticRows = (menu: Menu): readonly Decoded[] => menu.rows.filter((row) => !row.dynamic);

export const rowById = (menu: Menu, id: string): Decoded | undefined =>
  menu.capability.shape === 'singleton' ? menu.rows[0] : menu.rows.find((row) => row.id === id);

/** Id of the static row after this one; null at the end, for a row that is not there, and for menus without an order. */
export const nextOf = (menu: Menu, id: string): string | null => neighbour(menu, id, 1);
export const previousOf = (menu: Menu, id: string): string | null => neighbour(menu, id, -1);

export const firstOf = (menu: Menu): string | null => (menu.capability.shape === 'ordered' ? (staticRows(menu)[0]?.id ?? null) : null);

function neighbour(menu: Menu, id: string, step: 1 | -1): string | null {
  if (menu.capability.shape !== 'ordered') return null;
  const rows = staticRows(menu);
  const at = rows.findIndex((row) => row.id === id);
  return at < 0 ? null : (rows[at + step]?.id ?? null);
}

/** The same rows with the same content in the same places? */
export const sameRows = (a: Menu, b: Menu): boolean =>
  a.rows.length === b.rows.length &&
  a.rows.every((row, at) => {
    const other = b.rows[at];
    return row === other || (row.id === other?.id && canonical(row.content) === canonical(other.content));
  });

/** The menu with a row put in front of another, or at the end. */
export function withRow(menu: Menu, row: Decoded, before: string | null): Menu {
  const at = menu.rows.findIndex((one) => one.id === before);
  const rows = at < 0 ? [...menu.rows, row] : [...menu.rows.slice(0, at), row, ...menu.rows.slice(at)];
  return { ...menu, rows };
}

export const withoutRow = (menu: Menu, id: string): Menu => ({ ...menu, rows: menu.rows.filter((row) => row.id !== id) });
export const withContent = (menu: Menu, id: string, row: Decoded): Menu => ({
  ...menu,
  rows: menu.rows.map((one) => (one.id === id ? row : one)),
});
