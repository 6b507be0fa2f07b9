import { requireField } from '../capability/accept.ts';
import { absentText, type Decoded, decodeRow, fieldExists, keyOf, wireName } from '../capability/codec.ts';
import { canAdd, isWritable } from '../capability/define.ts';
import { type Field, kebab } from '../capability/field.ts';
import { labelOfRow } from '../capability/present.ts';
import type { Row } from '../client/types.ts';
import { InputError } from '../core/errors.ts';
import type { Intent, Selector } from './intent.ts';
import { type Menu, nextOf, sameRows, staticRows } from './menu.ts';
import { noWayBack } from './one-way.ts';
import { type Seal, type Secrets, sealNothing, secretsGone, withSealed } from './sealed.ts';
import { noSuchRow, selectRow } from './select.ts';
import { menuAfter } from './sketch.ts';
import type { Change, Lost } from './types.ts';
import { wireValues } from './wire-values.ts';

/** The one change that an intent comes to, where it is not so already. */
interface Planned {
  readonly change: Change;
  readonly lost: readonly string[];
  /** Values of secret fields, on their way to be sealed. */
  readonly secrets?: Secrets;
}

export interface Draft {
  readonly changes: readonly Change[];
  readonly lost: readonly Lost[];
}

/**
 * Turns wishes into differences, in their order. What is already so needs no change.
 * @param menus every menu the intents touch, by capability id, as read from the router
 * @param seal takes the values of secret fields into keeping; a secret that is set is always a change
 * @throws InputError for a wish that cannot be: unknown field, no such row, wrong value
 */
export function draftChanges(menus: ReadonlyMap<string, Menu>, intents: readonly Intent[], seal: Seal = sealNothing): Draft {
  const now = new Map(menus);
  const changes: Change[] = [];
  const lost: Lost[] = [];
  let created = 0;
  for (const intent of intents) {
    const menu = now.get(intent.capability);
    if (!menu) throw new InputError(`${intent.capability} was not read.`, { code: 'UNKNOWN_CAPABILITY' });
    const planned = planIntent(menu, intent, `#${created}`);
    if (!planned) continue;
    const change = withSealed(planned.change, planned.secrets ?? {}, seal, menu);
    now.set(intent.capability, menuAfter(menu, change));
    if (change.verb === 'add') created += 1;
    for (const why of planned.lost) lost.push({ change: changes.length, why });
    changes.push(Object.freeze(change));
  }
  // There and back again: wishes that together leave everything as it is.
  const secret = changes.some(({ sealed }) => sealed !== undefined);
  if (!secret && [...menus].every(([id, menu]) => sameRows(menu, now.get(id) ?? menu))) return { changes: [], lost: [] };
  return { changes, lost };
}

function planIntent(menu: Menu, intent: Intent, newId: string): Planned | undefined {
  if (!isWritable(menu.capability)) throw new InputError(`${menu.capability.id} can only be read.`, { code: 'READ_ONLY' });
  switch (intent.verb) {
    case 'set':
      return planSet(menu, intent);
    case 'add':
      return planAdd(menu, intent, newId);
    case 'remove':
      return planRemove(menu, intent.where);
    case 'move':
      return planMove(menu, intent.where, intent.before);
  }
}

function base(menu: Menu, row: Decoded): Pick<Change, 'capability' | 'menu' | 'row' | 'label' | 'secret'> {
  return {
    capability: menu.capability.id,
    menu: menu.capability.menu,
    row: menu.capability.shape === 'singleton' ? '' : row.id,
    label: labelOfRow(menu.capability, row, menu.version),
    secret: [],
  };
}

