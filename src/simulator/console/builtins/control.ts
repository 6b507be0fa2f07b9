import {
  argumentOf,
  type Builtin,
  type Call,
  hasArgument,
  inside,
  instant,
  missing,
  needed,
  nodeOf,
  placed,
  Returned,
  type Scope,
  ScriptFault,
  type Step,
} from '../machine.ts';
import { truth } from '../operators.ts';
import { membersOf, NIL, num, str, textOf, type Value } from '../value.ts';
import { delayOf } from './times.ts';

/** Runs an argument that holds commands. */
function* body(call: Call, name: string, scope: Scope = call.scope): Step<Value> {
  const node = nodeOf(call.command, name);
  if (!node) return NIL;
  if (node.kind === 'closure') return yield* call.machine.run(node.block, scope);
  return yield* call.machine.call(yield* call.machine.value(node, scope), new Map());
}

function* holds(call: Call, name: string): Step<boolean> {
  const node = nodeOf(call.command, name);
  if (!node) throw missing(name);
  const value = node.kind === 'closure' ? yield* call.machine.run(node.block, call.scope) : yield* call.machine.value(node, call.scope);
  return truth(value);
}

/** More turns than any script of ours needs: one that never ends is an error, not a hang. */
const MOST_TURNS = 100_000;

function* loop(call: Call, goesOn: () => Step<boolean>): Step<void> {
  for (let turn = 0; yield* goesOn(); turn += 1) {
    if (turn >= MOST_TURNS) throw new ScriptFault('action timed out');
    yield* body(call, 'do');
  }
}

const bound = (scope: Scope, values: Readonly<Record<string, Value>>): Scope => {
  const made = inside(scope);
  for (const [name, value] of Object.entries(values)) made.cells.set(name, { value });
  return made;
};

function* forLoop(call: Call): Step<Value> {
  const counter = textOf(yield* needed(call, 'counter'));
  const bounds: bigint[] = [];
  for (const name of ['from', 'to']) {
    const value = yield* needed(call, name);
    if (value.type !== 'num') throw placed(call.command, `invalid value for argument ${name}`);
    bounds.push(value.num);
  }
  const [from = 0n, to = 0n] = bounds;
  const given = yield* argumentOf(call, 'step');
  const step = given?.type === 'num' ? given.num : from <= to ? 1n : -1n;
  if (step === 0n) throw placed(call.command, 'invalid value for argument step');
  for (let at = from; step > 0n ? at <= to : at >= to; at += step) yield* body(call, 'do', bound(call.scope, { [counter]: num(at) }));
  return NIL;
}

function* foreach(call: Call): Step<Value> {
  const [first = '', second] = textOf(yield* needed(call, 'counter')).split(',');
  let number = 0;
  for (const { key, value } of membersOf(yield* needed(call, 'in'))) {
    const at = key === undefined ? num(number) : str(key);
    number += 1;
    yield* body(call, 'do', bound(call.scope, second === undefined ? { [first]: value } : { [first]: at, [second]: value }));
  }
  return NIL;
}

function* doBlock(call: Call): Step<Value> {
  const run = function* (): Step<Value> {
    let last = yield* body(call, 'command');
    for (let turn = 0; hasArgument(call.command, 'while') && (yield* holds(call, 'while')); turn += 1) {
      if (turn >= MOST_TURNS) throw new ScriptFault('action timed out');
      last = yield* body(call, 'command');
    }
    return last;
  };
  if (!hasArgument(call.command, 'on-error')) return yield* run();
  try {
    return yield* run();
  } catch (thrown) {
    if (!(thrown instanceof ScriptFault)) throw thrown;
    return yield* body(call, 'on-error');
  }
}

function* onError(call: Call): Step<Value> {
  const name = textOf(yield* needed(call, 'error'));
  try {
    yield* body(call, 'in');
  } catch (thrown) {
    if (!(thrown instanceof ScriptFault)) throw thrown;
    yield* body(call, 'do', bound(call.scope, { [name]: str(thrown.message) }));
  }
  return NIL;
}

export const CONTROL: Readonly<Record<string, Builtin>> = Object.freeze({
  if: function* (call) {
    return yield* body(call, (yield* holds(call, 'condition')) ? 'do' : 'else');
  },
  while: function* (call) {
    yield* loop(call, () => holds(call, 'condition'));
    return NIL;
  },
  do: doBlock,
  for: forLoop,
  foreach,
  onerror: onError,
  return: function* (call) {
    throw new Returned((yield* argumentOf(call, 'value')) ?? NIL);
  },
  error: function* (call) {
    throw placed(call.command, textOf(yield* needed(call, 'message')));
  },
  delay: function* (call) {
    yield delayOf((yield* argumentOf(call, 'delay-time')) ?? num(1));
    return NIL;
  },
  time: function* (call) {
    const before = call.machine.context().now;
    yield* body(call, 'command');
    return { type: 'time', nanos: BigInt(Math.round((call.machine.context().now - before) * 1_000_000)) };
  },
  nothing: instant(() => NIL),
});
