import { rowsOf } from '../../state/tables.ts';
import { readScript } from '../compile.ts';
import { showBlock } from '../il.ts';
import { type Builtin, hasArgument, needed, placed } from '../machine.ts';
import { NIL, str, textOf, type Value } from '../value.ts';

/** Code shows what was read, or what was wrong with it. */
const printed = (value: Value): string => (value.type === 'code' ? (value.failure ?? showBlock(value.block)) : textOf(value));

const put: Builtin = function* (call) {
  call.machine.write(`${printed(yield* needed(call, 'message'))}\n`);
  return NIL;
};

/** Never an error by itself: what is wrong with the text is what one gets to see. */
const parse: Builtin = function* (call) {
  return readScript(call.machine.context().router, textOf(yield* needed(call, 'value')));
};

/** Goes on in a job of its own, or at once when its words are wanted. */
const execute: Builtin = function* (call) {
  const text = textOf(yield* needed(call, 'script'));
  if (hasArgument(call.command, 'as-string') || hasArgument(call.command, 'file'))
    throw placed(call.command, 'failure: only a script in the background is simulated');
  return { type: 'id', text: call.machine.launch(text) };
};

/** A file on the router, line by line until something is wrong. */
const importFile: Builtin = function* (call) {
  const name = textOf(yield* needed(call, 'file-name'));
  const { router } = call.machine.context();
  const file = rowsOf(router, '/file').find((row) => row['name'] === name || row['name'] === `flash/${name}`);
  if (file?.['contents'] === undefined) throw placed(call.command, 'input does not match any value of file-name', 'file-name');
  yield* call.machine.call(readScript(router, file['contents']), new Map());
  call.machine.write('\nScript file loaded and executed successfully\n');
  return str('');
};

export const SCRIPTS: Readonly<Record<string, Builtin>> = Object.freeze({ put, parse, execute, import: importFile });
