import { runCommand as runAnywhere, SILENCE } from '../../commands/index.ts';
import { refuse } from '../../errors.ts';
import { kindOf } from '../../state/tables.ts';
import type { Values } from '../../write.ts';
import { type Builtin, type Call, missing, type Step } from '../machine.ts';
import { argumentText, id, NIL, str, textOf, type Value } from '../value.ts';
import { idsOf } from './select.ts';

/** Commands that work on rows given by `numbers`. */
const ON_ROWS = new Set(['set', 'remove', 'move', 'enable', 'disable', 'comment', 'unset', 'reset-counters', 'make-static']);

/** The arguments as REST would bring them. */
function* bodyOf(call: Call): Step<Record<string, unknown>> {
  const { machine, command, scope } = call;
  const body: Record<string, unknown> = {};
  for (const { name, value, negated } of command.arguments) {
    if (negated) body[`!${name}`] = '';
    else body[name] = value ? argumentText(yield* machine.value(value, scope)) : '';
  }
  return body;
}

/** Ids instead of whatever names the rows; a place in the list likewise. */
function* addressed(call: Call, body: Record<string, unknown>): Step<Values> {
  const { machine, command, scope } = call;
  const resolve = function* (name: string): Step<string | undefined> {
    const node = command.arguments.find((argument) => argument.name === name)?.value;
    return node === undefined ? undefined : idsOf(call, yield* machine.value(node, scope)).join(',');
  };
  const onRows = ON_ROWS.has(command.name) && kindOf(machine.context().router, command.menu) !== 'singleton';
  if (onRows) {
    const ids = yield* resolve('numbers');
    if (ids === undefined) throw missing('numbers');
    delete body['numbers'];
    body['.id'] = ids;
  }
  for (const name of ['destination', 'place-before', 'copy-from']) {
    const one = yield* resolve(name);
    if (one !== undefined && body[name] !== '') body[name] = one;
  }
  return body;
}

function answer(reply: unknown, single: boolean): Value {
  if (typeof reply === 'object' && reply !== null && 'ret' in reply) return single ? id(String(reply.ret)) : str(String(reply.ret));
  return NIL;
}

/** Everything the menus can do over REST, with the same checks and consequences. */
export const write: Builtin = function* (call) {
  const { machine, command } = call;
  const body = yield* addressed(call, yield* bodyOf(call));
  const reply = runAnywhere(machine.context(), [...command.menu.split('/').filter(Boolean), command.name], body);
  if (reply === SILENCE) throw refuse('action timed out');
  if (Array.isArray(reply) && reply.length > 0 && !call.wanted) machine.write(shown(reply));
  return answer(reply, command.name === 'add');
};

/** What measurements say, line by line. */
const shown = (rows: readonly unknown[]): string =>
  rows
    .map(
      (row) =>
        `${Object.entries(row as Values)
          .map(([name, value]) => `${name}=${textOf(str(String(value)))}`)
          .join(' ')}\n`,
    )
    .join('');
