import { type Capability, columnsOf, type Field, type KindShape, snake, writableFields } from '../../lib/index.ts';
import { flagParam, integerParam, type Param, type Params, required, textParam, textsParam, wordParam } from '../schema.ts';

/** Names that every derived tool keeps for itself. A field of the same name is reached through `more`. */
export const RESERVED = ['device_id', 'verb', 'row', 'before', 'more', 'unset', 'dry_run', 'limit', 'cursor', 'fields'] as const;

const isReserved = (name: string): boolean => RESERVED.some((reserved) => reserved === name);

/** The argument for a field, from its kind: what it takes is checked by the catalog, which knows more than a schema can say. */
export function paramOf(field: Field): Param {
  const { kind, traits } = field;
  const about = traits.about.replace(/\.$/, '');
  const { shape } = kind;
  if (shape.name === 'flag') return flagParam(about);
  if (shape.name === 'enum') return wordsOrText(shape.values, about, field);
  if (shape.name === 'integer' && shape.words.length === 0) {
    return integerParam({ about, min: shape.min, max: shape.max, example: Number(kind.example) });
  }
  if (shape.name === 'list') return textsParam({ about: `${about}, as ${kind.example}`, example: kind.example });
  const max = shape.name === 'text' ? Math.max(shape.max, 1) : 255;
  return textParam({ about: `${about}${hintFor(shape, kind.example)}`, example: kind.example, allowed: kind.allowed, max, empty: true });
}

/** A kind that takes one word of a set has an enum; one that takes several at once (`established,related`) is text. */
function wordsOrText(values: readonly string[], about: string, { kind }: Field): Param {
  const [first, second = ''] = values;
  const takesSeveral = kind.decode(`${first},${second}`) !== undefined;
  if (first === undefined || takesSeveral)
    return textParam({ about: `${about}: ${values.join(', ')}`, example: kind.example, allowed: kind.allowed });
  return wordParam([first, ...values.slice(1)], about);
}

function hintFor(shape: KindShape, example: string): string {
  if (shape.name === 'text') return '';
  if (shape.name === 'integer') return `: a number or ${shape.words.join(', ')}`;
  if (shape.name === 'negatable') return hintFor(shape.of, example);
  if (shape.name === 'enum') return `: ${shape.values.join(', ')}`;
  return `, as ${example}`;
}

/** Fields with an argument of their own: required ones and table columns; all of them where they are few. */
export function mainFields(capability: Capability): readonly string[] {
  const columns = columnsOf(capability);
  const writable = writableFields(capability).filter((name) => !isReserved(snake(name)));
  const main = writable.filter((name) => columns.includes(name) || capability.fields[name]?.traits.required);
  return writable.length - main.length <= 2 ? writable : main;
}

export const hasMore = (capability: Capability): boolean => writableFields(capability).length > mainFields(capability).length;

/** Arguments for fields, under their snake_case names. */
export const fieldParams = (fields: Capability['fields'], names: readonly string[]): Params =>
  Object.fromEntries(names.flatMap((name) => (fields[name] ? [[snake(name), paramOf(fields[name])]] : [])));

/** Arguments for all fields of an action, a recipe or a view: what is needed is marked so. */
export const inputParams = (fields: Capability['fields']): Params =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [snake(name), field.traits.required ? required(paramOf(field)) : paramOf(field)]),
  );

const FILTERS = 3;

/** Fields worth an equality filter: what names a row, then the words and flags a person would look for. */
export function filterFields(capability: Capability): readonly string[] {
  if (capability.shape === 'singleton' || (capability.shape === 'table' && capability.key.length === 0)) return [];
  const columns = columnsOf(capability).filter((name) => {
    const kind = capability.fields[name]?.kind.shape;
    const plain = kind?.name === 'negatable' ? kind.of.name : kind?.name;
    return name !== 'comment' && (plain === 'flag' || plain === 'enum' || plain === 'text');
  });
  const wanted = [...new Set([...capability.key, ...columns])].filter(
    (name) => !isReserved(snake(name)) && !capability.fields[name]?.traits.secret,
  );
  return wanted.slice(0, FILTERS);
}