function planSet(menu: Menu, intent: Extract<Intent, { verb: 'set' }>): Planned | undefined {
  const row = selectRow(menu, intent.where);
  if (!row) throw noSuchRow(menu);
  const { row: given, secrets } = wireValues(menu, intent.values);
  const wanted = { ...given, ...takenAway(menu, intent) };
  const before: Record<string, string> = {};
  const after: Record<string, string> = {};
  for (const [wire, value] of Object.entries(wanted)) {
    const was = row.content[wire] ?? absentOf(menu, wire);
    if (was === value) continue;
    if (was !== undefined) before[wire] = was;
    if (value !== undefined) after[wire] = value;
  }
  const touched = new Set([...Object.keys(before), ...Object.keys(after)]);
  if (touched.size === 0 && Object.keys(secrets).length === 0) return undefined;
  const change = { ...base(menu, row), verb: 'set' as const, before, after };
  // A row that the plan itself makes goes as a whole when it is undone.
  const gone = row.id.startsWith('#') ? [] : secretsGone(Object.keys(secrets));
  return {
    change,
    secrets,
    lost: [...lossyText(row, [...touched]), ...forGood(menu, change), ...noWayBack(menu.capability, change), ...gone],
  };
}

/** The fields an intent takes away: what RouterOS means by their absence as text, undefined where there is none. */
function takenAway(menu: Menu, { unset = [], values }: Extract<Intent, { verb: 'set' }>): Readonly<Record<string, string | undefined>> {
  const given = new Set(Object.keys(values).map((written) => requireField(menu.capability, written).name));
  const wanted = unset.map((written): [string, string | undefined] => {
    const { name, field } = requireField(menu.capability, written);
    const why = mustStay(menu, field);
    const code = field.traits.readOnly ? 'READ_ONLY' : 'INVALID_INPUT';
    if (why !== undefined) throw new InputError(`${kebab(name)} cannot be taken away: ${why}.`, { code, hint: 'Leave it out.' });
    if (given.has(name)) throw new InputError(`${kebab(name)} is set and taken away at once.`, { hint: 'Say one of the two.' });
    return [wireName(name, field, menu.version), absentText(field)];
  });
  return Object.fromEntries(wanted);
}

function mustStay({ capability, version }: Menu, field: Field): string | undefined {
  const { readOnly, secret, required } = field.traits;
  if (readOnly) return 'RouterOS sets it itself';
  if (secret) return 'it is secret';
  if (required) return 'a row needs it';
  if (!fieldExists(field, version)) return `RouterOS ${version} does not have it`;
  // A singleton has no way to unset, and a typed field takes no empty text.
  return capability.shape === 'singleton' && absentText(field) === undefined ? 'it always has a value' : undefined;
}

/** Fields that were not set before, on a menu that does not let them be taken away again. */
function forGood({ capability }: Menu, { row, before, after }: Change): readonly string[] {
  if (capability.unset !== undefined || row.startsWith('#')) return [];
  const added = Object.keys(after ?? {}).filter((wire) => !(wire in (before ?? {})));
  return added.map((wire) => `${wire} was not set before and may not be taken away again`);
}

function absentOf(menu: Menu, wire: string): string | undefined {
  const found = Object.entries(menu.capability.fields).find(([name, field]) => wireName(name, field, menu.version) === wire);
  return found && absentText(found[1]);
}

function planAdd(menu: Menu, intent: Extract<Intent, { verb: 'add' }>, newId: string): Planned | undefined {
  const { capability } = menu;
  if (!canAdd(capability)) throw new InputError(`Rows of ${capability.id} can be set, not added.`, { code: 'READ_ONLY', hint: 'Use set.' });
  const { row: values, secrets } = wireValues(menu, intent.values);
  for (const [name, field] of Object.entries(capability.fields)) {
    if (field.traits.required && fieldExists(field, menu.version) && !{ ...values, ...secrets }[wireName(name, field, menu.version)]) {
      throw new InputError(`${kebab(name)} is needed to add to ${capability.id}.`, {
        hint: `For example ${kebab(name)}=${field.kind.example}`,
      });
    }
  }
  const place = anchorOf(menu, intent.before);
  const row: Decoded = { ...decodeRow(capability, values, menu.version), id: newId };
  if (isThere(menu, row, values, place) && !intent.again) {
    if (Object.keys(secrets).length === 0) return undefined;
    // All but the secret is as wanted, and that cannot be compared.
    throw isTaken(menu, {});
  }
  return {
    secrets,
    change: {
      ...base(menu, row),
      verb: 'add',
      before: null,
      after: values,
      ...(capability.shape === 'ordered' && { place: { to: place } }),
    },
    lost: [],
  };
}

