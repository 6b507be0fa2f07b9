import { decodeRow } from '../capability/codec.ts';
import type { ChangeSketch } from '../capability/define.ts';
import { type Menu, rowById, withContent, withoutRow, withRow } from './menu.ts';
import { secretNames } from './sealed.ts';
import type { Change } from './types.ts';

type Row = Menu['rows'][number];

/** A row after a set. What the router owns, and what nobody could read, stays as it is. */
function rowAfter(menu: Menu, row: Row, { before, after }: Change): Row {
  const left = Object.entries(row.content).filter(([wire]) => !(wire in (before ?? {})));
  const now = decodeRow(menu.capability, { ...Object.fromEntries(left), ...after }, menu.version);
  const { fields } = menu.capability;
  const owned = Object.entries(row.item).filter(([name]) => fields[name]?.traits.readOnly || fields[name]?.traits.secret);
  const strange = Object.entries(row.extra).filter(([wire]) => !(wire in (after ?? {})));
  return { ...row, item: { ...now.item, ...Object.fromEntries(owned) }, content: now.content, extra: Object.fromEntries(strange) };
}

/** The row with the secrets of a change set: told from what was there, and from nothing else. */
function withSecrets(menu: Menu, row: Row, change: Change): Row {
  if (!change.sealed) return row;
  const shown = secretNames(menu, change).map((name) => [name, '(new secret)']);
  return {
    ...row,
    item: { ...row.item, ...Object.fromEntries(shown) },
    secrets: [...new Set([...row.secrets, ...Object.keys(change.sealed)])],
  };
}

/** The menu as it will be after a change. */
export function menuAfter(menu: Menu, change: Change): Menu {
  const row = rowById(menu, change.row);
  const place = change.place?.to ?? null;
  if (change.verb === 'add')
    return withRow(
      menu,
      withSecrets(menu, { ...decodeRow(menu.capability, change.after ?? {}, menu.version), id: change.row }, change),
      place,
    );
  if (!row) return menu;
  if (change.verb === 'set') return withContent(menu, row.id, withSecrets(menu, rowAfter(menu, row, change), change));
  return change.verb === 'remove' ? withoutRow(menu, row.id) : withRow(withoutRow(menu, row.id), row, place);
}

/**
 * A change as its capability judges it: the whole row before and after, typed.
 * @param menu the menu as it stands before this change, with what earlier changes of the plan made of it
 */
export function sketchOf(menu: Menu, change: Change): ChangeSketch {
  const row = rowById(menu, change.row);
  // Read from its canonical content, as `after` is: the members of a set stand in one order on both sides.
  const before = row ? rowAfter(menu, row, { ...change, before: {}, after: {} }).item : {};
  const after = rowById(menuAfter(menu, change), change.row)?.item ?? {};
  const secrets = secretNames(menu, change);
  if (change.verb === 'add') return { verb: 'add', after, ...(secrets.length > 0 && { secrets }) };
  return change.verb === 'remove'
    ? { verb: 'remove', before }
    : { verb: change.verb, before, after, ...(secrets.length > 0 && { secrets }) };
}
