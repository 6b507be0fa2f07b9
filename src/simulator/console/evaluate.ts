import type { Account } from '../accounts.ts';
import type { Context } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { RouterState } from '../state/router.ts';
import { menuSchema } from '../state/tables.ts';
import { BUILTINS } from './builtins/index.ts';
import {
  type Call,
  type Cell,
  inside,
  lookup,
  type Machine,
  missing,
  placed,
  Returned,
  type Scope,
  ScriptFault,
  type Step,
} from './machine.ts';
import { menuCommand } from './menu-commands/index.ts';
import { binary, truth, unary } from './operators.ts';
import type { Argument, Block, Command, Node, Statement } from './syntax.ts';
import { bool, type Member, NIL, NOTHING, str, textOf, type Value } from './value.ts';

const DEEPEST = 100;

export interface MachineParts {
  context(): Context;
  launch(script: string, account: Account): string;
  write(text: string): void;
  readonly globals: Map<string, Cell>;
  readonly width?: number | undefined;
}

/** A console that runs what was read. */
export function machineOf(parts: MachineParts): Machine {
  const machine: Machine = {
    context: parts.context,
    write: parts.write,
    globals: parts.globals,
    width: parts.width,
    depth: { level: 0 },
    as: (account) => machineOf({ ...parts, context: () => ({ ...parts.context(), account }) }),
    launch: (script) => parts.launch(script, parts.context().account),
    value: (node, scope) => evaluate(machine, node, scope),
    run: (block, scope) => runBlock(machine, block, inside(scope), true),
    call: (code, given) => callCode(machine, code, given),
  };
  return machine;
}

/** Commands in a scope that is theirs already; answers what the last one returned. */
export function* runBlock(machine: Machine, block: Block, scope: Scope, wanted: boolean): Step<Value> {
  let last: Value = NIL;
  for (const statement of block.statements) last = yield* step(machine, statement, scope, wanted);
  return last;
}

function* callCode(machine: Machine, code: Value, given: ReadonlyMap<string, Value>): Step<Value> {
  if (code.type !== 'code') throw new ScriptFault('value is not callable');
  if (code.failure !== undefined) throw new ScriptFault(code.failure);
  if (machine.depth.level >= DEEPEST) throw new ScriptFault('maximum call depth reached');
  const scope: Scope = { cells: new Map([...given].map(([name, value]) => [name, { value }])) };
  machine.depth.level += 1;
  try {
    return yield* runBlock(machine, code.block, scope, false);
  } catch (thrown) {
    if (thrown instanceof Returned) return thrown.value;
    throw thrown;
  } finally {
    machine.depth.level -= 1;
  }
}

function* step(machine: Machine, statement: Statement, scope: Scope, wanted: boolean): Step<Value> {
  switch (statement.kind) {
    case 'enter':
      return NIL;
    case 'scope':
      return yield* runBlock(machine, statement.block, inside(scope), wanted);
    case 'unknown':
      throw new ScriptFault(statement.message);
    case 'call': {
      const target = yield* machine.value(statement.target, scope);
      if (target.type !== 'code') {
        if (statement.target.kind === 'variable') throw new ScriptFault(`bad command name $${statement.target.name}`);
        return target;
      }
      return yield* machine.call(target, yield* argumentsOf(machine, statement.arguments, scope));
    }
    case 'command':
      return yield* runCommand({ machine, scope, command: statement, wanted });
  }
}

function* argumentsOf(machine: Machine, given: readonly Argument[], scope: Scope): Step<Map<string, Value>> {
  const values = new Map<string, Value>();
  for (const { name, value } of given) values.set(name, value ? yield* machine.value(value, scope) : bool(true));
  return values;
}

function* runCommand(call: Call): Step<Value> {
  const { command } = call;
  if (command.problem !== undefined) throw new ScriptFault(command.problem);
  try {
    const builtin = command.menu === '/' ? BUILTINS[command.name] : undefined;
    return yield* builtin ? builtin(call) : menuCommand(call);
  } catch (thrown) {
    if (thrown instanceof Refusal) throw inWords(call.machine.context().router, command, thrown);
    throw thrown;
  }
}

const ABOUT_ARGUMENT = [/^input does not match any value of (\S+)$/, /^value of (\S+) /, /^invalid value for argument (\S+)$/];

/** A refusal as the console words it, with the command and the line it comes from. */
function inWords(router: RouterState, command: Command, { detail, status }: Refusal): ScriptFault {
  const words = detail ?? (status === 404 ? 'no such item' : 'failure');
  const lacking = /^missing =(.+)=$/.exec(words)?.[1];
  if (lacking !== undefined) {
    const required = command.name === 'add' ? (menuSchema(router, command.menu)?.required ?? []) : [];
    const names = required.filter((name) => !command.arguments.some((argument) => argument.name === name));
    return missing(names.length > 0 ? names.join(' ') : lacking);
  }
  if (words.startsWith('missing value(s)')) return new ScriptFault(`Script Error: ${words}`);
  if (words.startsWith('std failure: not allowed')) return placed(command, 'not enough permissions (9)');
  const argument = ABOUT_ARGUMENT.map((pattern) => pattern.exec(words)?.[1]).find((found) => found !== undefined);
  return placed(command, words === 'no such item (4)' ? 'no such item' : words, argument);
}

function* evaluate(machine: Machine, node: Node, scope: Scope): Step<Value> {
  switch (node.kind) {
    case 'value':
      return node.value;
    case 'variable':
      return fieldOf(scope, node.name) ?? lookup(scope, node.name)?.value ?? NOTHING;
    case 'closure':
      return { type: 'code', block: node.block };
    case 'code':
      return yield* runBlock(machine, node.block, inside(scope), true);
    case 'text': {
      let text = '';
      for (const part of node.parts) text += typeof part === 'string' ? part : textOf(yield* machine.value(part, scope));
      return str(text);
    }
    case 'array': {
      const members: Member[] = [];
      for (const { key, value } of node.members) {
        members.push({ ...(key === undefined ? {} : { key }), value: yield* machine.value(value, scope) });
      }
      return { type: 'array', members };
    }
    case 'operation':
      return yield* operate(machine, node.operator, node.operands, scope);
  }
}

/** The fields of the row a condition looks at, from wherever inside the condition. */
function fieldOf(scope: Scope, name: string): Value | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const value = at.field?.(name);
    if (value) return value;
  }
  return undefined;
}

function* operate(machine: Machine, operator: string, operands: readonly Node[], scope: Scope): Step<Value> {
  const [first, second] = operands;
  if (!first) return NOTHING;
  const left = yield* machine.value(first, scope);
  if (!second) return unary(operator, left);
  if (operator === 'and') return bool(truth(left) && truth(yield* machine.value(second, scope)));
  if (operator === 'or') return bool(truth(left) || truth(yield* machine.value(second, scope)));
  const right = yield* machine.value(second, scope);
  const asFields = scope.field !== undefined && first.kind === 'variable';
  return binary(operator, left, right, asFields);
}
