import { type Capability, canAdd, InputError, type Intent, snake } from '../../lib/index.ts';
import { fieldNamed } from '../view/rows.ts';

export const VERBS = ['add', 'set', 'remove', 'move'] as const;
export type Verb = (typeof VERBS)[number];

/** The verbs a capability knows, from its shape. */
export function verbsOf(capability: Capability): readonly Verb[] {
  if (capability.shape === 'table') return [];
  if (!canAdd(capability)) return ['set'];
  return capability.shape === 'ordered' ? VERBS : ['add', 'set', 'remove'];
}

type Values = Readonly<Record<string, unknown>>;

export interface IntentWish {
  readonly verb: Verb;
  readonly values: Values;
  readonly row?: Values | undefined;
  readonly before?: Values | undefined;
  readonly unset?: readonly string[] | undefined;
}

/**
 * What a caller asked for, as an intent. Where no row is named, the key fields among the values name it.
 * @throws InputError for a part that the verb does not take: nothing that was asked for is dropped silently
 */
export function intentOf(capability: Capability, wish: IntentWish): Intent {
  const { verb, before, unset } = wish;
  const { id } = capability;
  if (!verbsOf(capability).includes(verb)) throw wrongVerb(capability, verb);
  if (before && verb !== 'add' && verb !== 'move') throw excess(verb, 'before');
  if (unset && unset.length > 0 && verb !== 'set') throw excess(verb, 'unset');
  if (verb === 'add') {
    if (wish.row) throw excess(verb, 'row');
    return { verb, capability: id, values: wish.values, ...(before && { before }) };
  }
  if (capability.shape === 'singleton') {
    if (wish.row) throw excess(verb, 'row');
    return setIntent(capability, undefined, wish.values, unset);
  }
  if (verb === 'set') {
    const { where, values } = wish.row ? { where: wish.row, values: wish.values } : splitByKey(capability, wish.values);
    return setIntent(capability, where, values, unset);
  }
  if (wish.row && Object.keys(wish.values).length > 0) throw excess(verb, 'values beside row');
  const where = wish.row ?? wish.values;
  if (Object.keys(where).length === 0) throw noRow(capability);
  return verb === 'move' ? { verb, capability: id, where, ...(before && { before }) } : { verb, capability: id, where };
}

function setIntent(capability: Capability, where: Values | undefined, values: Values, unset: readonly string[] | undefined): Intent {
  if (Object.keys(values).length === 0 && (unset ?? []).length === 0) {
    throw new InputError('Nothing to set was given.', {
      hint: 'Give at least one field and its value.',
      details: { capability: capability.id },
    });
  }
  return { verb: 'set', capability: capability.id, values, ...(where && { where }), ...(unset && unset.length > 0 && { unset }) };
}

function splitByKey(capability: Capability, given: Values): { readonly where: Values; readonly values: Values } {
  const isKey = (name: string): boolean => capability.key.some((key) => key === fieldNamed(capability, name));
  const where = Object.entries(given).filter(([name]) => isKey(name));
  if (where.length < Math.max(1, capability.key.length)) throw noRow(capability);
  return { where: Object.fromEntries(where), values: Object.fromEntries(Object.entries(given).filter(([name]) => !isKey(name))) };
}

const wrongVerb = (capability: Capability, verb: Verb): InputError => {
  const allowed = verbsOf(capability);
  return new InputError(`${capability.id} does not know ${verb}.`, {
    code: allowed.length === 0 ? 'READ_ONLY' : 'INVALID_INPUT',
    hint: allowed.length === 0 ? 'It can only be read.' : `It knows: ${allowed.join(', ')}.`,
    details: { field: 'verb', allowed },
  });
};

const excess = (verb: Verb, part: string): InputError =>
  new InputError(`${verb} takes no ${part}.`, { hint: 'Leave it out.', details: { verb } });

const noRow = (capability: Capability): InputError =>
  new InputError('No row was named.', {
    hint: `Name it by row: ["*1B"]${capability.key.length > 0 ? `, or by ${capability.key.map(snake).join(' and ')}` : ''}.`,
    details: { field: 'row', capability: capability.id },
  });
