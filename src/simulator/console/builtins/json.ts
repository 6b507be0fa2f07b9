import { numberLiteral, timeLiteral } from '../literal.ts';
import { argumentOf, type Builtin, needed, placed, ScriptFault } from '../machine.ts';
import { bool, type Member, NOTHING, num, str, textOf, time, type Value } from '../value.ts';

/** Texts that look like numbers become numbers unless one asks for them as they are. */
function toJson(value: Value, keep: boolean): string {
  switch (value.type) {
    case 'num':
      return String(value.num);
    case 'bool':
      return String(value.bool);
    case 'nil':
    case 'nothing':
      return 'null';
    case 'str': {
      const figure = keep ? undefined : numberLiteral(value.text);
      return figure === undefined ? JSON.stringify(value.text) : String(figure);
    }
    case 'array': {
      if (!value.members.some(({ key }) => key !== undefined)) return `[${value.members.map((one) => toJson(one.value, keep)).join(',')}]`;
      const named = value.members.map(({ key, value: member }, at): [string, Value] => [key ?? String(at), member]);
      const sorted = named.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      return `{${sorted.map(([key, member]) => `${JSON.stringify(key)}:${toJson(member, keep)}`).join(',')}}`;
    }
    default:
      return JSON.stringify(textOf(value));
  }
}

function fromJson(json: unknown, keep: boolean): Value {
  if (json === null || json === undefined) return NOTHING;
  if (typeof json === 'boolean') return bool(json);
  if (typeof json === 'number') return Number.isInteger(json) ? num(json) : str(String(json));
  if (typeof json === 'string') {
    const nanos = keep || !/[a-z]$/.test(json) ? undefined : timeLiteral(json);
    return nanos === undefined ? str(json) : time(nanos);
  }
  if (Array.isArray(json)) return { type: 'array', members: json.map((value) => ({ value: fromJson(value, keep) })) };
  return { type: 'array', members: Object.entries(json).map(([key, value]): Member => ({ key, value: fromJson(value, keep) })) };
}

const keeps = (options: Value | undefined): boolean => options !== undefined && textOf(options).includes('json.no-string-conversion');

const serialize: Builtin = function* (call) {
  const value = yield* needed(call, 'value');
  if (textOf(yield* needed(call, 'to')) !== 'json') throw placed(call.command, 'failure: only to=json is simulated');
  return str(toJson(value, keeps(yield* argumentOf(call, 'options'))));
};

const deserialize: Builtin = function* (call) {
  const text = textOf(yield* needed(call, 'value'));
  if (textOf(yield* needed(call, 'from')) !== 'json') throw placed(call.command, 'failure: only from=json is simulated');
  const keep = keeps(yield* argumentOf(call, 'options'));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ScriptFault('failure: invalid JSON');
  }
  return fromJson(json, keep);
};

export const JSON_COMMANDS: Readonly<Record<string, Builtin>> = Object.freeze({ serialize, deserialize });
