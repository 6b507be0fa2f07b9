import { parseDuration } from '../durations.ts';
import { numberLiteral } from './literal.ts';
import { ScriptFault } from './machine.ts';
import { array, bool, isNothing, membersOf, NOTHING, num, str, textOf, time, type Value } from './value.ts';

export function truth(value: Value): boolean {
  if (value.type === 'bool') return value.bool;
  if (isNothing(value)) return false;
  if (value.type === 'num') return value.num !== 0n;
  throw new ScriptFault('conditional not boolean');
}

const figures = (value: Value): bigint | undefined => {
  if (value.type === 'num') return value.num;
  if (value.type === 'str') return numberLiteral(value.text);
  return undefined;
};

/** Of the same kind and with the same text; what is missing equals an empty text. */
export function same(a: Value, b: Value): boolean {
  if (isNothing(a) || isNothing(b)) return textOf(a) === '' && textOf(b) === '' && a.type !== 'array' && b.type !== 'array';
  return a.type === b.type && textOf(a) === textOf(b);
}

const WORDS: Readonly<Record<string, string>> = { yes: 'true', no: 'false' };

/** In conditions a field is compared in its own terms, however the other side is spelled. */
function fits(field: Value, wanted: Value): boolean {
  const [a, b] = [textOf(field), textOf(wanted)];
  if (a === b || (field.type === 'bool' && WORDS[b] === a)) return true;
  if (field.type === 'num') return numberLiteral(b) === field.num;
  if (field.type !== 'time') return false;
  const other = wanted.type === 'time' ? wanted.nanos : BigInt(parseDuration(b) ?? -1) * 1000n;
  return other === field.nanos;
}

function order(a: Value, b: Value): number {
  if (a.type === 'time' && b.type === 'time') return a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0;
  const [left, right] = [figures(a), figures(b)];
  if (left !== undefined && right !== undefined) return left < right ? -1 : left > right ? 1 : 0;
  if (a.type !== b.type && !isNothing(a) && !isNothing(b)) throw new ScriptFault(`cannot compare if ${name(a)} is less than ${name(b)}`);
  const [x, y] = [textOf(a), textOf(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

const NAMES: Readonly<Record<string, string>> = {
  num: 'number',
  str: 'string',
  bool: 'boolean',
  time: 'time interval',
  ip: 'ip address',
  id: 'internal number',
};
const name = (value: Value): string => NAMES[value.type] ?? value.type;

/** Regular expressions of POSIX, which those of JavaScript cover but for the classes. */
function matches(text: Value, pattern: Value): boolean {
  const source = textOf(pattern)
    .replaceAll('[[:digit:]]', '[0-9]')
    .replaceAll('[[:alpha:]]', '[A-Za-z]')
    .replaceAll('[[:alnum:]]', '[A-Za-z0-9]')
    .replaceAll('[[:space:]]', '\\s');
  try {
    const regexp = new RegExp(source);
    return membersOf(text).some(({ value }) => regexp.test(textOf(value)));
  } catch {
    throw new ScriptFault('invalid regexp');
  }
}

function arithmetic(operator: string, a: Value, b: Value): Value {
  if (a.type === 'time' && b.type === 'time' && (operator === '+' || operator === '-')) {
    return time(operator === '+' ? a.nanos + b.nanos : a.nanos - b.nanos);
  }
  const [left, right] = [figures(a), figures(b)];
  if (isNothing(a) && isNothing(b)) return NOTHING;
  if (left === undefined || right === undefined) {
    const verb = { '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide', '%': 'divide' }[operator] ?? operator;
    throw new ScriptFault(`cannot ${verb} ${name(a)} ${operator === '+' ? 'to' : operator === '-' ? 'from' : 'by'} ${name(b)}`);
  }
  if ((operator === '/' || operator === '%') && right === 0n) throw new ScriptFault('division by zero');
  const results: Readonly<Record<string, () => bigint>> = {
    '+': () => left + right,
    '-': () => left - right,
    '*': () => left * right,
    '/': () => left / right,
    '%': () => left % right,
    '|': () => left | right,
    '&': () => left & right,
    '^': () => left ^ right,
    '<<': () => left << right,
    '>>': () => left >> right,
  };
  const compute = results[operator];
  if (!compute) throw new ScriptFault(`operator ${operator} is not simulated`);
  return num(compute());
}

/** A list takes part member by member. */
function concat(a: Value, b: Value): Value {
  if (a.type === 'array') return array(a.members.map(({ value }) => str(textOf(value) + textOf(b))));
  if (b.type === 'array') return array(b.members.map(({ value }) => str(textOf(a) + textOf(value))));
  return str(textOf(a) + textOf(b));
}

/** `($list->0)`, `($list->"name")`; what is not there is nothing. */
function pick(list: Value, at: Value): Value {
  if (list.type !== 'array') return NOTHING;
  if (at.type === 'num') return list.members.filter(({ key }) => key === undefined)[Number(at.num)]?.value ?? NOTHING;
  return list.members.find(({ key }) => key === textOf(at))?.value ?? NOTHING;
}

const joined = (a: Value, b: Value): Value => ({
  type: 'array',
  members: [...(a.type === 'array' ? a.members : [{ value: a }]), ...(b.type === 'array' ? b.members : [{ value: b }])],
});

export function binary(operator: string, a: Value, b: Value, asFields: boolean): Value {
  switch (operator) {
    case '=':
      return bool(asFields ? fits(a, b) : same(a, b));
    case '!=':
      return bool(!(asFields ? fits(a, b) : same(a, b)));
    case '<':
      return bool(order(a, b) < 0);
    case '>':
      return bool(order(a, b) > 0);
    case '<=':
      return bool(order(a, b) <= 0);
    case '>=':
      return bool(order(a, b) >= 0);
    case '~':
      return bool(matches(a, b));
    case 'in':
      return bool(membersOf(b).some(({ value }) => same(a, value)));
    case '.':
      return concat(a, b);
    case ',':
      return joined(a, b);
    case '->':
      return pick(a, b);
    default:
      return arithmetic(operator, a, b);
  }
}

export function unary(operator: string, value: Value): Value {
  if (operator === '!') return bool(!truth(value));
  if (operator === '-') return value.type === 'time' ? time(-value.nanos) : arithmetic('-', num(0), value);
  throw new ScriptFault(`operator ${operator} is not simulated`);
}
