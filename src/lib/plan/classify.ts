import { absentText, type Decoded, wireMap } from '../capability/codec.ts';
import type { Row } from '../client/types.ts';
import { type Menu, nextOf, rowById, staticRows } from './menu.ts';
import { heldSecrets, onlySecrets, type SecretJudge } from './sealed.ts';
import type { Change } from './types.ts';

/**
 * Where a router stands with respect to one change, judged from what was read back and never from a return code.
 * `partly` mixes old and new values; `foreign` holds a value that is neither: somebody else was here.
 */
export type Standing = 'pre' | 'post' | 'partly' | 'foreign';

export interface Seen {
  readonly standing: Standing;
  /** For an add that took place: the id the router gave the row. */
  readonly rowId?: string;
  /** A set of secrets that cannot be read back: `post` is what was said, not what was seen. */
  readonly unseen?: true;
}

/** Where rows live on the router now: those of the plan (`#n`), and those that were put back. */
export type Ids = ReadonlyMap<string, string>;
/** RouterOS counts ids in every menu anew; `#n` is counted over the whole plan. */
export const idKey = (menu: string, id: string): string => (id.startsWith('#') ? id : `${menu} ${id}`);
export const resolveId = (ids: Ids, menu: string, id: string): string => ids.get(idKey(menu, id)) ?? id;

/**
 * @param menu the menu as it is now
 * @param known ids that were there before the change was sent; tells a new row from an old twin
 * @param judge tells secrets apart, where they can be read; without it, or where they cannot, they are not compared
 */
export function classify(change: Change, menu: Menu, ids: Ids, known: ReadonlySet<string>, judge?: SecretJudge): Seen {
  switch (change.verb) {
    case 'set':
      return onlySecrets(change) ? standingOfSecrets(change, menu, ids, judge) : { standing: standingOfSet(change, menu, ids, judge) };
    case 'add':
      return standingOfAdd(change, menu, ids, known, judge);
    case 'remove':
      return { standing: standingOfRemove(change, menu, ids) };
    case 'move':
      return { standing: standingOfMove(change, menu, ids) };
  }
}

function standingOfSecrets(change: Change, menu: Menu, ids: Ids, judge: SecretJudge | undefined): Seen {
  const row = rowById(menu, resolveId(ids, change.menu, change.row));
  if (!row) return { standing: 'foreign' };
  const seen = heldSecrets(change, menu, row.id, judge);
  if (seen === 'unseen') return { standing: 'post', unseen: true };
  return { standing: seen === 'sent' ? 'post' : seen === 'before' ? 'pre' : 'foreign' };
}

/** Secrets are asked last: undoing brings the other fields back and leaves them, as the plan says. */
function standingOfSet(change: Change, menu: Menu, ids: Ids, judge: SecretJudge | undefined): Standing {
  const { menu: at, row: id, before, after } = change;
  const row = rowById(menu, resolveId(ids, at, id));
  if (!row) return 'foreign';
  const touched = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const now = (wire: string): string => textAt(menu, row.content, wire);
  const isAfter = [...touched].filter((wire) => now(wire) === textAt(menu, after ?? {}, wire));
  const isBefore = [...touched].filter((wire) => now(wire) === textAt(menu, before ?? {}, wire));
  if (isAfter.length === touched.size) {
    const secrets = heldSecrets(change, menu, row.id, judge);
    return secrets === 'other' ? 'foreign' : secrets === 'before' ? 'partly' : 'post';
  }
  if (isBefore.length === touched.size) return 'pre';
  return new Set([...isAfter, ...isBefore]).size === touched.size ? 'partly' : 'foreign';
}

/** The text of a field, with what RouterOS means by absence put in. */
function textAt(menu: Menu, content: Row, wire: string): string {
  const field = wireMap(menu.capability, menu.version).get(wire)?.field;
  return content[wire] ?? (field && absentText(field)) ?? '';
}

function standingOfAdd(change: Change, menu: Menu, ids: Ids, known: ReadonlySet<string>, judge: SecretJudge | undefined): Seen {
  const rowId = ids.get(idKey(change.menu, change.row));
  const fits = ({ id, content }: Decoded): boolean =>
    saysAll(change.after, menu, content) && ['sent', 'unseen'].includes(heldSecrets(change, menu, id, judge));
  if (rowId !== undefined) {
    const row = rowById(menu, rowId);
    if (!row) return { standing: 'pre' };
    return { standing: !fits(row) ? 'foreign' : inPlace(change, menu, ids, rowId) ? 'post' : 'partly', rowId };
  }
  const fresh = staticRows(menu).filter((row) => !known.has(row.id) && fits(row));
  const [only, ...twins] = fresh.filter((row) => saysNoMore(change.after, menu, row.content));
  if (!only || twins.length > 0) return { standing: fresh.length === 0 ? 'pre' : 'foreign' };
  return { standing: inPlace(change, menu, ids, only.id) ? 'post' : 'partly', rowId: only.id };
}

const saysAll = (after: Row | null, menu: Menu, content: Row): boolean =>
  Object.keys(after ?? {}).every((wire) => textAt(menu, content, wire) === textAt(menu, after ?? {}, wire));

/** RouterOS may fill in a typed field by itself; a note that we did not write was written by somebody else. */
function saysNoMore(after: Row | null, menu: Menu, content: Row): boolean {
  const fields = wireMap(menu.capability, menu.version);
  return Object.keys(content).every((wire) => {
    const field = fields.get(wire)?.field;
    return wire in (after ?? {}) || !field || absentText(field) === undefined;
  });
}

/** Is this what RouterOS makes of an add of these fields, and nothing more? Where it stands is not asked, nor what its secrets are. */
export const isMadeOf = (fields: Row | null, menu: Menu, content: Row): boolean =>
  saysAll(fields, menu, content) && saysNoMore(fields, menu, content);

function inPlace(change: Change, menu: Menu, ids: Ids, rowId: string): boolean {
  if (change.place?.to === undefined) return true;
  return nextOf(menu, rowId) === (change.place.to === null ? null : resolveId(ids, change.menu, change.place.to));
}

function standingOfRemove({ menu: at, row: id, before }: Change, menu: Menu, ids: Ids): Standing {
  const row = rowById(menu, resolveId(ids, at, id));
  if (!row) return 'post';
  return Object.entries(before ?? {}).every(([wire, value]) => row.content[wire] === value) ? 'pre' : 'foreign';
}

function standingOfMove({ menu: path, row: id, place }: Change, menu: Menu, ids: Ids): Standing {
  const rowId = resolveId(ids, path, id);
  if (!rowById(menu, rowId)) return 'foreign';
  const next = nextOf(menu, rowId);
  const at = (anchor: string | null | undefined): string | null => (anchor ? resolveId(ids, path, anchor) : null);
  if (next === at(place?.to)) return 'post';
  return next === at(place?.from) ? 'pre' : 'foreign';
}
