import { type Capability, cleanText, columnsOf, InputError, type ItemView, snake } from '../../lib/index.ts';
import { tokensOf } from '../budget.ts';

/** Longest text of one value, without and with an own choice of fields. */
const SHORT_TEXT = 512;
const LONG_TEXT = 4_000;

/** The declared name of a field for what a caller wrote: `allow_remote_requests`, `allow-remote-requests` or `allowRemoteRequests`. */
export function fieldNamed(capability: Pick<Capability, 'fields'>, written: string): string | undefined {
  const wanted = snake(written).replaceAll('-', '_');
  return Object.keys(capability.fields).find((name) => snake(name) === wanted);
}

/**
 * Declared names of the fields a caller asked for.
 * @throws InputError with the names there are
 */
export function chosenFields(capability: Capability, written: readonly string[] | undefined): readonly string[] | undefined {
  if (written === undefined || written.length === 0) return undefined;
  return [...new Set(written)].map((one) => {
    const name = fieldNamed(capability, one);
    if (name !== undefined) return name;
    const allowed = Object.keys(capability.fields).map(snake);
    throw new InputError(`${capability.id} has no field of that name.`, {
      code: 'UNKNOWN_FIELD',
      hint: `Use some of: ${allowed.join(', ')}.`,
      details: { field: one.slice(0, 64), allowed },
    });
  });
}

/**
 * One item for an answer: the capability's fields in their order, under snake_case names.
 * Without a choice: every column, and whatever else is set and does not change by itself, so that a rule is never
 * shown without a matcher it has; of a menu that has one item, everything. Not set is left out; what should be known and is not is null.
 */
export function rowOf(capability: Capability, item: ItemView, chosen: readonly string[] | undefined): Readonly<Record<string, unknown>> {
  const budget = chosen ? LONG_TEXT : SHORT_TEXT;
  const row = projected(capability, item, chosen, budget);
  // Sixty long fields in one row: shorter texts, rather than a row that cannot be shown.
  return tokensOf(row) > 6_000 ? projected(capability, item, chosen, 80) : row;
}

/** The same row for the text block: durations as people and RouterOS write them; the data beside it has their seconds. */
export function spokenRow(
  capability: Pick<Capability, 'fields'>,
  row: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const field = capability.fields[fieldNamed(capability, name) ?? ''];
      return [name, field?.kind.shape.name === 'duration' && typeof value === 'number' ? field.kind.encode(value) : value];
    }),
  );
}

function projected(
  capability: Capability,
  item: ItemView,
  chosen: readonly string[] | undefined,
  longest: number,
): Readonly<Record<string, unknown>> {
  const columns = columnsOf(capability);
  const isOnly = capability.shape === 'singleton' || (capability.shape === 'table' && capability.key.length === 0);
  const names = chosen ?? [...columns, ...Object.keys(capability.fields).filter((name) => !columns.includes(name))];
  const row: Record<string, unknown> = {};
  if (typeof item['id'] === 'string') row['id'] = item['id'];
  for (const name of names) {
    const traits = capability.fields[name]?.traits;
    const value = item[name] ?? null;
    if (value !== null) {
      const spoken = chosen !== undefined || columns.includes(name) || (!isIdle(value) && (isOnly || !traits?.live));
      if (spoken) row[snake(name)] = shortened(value, longest);
    } else if (traits?.readOnly && (chosen || columns.includes(name))) row[snake(name)] = null;
  }
  if (item['dynamic'] === true) row['dynamic'] = true;
  const extra = item['extra'];
  if (!chosen && typeof extra === 'object' && extra !== null && Object.keys(extra).length > 0) row['extra'] = shortened(extra, longest);
  return row;
}

/** Says nothing: a flag that is off, an empty text or list. */
const isIdle = (value: unknown): boolean => value === false || value === '' || (Array.isArray(value) && value.length === 0);

/** The value with its texts cleaned once more and cut; a cut text ends in an ellipsis. */
export function shortened(value: unknown, longest: number): unknown {
  if (typeof value === 'string') {
    const text = cleanText(value);
    return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  }
  if (Array.isArray(value)) return value.map((member) => shortened(member, longest));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [shortened(name, 64), shortened(member, longest)]));
  }
  return value;
}
