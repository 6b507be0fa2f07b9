import { requireTest, requireWrite } from '../../accounts.ts';
import { lookUp } from '../../commands/ping.ts';
import { redo, undo } from '../../undo.ts';
import { literal, numberLiteral, timeLiteral, typedLiteral } from '../literal.ts';
import { argumentOf, type Builtin, instant, needed, placed } from '../machine.ts';
import { same } from '../operators.ts';
import { array, bool, id, isNothing, NIL, NOTHING, num, str, textOf, time, type Value } from '../value.ts';

/** A command of one value. */
const of = (work: (value: Value) => Value): Builtin =>
  function* (call) {
    return work(yield* needed(call, 'value'));
  };

function length(value: Value): Value {
  if (value.type === 'array') return num(value.members.length);
  return num(Buffer.byteLength(textOf(value), 'utf8'));
}

function toNumber(value: Value): Value {
  if (value.type === 'bool') return num(value.bool ? 1 : 0);
  if (value.type === 'time') return num(value.nanos / 1_000_000_000n);
  const found = numberLiteral(textOf(value).trim());
  return found === undefined ? NIL : num(found);
}

function toBool(value: Value): Value {
  if (value.type === 'bool') return value;
  if (value.type === 'num') return bool(value.num !== 0n);
  const word = typedLiteral(textOf(value));
  return word?.type === 'bool' ? word : NIL;
}

const typed =
  (...types: readonly string[]) =>
  (value: Value): Value => {
    const found = typedLiteral(textOf(value));
    return found && types.includes(found.type) ? found : NIL;
  };

const toTime = (value: Value): Value => {
  if (value.type === 'time') return value;
  if (value.type === 'num') return time(value.num * 1_000_000_000n);
  const nanos = timeLiteral(textOf(value));
  return nanos === undefined ? NIL : time(nanos);
};

const toArray: Builtin = function* (call) {
  const value = yield* needed(call, 'value');
  if (value.type === 'array') return value;
  const delimiter = yield* argumentOf(call, 'delimiter');
  const text = textOf(value);
  if (text === '') return array([]);
  return array(text.split(delimiter ? textOf(delimiter) : ',').map((part) => (value.type === 'str' ? literal(part) : value)));
};

const wholeNumber = (value: Value | undefined): number | undefined => (value?.type === 'num' ? Number(value.num) : undefined);

/** `:pick "abcd" 1 3` is `bc`; one number picks one member or letter. */
const pick: Builtin = function* (call) {
  const value = yield* needed(call, 'counter');
  const begin = wholeNumber(yield* needed(call, 'begin'));
  if (begin === undefined) throw placed(call.command, 'invalid value for argument begin');
  const end = wholeNumber(yield* argumentOf(call, 'end'));
  if (value.type === 'array') {
    return end === undefined ? (value.members[begin]?.value ?? NOTHING) : { type: 'array', members: value.members.slice(begin, end) };
  }
  const bytes = Buffer.from(textOf(value), 'utf8');
  return str(bytes.subarray(Math.max(0, begin), end ?? begin + 1).toString('utf8'));
};

const find: Builtin = function* (call) {
  const value = yield* needed(call, 'in');
  const key = yield* needed(call, 'key');
  const from = wholeNumber(yield* argumentOf(call, 'from')) ?? -1;
  const at =
    value.type === 'array'
      ? value.members.findIndex(({ value: member }, index) => index > from && same(member, key))
      : textOf(value).indexOf(textOf(key), from + 1);
  return at < 0 ? NIL : num(at);
};

/** A name nobody has ends a script, unless it minds. */
const resolve: Builtin = function* (call) {
  const name = textOf(yield* needed(call, 'domain-name'));
  const { router, account } = call.machine.context();
  requireTest(account);
  return typedLiteral(lookUp(router, name)) ?? str(lookUp(router, name));
};

const history = (work: typeof undo): Builtin =>
  instant(({ machine }) => {
    const { router, account, now } = machine.context();
    requireWrite(account, '/system/history');
    work(router, now);
    return NIL;
  });

/** Commands the real console has and this one does not imitate. */
const refused: Builtin = instant(({ command }) => {
  throw placed(command, `failure: :${command.name} is not simulated`);
});

export const DATA: Readonly<Record<string, Builtin>> = Object.freeze({
  len: of(length),
  typeof: of((value) => str(value.type)),
  tostr: of((value) => (isNothing(value) ? NOTHING : str(textOf(value)))),
  tonum: of(toNumber),
  tobool: of(toBool),
  toip: of(typed('ip')),
  toid: of((value) => (/^\*[0-9A-Fa-f]+$/.test(textOf(value)) ? id(textOf(value).toUpperCase()) : NIL)),
  totime: of(toTime),
  toarray: toArray,
  pick,
  find,
  resolve,
  undo: history(undo),
  redo: history(redo),
  timestamp: instant(({ machine }) => time(BigInt(Math.round(machine.context().now * 1_000_000)))),
  ...Object.fromEntries(
    'environment beep convert grep retry rndnum rndstr range jobname lock tonsec toip6 tocrlf tolf password quit'
      .split(' ')
      .map((name) => [name, refused]),
  ),
});
