import { requireField } from '../../../capability/accept.ts';
import { absentText, decodeRow, fieldExists, wireName } from '../../../capability/codec.ts';
import type { Capability } from '../../../capability/define.ts';
import type { Field } from '../../../capability/field.ts';
import type { Row } from '../../../client/types.ts';
import { InputError } from '../../../core/errors.ts';
import { defineCheck, saysAt } from '../kind.ts';

const FORM = '<capability> <field>=<value> where <field>=<value>';

/** At least one row is meant, and every row that is meant has the value. */
export const row = defineCheck({
  kind: 'row',
  form: FORM,
  understand: (words, catalog) => {
    const [id = '', wanted = '', ...rest] = words;
    if (!wanted.includes('=')) return undefined;
    const capability = catalog.capability(id);
    const conditions = saysAt(rest, 0, 'where') ? rest.slice(1).filter((word) => word.toLowerCase() !== 'and') : [];
    if (conditions.length === 0 && (rest.length > 0 || capability.shape !== 'singleton')) {
      throw new InputError('Which rows are meant is said by where and a field.', { hint: `Write ${FORM}.` });
    }
    const [name, value] = fieldAndValue(capability, wanted);
    return {
      args: { capability: id, field: name, value },
      where: Object.fromEntries(conditions.map((one) => fieldAndValue(capability, one))),
    };
  },
  look: async ({ link, version }, { args, where }, catalog) => {
    const capability = catalog.capability(args['capability'] ?? '');
    const names = [args['field'] ?? '', ...Object.keys(where)];
    const wires = new Map(names.map((name) => [name, wireOf(capability, name, version)]));
    const known = [...wires.values()].filter((name) => name !== undefined);
    if (known.length < wires.size) return undefined;
    const rows = await link.read({ verb: 'read', menu: capability.menu, fields: known, ...narrowed(capability, where, wires) });
    const says = (one: Row): Row => textsOf(capability, one, names, version);
    const meant = rows.map(says).filter((one) => Object.entries(where).every(([name, value]) => one[name] === value));
    if (meant.length === 0) return { holds: false, seen: 'no such row' };
    const right = meant.filter((one) => one[args['field'] ?? ''] === args['value']).length;
    return { holds: right === meant.length, seen: `${right} of ${meant.length} rows` };
  },
});

/** Of a long table the router picks the rows: switches, which it spells in two ways, are looked at here. */
function narrowed(capability: Capability, where: Row, wires: ReadonlyMap<string, string | undefined>): { readonly where?: Row } {
  if (!capability.large) return {};
  const plain = Object.entries(where).filter(([name]) => capability.fields[name]?.kind.shape.name !== 'flag');
  return { where: Object.fromEntries(plain.map(([name, value]) => [wires.get(name) ?? name, value])) };
}

function wireOf(capability: Capability, name: string, version: string): string | undefined {
  const field = capability.fields[name];
  return field && fieldExists(field, version) ? wireName(name, field, version) : undefined;
}

/** What a row says in the fields, in the one spelling of each; what it leaves out is what RouterOS means by that. */
function textsOf(capability: Capability, row: Row, names: readonly string[], version: string): Row {
  const { item, extra } = decodeRow(capability, row, version);
  const text = (name: string): string => {
    const field = capability.fields[name];
    if (!field) return '';
    const value = item[name];
    return value === undefined ? (extra[wireName(name, field, version)] ?? absentText(field) ?? '') : field.kind.encode(value);
  };
  return Object.fromEntries(names.map((name) => [name, text(name)]));
}

function fieldAndValue(capability: Capability, word: string): readonly [string, string] {
  const at = word.indexOf('=');
  const { name, field } = requireField(capability, word.slice(0, Math.max(0, at)));
  if (field.traits.secret) throw new InputError('A secret cannot be checked: it is never read.', { hint: 'Check another field.' });
  return [name, canonicalValue(field, word.slice(at + 1))];
}

function canonicalValue(field: Field, text: string): string {
  if (text === '') return '';
  const value = field.kind.decode(text);
  if (value !== undefined) return field.kind.encode(value);
  throw new InputError(`The value of a field in this check must be ${field.kind.allowed}.`, { hint: `For example ${field.kind.example}.` });
}
