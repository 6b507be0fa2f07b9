import { newId, rowsOf } from '../../state/tables.ts';
import { argumentOf, type Builtin, type Call, type Cell, lookup, needed, placed, type Step } from '../machine.ts';
import { NIL, NOTHING, textOf, type Value } from '../value.ts';

const ENVIRONMENT = '/system/script/environment';

/** Global variables are rows of a menu as well; one whose row is gone is gone. */
function globalCell({ machine }: Call, name: string, value: Value | undefined): Cell {
  const { router } = machine.context();
  const rows = rowsOf(router, ENVIRONMENT);
  const row = rows.find((one) => one['name'] === name);
  const cell = (row && machine.globals.get(name)) ?? { value: NOTHING };
  if (value) cell.value = value;
  machine.globals.set(name, cell);
  if (row) row['value'] = textOf(cell.value);
  else rows.push({ '.id': newId(router, ENVIRONMENT), name, value: textOf(cell.value) });
  return cell;
}

function* given(call: Call): Step<Value | undefined> {
  return (yield* argumentOf(call, 'do')) ?? (yield* argumentOf(call, 'value'));
}

export const VARIABLES: Readonly<Record<string, Builtin>> = Object.freeze({
  local: function* (call) {
    const name = textOf(yield* needed(call, 'name'));
    call.scope.cells.set(name, { value: (yield* given(call)) ?? NOTHING });
    return NIL;
  },
  /** Makes the name stand for the router's own variable here; a value changes it for everybody. */
  global: function* (call) {
    const name = textOf(yield* needed(call, 'name'));
    call.scope.cells.set(name, globalCell(call, name, yield* given(call)));
    return NIL;
  },
  set: function* (call) {
    const name = textOf(yield* needed(call, 'name'));
    const cell = lookup(call.scope, name);
    if (!cell) throw placed(call.command, `variable ${name} is not declared`);
    cell.value = (yield* given(call)) ?? NOTHING;
    if (call.machine.globals.get(name) === cell) globalCell(call, name, cell.value);
    return NIL;
  },
});
