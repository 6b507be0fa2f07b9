import { requireWrite } from '../accounts.ts';
import { admit } from '../admission.ts';
import type { Context } from '../context.ts';
import { refuse } from '../errors.ts';
import { moveRows } from '../ordered.ts';
import { afterWrite } from '../side-effects.ts';
import type { Row } from '../state/row.ts';
import { kindOf, rowsOf } from '../state/tables.ts';
import { asText } from '../values.ts';
import { addRow, namedRows, removeRow, setRow, type Values } from '../write.ts';

type Command = (context: Context, body: Values, menu: string) => unknown;

function change(context: Context, menu: string, rows: readonly Row[], values: Values): unknown {
  admit(context, menu, values);
  for (const row of rows) {
    const before = setRow(context.router, menu, row, values, context.now);
    afterWrite(context, { verb: 'set', menu, row, before, body: values });
  }
  return [];
}

const set: Command = (context, body, menu) => {
  const singleton = kindOf(context.router, menu) === 'singleton';
  return change(context, menu, singleton ? rowsOf(context.router, menu) : namedRows(context.router, menu, body), body);
};

const add: Command = (context, body, menu) => {
  admit(context, menu, body, 'add');
  const row = addRow(context.router, menu, body, context.account.name, context.now);
  afterWrite(context, { verb: 'add', menu, row, body });
  return { ret: row['.id'] ?? '' };
};

const remove: Command = (context, body, menu) => {
  requireWrite(context.account, menu);
  for (const row of namedRows(context.router, menu, body)) {
    const next = removeRow(context.router, menu, row);
    const before = { ...row, ...(next === undefined ? {} : { '~next': next }) };
    afterWrite(context, { verb: 'remove', menu, row, before, body: {} });
  }
  return [];
};

const move: Command = (context, body, menu) => {
  requireWrite(context.account, menu);
  const rows = rowsOf(context.router, menu);
  const moving = namedRows(context.router, menu, body);
  const successors = new Map(moving.map((row) => [row, rows[rows.indexOf(row) + 1]?.['.id']]));
  moveRows(context.router, menu, moving, body['destination']);
  for (const row of moving) {
    const next = successors.get(row);
    afterWrite(context, { verb: 'move', menu, row, before: { ...row, ...(next === undefined ? {} : { '~next': next }) }, body });
  }
  return [];
};

const unset: Command = (context, body, menu) => {
  const field = body['value-name'];
  if (field === undefined) throw refuse('missing =value-name=');
  return change(context, menu, namedRows(context.router, menu, body), { [`!${asText(field, 'value-name')}`]: '' });
};

/** What can be said on menus that have the command. */
export const WRITES: Readonly<Record<string, Command>> = Object.freeze({
  set,
  add,
  remove,
  move,
  unset,
  enable: (context, body, menu) => change(context, menu, namedRows(context.router, menu, body), { disabled: 'no' }),
  disable: (context, body, menu) => change(context, menu, namedRows(context.router, menu, body), { disabled: 'yes' }),
  comment: (context, body, menu) =>
    change(context, menu, namedRows(context.router, menu, body), { comment: asText(body['comment'] ?? '', 'comment') }),
  'reset-counters': (context, body, menu) => {
    requireWrite(context.account, menu);
    for (const row of namedRows(context.router, menu, body)) resetCounters(row, context.now);
    return [];
  },
  'reset-counters-all': (context, _body, menu) => {
    requireWrite(context.account, menu);
    for (const row of rowsOf(context.router, menu)) resetCounters(row, context.now);
    return [];
  },
});

const COUNTERS = /^(?:bytes|packets|(?:fp-)?[rt]x-(?:byte|bytes|packet|drop|error)|tx-queue-drop)$/;

/** Counting starts again from here. */
function resetCounters(row: Row, now: number): void {
  for (const name of Object.keys(row)) if (COUNTERS.test(name)) row[name] = '0';
  row['~since'] = String(now);
}
