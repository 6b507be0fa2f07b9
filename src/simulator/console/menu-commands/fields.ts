import { seenRows } from '../../print.ts';
import type { RouterState } from '../../state/router.ts';
import type { Row } from '../../state/row.ts';
import { menuSchema } from '../../state/tables.ts';
import { numberLiteral, timeLiteral } from '../literal.ts';
import type { Machine } from '../machine.ts';
import { bool, id, type Member, num, str, time, type Value } from '../value.ts';

/** A field as a script sees it: truths, numbers and times are more than text. */
export function fieldValue(router: RouterState, menu: string, name: string, text: string): Value {
  if (name === '.id' || name === '.nextid') return id(text);
  const kind = menuSchema(router, menu)?.fields.get(name)?.kind;
  if (kind === 'flag') return bool(text === '' || text === 'true');
  if (kind === 'string' || kind === 'enum') return str(text);
  if (text === 'true' || text === 'false') return bool(text === 'true');
  if (kind === 'time') {
    const nanos = timeLiteral(text);
    return nanos === undefined ? str(text) : time(nanos);
  }
  const figure = numberLiteral(text);
  return figure === undefined || text.startsWith('-') ? str(text) : num(figure);
}

export const rowValue = (router: RouterState, menu: string, row: Readonly<Row>): Value => ({
  type: 'array',
  members: Object.entries(row).map(([key, text]): Member => ({ key, value: fieldValue(router, menu, key, text) })),
});

/** Fields the rows of a menu may have. */
export function hasField(router: RouterState, menu: string, name: string, rows: readonly Readonly<Row>[]): boolean {
  return name === '.id' || menuSchema(router, menu)?.fields.has(name) === true || rows.some((row) => Object.hasOwn(row, name));
}

/** The rows of a menu as the account that runs the script sees them now. */
export function visibleRows(machine: Machine, menu: string): Row[] {
  const { router, account, now } = machine.context();
  return seenRows(router, menu, account, now);
}
