import { noSuchItem } from '../../errors.ts';
import type { Row } from '../../state/row.ts';
import { findRow } from '../../state/tables.ts';
import type { Call, Scope, Step } from '../machine.ts';
import { truth } from '../operators.ts';
import { membersOf, NOTHING, textOf, type Value } from '../value.ts';
import { fieldValue, hasField, visibleRows } from './fields.ts';

/** The rows for which every condition of the command holds. */
export function* selected(call: Call): Step<Row[]> {
  const { machine, command, scope } = call;
  const { router } = machine.context();
  const rows = visibleRows(machine, command.menu);
  const found: Row[] = [];
  for (const row of rows) {
    const field = (name: string): Value | undefined => {
      const text = row[name];
      if (text !== undefined) return fieldValue(router, command.menu, name, text);
      return hasField(router, command.menu, name, rows) ? NOTHING : undefined;
    };
    const here: Scope = { cells: new Map(), parent: scope, field };
    let holds = true;
    for (const condition of command.where ?? []) holds &&= truth(yield* machine.value(condition, here));
    if (holds) found.push(row);
  }
  return found;
}

/** The ids behind what was given as `numbers`: ids, names, or places in the list counted from 0. */
export function idsOf(call: Call, given: Value): string[] {
  const { machine, command } = call;
  const { router } = machine.context();
  const keys = membersOf(given).flatMap(({ value }) => textOf(value).split(',').filter(Boolean));
  return keys.map((key) => {
    const row = findRow(router, command.menu, key) ?? (/^\d+$/.test(key) ? visibleRows(machine, command.menu)[Number(key)] : undefined);
    if (!row) throw noSuchItem();
    return row['.id'] ?? '';
  });
}