/**
 * Already so? By key where there is one (a different row with the same key is an error), else by whole content.
 * A row that is to stand before another is there when its like stands anywhere before that one.
 */
function isThere(menu: Menu, row: Decoded, values: Row, place: string | null): boolean {
  const rows = staticRows(menu);
  const key = keyOf(menu.capability, row.content, menu.version);
  const same = (there: Decoded): boolean => Object.keys(values).every((wire) => (there.content[wire] ?? '') === (row.content[wire] ?? ''));
  if (key === undefined) {
    const above =
      place === null
        ? rows
        : rows.slice(
            0,
            rows.findIndex(({ id }) => id === place),
          );
    return above.some((there) => same(there) && Object.keys(there.content).length === Object.keys(row.content).length);
  }
  const twin = rows.find((there) => keyOf(menu.capability, there.content, menu.version) === key);
  if (!twin) return false;
  if (same(twin)) return true;
  throw isTaken(menu, { id: twin.id });
}

function isTaken({ capability }: Menu, details: Readonly<Record<string, unknown>>): InputError {
  const by = capability.key.length > 0 ? `with this ${capability.key.map(kebab).join(' and ')}` : 'like this';
  return new InputError(`${capability.id} already has a row ${by}.`, { code: 'ALREADY_EXISTS', hint: 'Use set to change it.', details });
}

function anchorOf(menu: Menu, before: Selector | undefined): string | null {
  if (before === undefined) return null;
  if (menu.capability.shape !== 'ordered') throw new InputError(`${menu.capability.id} has no order: leave out before.`);
  const anchor = selectRow(menu, before);
  if (!anchor) throw noSuchRow(menu);
  return anchor.id;
}

function planRemove(menu: Menu, where: Selector): Planned | undefined {
  if (!canAdd(menu.capability)) throw new InputError(`Rows of ${menu.capability.id} cannot be removed.`, { code: 'READ_ONLY' });
  const row = selectRow(menu, where);
  if (!row) return undefined;
  const strangers = Object.keys(row.extra).filter((wire) => !(wire in row.content));
  return {
    change: {
      ...base(menu, row),
      verb: 'remove',
      before: row.content,
      after: null,
      ...(menu.capability.shape === 'ordered' && { place: { from: nextOf(menu, row.id) } }),
    },
    lost: [
      ...lossyText(row, Object.keys(row.content)),
      ...secretsGone(row.secrets),
      ...(strangers.length > 0 ? [`fields unknown to this program are not restored: ${strangers.length}`] : []),
    ],
  };
}

function planMove(menu: Menu, where: Selector, before: Selector | undefined): Planned | undefined {
  if (menu.capability.shape !== 'ordered')
    throw new InputError(`${menu.capability.id} has no order: nothing can be moved.`, { code: 'READ_ONLY' });
  const row = selectRow(menu, where);
  if (!row) throw noSuchRow(menu);
  const to = anchorOf(menu, before);
  const from = nextOf(menu, row.id);
  if (to === row.id || to === from) return undefined;
  return {
    change: { ...base(menu, row), verb: 'move', before: null, after: null, place: { from, to } },
    lost: [],
  };
}

const lossyText = (row: Decoded, touched: readonly string[]): readonly string[] =>
  row.lossy.filter((wire) => touched.includes(wire)).map((wire) => `${wire} holds characters that cannot be written back exactly`);
