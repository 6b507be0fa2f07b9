import { noSuchItem, refuse } from '../../errors.ts';
import { kindOf } from '../../state/tables.ts';
import { argumentOf, type Builtin, hasArgument, needed } from '../machine.ts';
import { array, id, NIL, NOTHING, num, str, textOf, type Value } from '../value.ts';
import { fieldValue, hasField, rowValue, visibleRows } from './fields.ts';
import { printText } from './print-text.ts';
import { idsOf, selected } from './select.ts';

/** The ids of the rows that fit. */
export const find: Builtin = function* (call) {
  return array((yield* selected(call)).map((row) => id(row['.id'] ?? '')));
};

/** One field of one row, or all of them. */
export const get: Builtin = function* (call) {
  const { machine, command } = call;
  const { router } = machine.context();
  const rows = visibleRows(machine, command.menu);
  let row = rows[0];
  if (kindOf(router, command.menu) !== 'singleton') {
    const ids = idsOf(call, yield* needed(call, 'number'));
    if (ids.length !== 1) throw ids.length === 0 ? noSuchItem() : refuse('invalid internal item number');
    row = rows.find((one) => one['.id'] === ids[0]);
  }
  if (!row) throw noSuchItem();
  const wanted = yield* argumentOf(call, 'value-name');
  if (!wanted) return rowValue(router, command.menu, row);
  const name = textOf(wanted);
  const text = row[name];
  if (text === undefined && !hasField(router, command.menu, name, rows)) throw refuse('input does not match any value of value-name');
  if (text === undefined) return NOTHING;
  return hasArgument(command, 'as-string') ? str(text) : fieldValue(router, command.menu, name, text);
};

/** Values for a script, a number, or text for a reader. */
export const print: Builtin = function* (call) {
  const { machine, command } = call;
  const { router } = machine.context();
  for (const flag of ['follow', 'follow-only', 'interval', 'file'])
    if (hasArgument(command, flag)) throw refuse(`failure: print ${flag} is not simulated`);
  const all = yield* selected(call);
  const list = yield* argumentOf(call, 'proplist');
  const wanted = list ? textOf(list).split(',') : undefined;
  const rows = wanted ? all.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => wanted.includes(name)))) : all;
  const single = kindOf(router, command.menu) === 'singleton';
  if (hasArgument(command, 'as-value')) {
    const values = rows.map((row): Value => rowValue(router, command.menu, row));
    return single ? (values[0] ?? NIL) : array(values);
  }
  if (hasArgument(command, 'count-only')) {
    if (!call.wanted) machine.write(`${rows.length}\n`);
    return num(rows.length);
  }
  machine.write(printText({ rows: all, wanted, single, terse: hasArgument(command, 'terse'), ids: hasArgument(command, 'show-ids') }));
  return NIL;
};
