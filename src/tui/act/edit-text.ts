import { type Capability, canAdd, type Intent, type ItemView, kebab, type Selector } from '../../lib/index.ts';

/**
 * What a person types to change something, as intents: `[set] field=value ... !field ...`, `add field=value ... [before=ID]`,
 * `remove`, `move before=ID`; `where:FIELD=VALUE` names the row where none is selected. It is checked by the library; here only its shape is read.
 */

/** `wipe`: what was typed must not stay on the screen. */
export type EditResult =
  | { readonly ok: true; readonly intent: Intent }
  | { readonly ok: false; readonly why: string; readonly wipe?: true };

const VERBS = ['set', 'add', 'remove', 'move'] as const;
const no = (why: string): EditResult => ({ ok: false, why });

/** Words of a line; quotes keep blanks together, a backslash takes the next character as it is. Undefined: a quote is not closed. */
export function words(text: string): readonly string[] | undefined {
  const found: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const one = text[index] ?? '';
    if (one === '\\' && index + 1 < text.length) {
      index += 1;
      word = (word ?? '') + (text[index] ?? '');
    } else if (one === '"') {
      quoted = !quoted;
      word ??= '';
    } else if (/\s/.test(one) && !quoted) {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else word = (word ?? '') + one;
  }
  if (quoted) return undefined;
  return word === undefined ? found : [...found, word];
}

interface Assignments {
  readonly values: Readonly<Record<string, string>>;
  readonly unset: readonly string[];
  readonly stray: readonly string[];
}

export function assignments(parts: readonly string[]): Assignments {
  const values: Record<string, string> = {};
  const unset: string[] = [];
  const stray: string[] = [];
  for (const part of parts) {
    const at = part.indexOf('=');
    if (at > 0) values[part.slice(0, at)] = part.slice(at + 1);
    else if (part.startsWith('!') && part.length > 1) unset.push(part.slice(1));
    else stray.push(part);
  }
  return { values, unset, stray };
}

const WHERE = 'where:';

/** Words that name the row, and the others. */
function parted(values: Assignments['values']): { readonly where: Selector | undefined; readonly rest: Assignments['values'] } {
  const entries = Object.entries(values);
  const named = entries.filter(([name]) => name.startsWith(WHERE)).map(([name, value]) => [name.slice(WHERE.length), value]);
  return {
    where: named.length === 0 ? undefined : Object.fromEntries(named),
    rest: Object.fromEntries(entries.filter(([name]) => !name.startsWith(WHERE))),
  };
}

/** A value that must not stay on the screen must not stay there as the name of a row either. */
const plain = (name: string): string => name.replace(WHERE, '').replace(/[-_]/g, '').toLowerCase();

/** The first field among these whose value nobody may see. */
const secretIn = (capability: Capability, values: Assignments['values']): string | undefined =>
  Object.entries(capability.fields)
    .filter(
      ([name, { traits }]) => traits.secret && !traits.readOnly && Object.keys(values).some((written) => plain(written) === plain(name)),
    )
    .map(([name]) => kebab(name))[0];

const secretHint = ({ id }: Capability, verb: string | undefined, field: string): string =>
  `${field} is secret and is not typed here, where it can be read. In a shell: routeros-mcp plan ${verb === 'add' ? 'add' : 'set'} ${id} --secret ${field}`;

/** The intent a line means for the selected row (null where there is none). */
export function readEdit(text: string, capability: Capability, row: ItemView | null): EditResult {
  const parts = words(text);
  if (!parts) return no('A quote is not closed.');
  const verb = VERBS.find((one) => one === parts[0]);
  const { values: all, unset, stray } = assignments(verb ? parts.slice(1) : parts);
  const { where, rest: values } = parted(all);
  const secret = secretIn(capability, all);
  if (secret !== undefined) return { ok: false, why: secretHint(capability, verb, secret), wipe: true };
  const [strange] = stray.filter((part) => !(verb === 'move' && part === 'end'));
  if (strange !== undefined) return no(`"${strange}" is not field=value. ${usage(capability)}`);
  const target = where ?? selectorOf(row);
  switch (verb ?? 'set') {
    case 'add':
      return readAdd(capability, values, target);
    case 'remove':
      return needsRow(capability, target, (where) => ({ verb: 'remove', capability: capability.id, where }));
    case 'move':
      return readMove(capability, values, stray, target);
    default:
      return readSet(capability, values, unset, target);
  }
}

const selectorOf = (row: ItemView | null): Selector | undefined => (typeof row?.['id'] === 'string' ? { id: row['id'] } : undefined);

const usage = (capability: Capability): string => {
  const example = Object.entries(capability.fields).find(([, { traits }]) => !traits.readOnly && !traits.secret);
  return example ? `For example ${kebab(example[0])}=${example[1].kind.example}` : '';
};

function readSet(
  capability: Capability,
  values: Assignments['values'],
  unset: readonly string[],
  target: Selector | undefined,
): EditResult {
  if (Object.keys(values).length === 0 && unset.length === 0) return no(`Nothing to change was given. ${usage(capability)}`);
  const base = { verb: 'set' as const, capability: capability.id, values, ...(unset.length > 0 && { unset }) };
  return capability.shape === 'singleton' ? { ok: true, intent: base } : needsRow(capability, target, (where) => ({ ...base, where }));
}

function readAdd(capability: Capability, values: Assignments['values'], target: Selector | undefined): EditResult {
  if (!canAdd(capability)) return no(`Rows of ${capability.id} cannot be added.`);
  const { before, ...rest } = values;
  if (Object.keys(rest).length === 0) return no(`What should the new row hold? ${usage(capability)}`);
  // A field of that name wins over the place.
  if (before === undefined || 'before' in capability.fields)
    return { ok: true, intent: { verb: 'add', capability: capability.id, values } };
  const place = placeOf(before, target);
  return place
    ? { ok: true, intent: { verb: 'add', capability: capability.id, values: rest, before: place } }
    : no('before=here needs a selected row.');
}

function readMove(
  capability: Capability,
  values: Assignments['values'],
  stray: readonly string[],
  target: Selector | undefined,
): EditResult {
  if (capability.shape !== 'ordered') return no(`The order of ${capability.id} means nothing.`);
  const before = values['before'];
  if (before === undefined && !stray.includes('end')) return no('Where to? move before=ID, or move end.');
  const place = before === undefined ? undefined : { id: before };
  return needsRow(capability, target, (where) => ({ verb: 'move', capability: capability.id, where, ...(place && { before: place }) }));
}

const placeOf = (before: string, target: Selector | undefined): Selector | undefined => (before === 'here' ? target : { id: before });

function needsRow(capability: Capability, target: Selector | undefined, intent: (where: Selector) => Intent): EditResult {
  if (capability.shape === 'singleton') return no(`${capability.id} has no rows.`);
  return target ? { ok: true, intent: intent(target) } : no('Select a row first, or name it: where:FIELD=VALUE. add makes a new one.');
}
