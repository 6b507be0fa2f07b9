import type { Account } from '../accounts.ts';
import type { Context } from '../context.ts';
import type { Block, Command, Node } from './syntax.ts';
import type { Value } from './value.ts';

/** Work that may have to wait: it yields milliseconds, and goes on when they have passed. */
export type Step<T> = Generator<number, T, void>;

/** Where a variable lives: global ones share their cell with the router. */
export interface Cell {
  value: Value;
}

export interface Scope {
  readonly cells: Map<string, Cell>;
  readonly parent?: Scope;
  /** In conditions: the row under test. Its fields hide variables of the same name. */
  readonly field?: (name: string) => Value | undefined;
}

export interface Machine {
  /** Who runs it and where, at this moment. */
  context(): Context;
  write(text: string): void;
  value(node: Node, scope: Scope): Step<Value>;
  /** Runs commands in a scope of their own; answers what the last one returned. */
  run(block: Block, scope: Scope): Step<Value>;
  /** Runs code as a function: it sees what it is given, and nothing around it. */
  call(code: Value, given: ReadonlyMap<string, Value>): Step<Value>;
  /** The same console in the name and with the rights of another. */
  as(account: Account): Machine;
  /** Starts a script that goes on by itself; answers the id of its job. */
  launch(script: string): string;
  readonly globals: Map<string, Cell>;
  /** How wide the lines of an export are; undefined for as long as they get. */
  readonly width: number | undefined;
  readonly depth: { level: number };
}

/** One command about to run. */
export interface Call {
  readonly machine: Machine;
  readonly scope: Scope;
  readonly command: Command;
  /** Its result is wanted by brackets around it. */
  readonly wanted: boolean;
}

export type Builtin = (call: Call) => Step<Value>;

/** A command that never waits and has nothing to work out first. */
export const instant = (work: (call: Call) => Value): Builtin =>
  function* (call) {
    yield* [];
    return work(call);
  };

/** A script stops here, unless `on-error` catches it. */
export class ScriptFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ScriptFault';
  }
}

/** `:return` on its way out. */
export class Returned extends Error {
  readonly value: Value;

  constructor(value: Value) {
    super('returned');
    this.value = value;
  }
}

/** `no such item (/ip/address/set; line 3)` */
export const placed = (command: Command, words: string, argument?: string): ScriptFault => {
  const path = command.menu === '/' ? `:${command.name}` : `${command.menu}/${command.name}`;
  return new ScriptFault(`${words} (${path}${argument === undefined ? '' : ` (${argument})`}; line ${command.line})`);
};

export const nodeOf = (command: Command, name: string): Node | undefined =>
  command.arguments.find((argument) => argument.name === name)?.value;

export const hasArgument = (command: Command, name: string): boolean => command.arguments.some((argument) => argument.name === name);

export function* argumentOf({ machine, scope, command }: Call, name: string): Step<Value | undefined> {
  const node = nodeOf(command, name);
  return node === undefined ? undefined : yield* machine.value(node, scope);
}

/** The words for arguments that are missing where nobody can be asked for them. */
export const missing = (names: string): ScriptFault => new ScriptFault(`Script Error: missing value(s) of argument(s) ${names}`);

export function* needed(call: Call, name: string): Step<Value> {
  const value = yield* argumentOf(call, name);
  if (value === undefined) throw missing(name);
  return value;
}

export function lookup(scope: Scope | undefined, name: string): Cell | undefined {
  for (let at = scope; at; at = at.parent) {
    const cell = at.cells.get(name);
    if (cell) return cell;
  }
  return undefined;
}

export const inside = (parent: Scope): Scope => ({ cells: new Map(), parent });
