import type { Row } from '../../client/types.ts';
import { addLine, findNew, firstThere, holds, holdsAll, holdsOne, mustBeThere, writeLine } from './expressions.ts';
import { type Rows, variableOf } from './rows.ts';
import { oursOf, type Step } from './subject.ts';

/** One step that may fail without stopping the others. */
export const step = (name: string, number: number, work: string): string =>
  `:do { ${work} } on-error={ :log error "${name}: step ${number}" }`;

/** What a row of the plan's own was called is known late, and never when its answer was lost: then it is found by what was sent. */
export function findAdded(rows: Rows, one: Step): string {
  const { change, index } = one;
  const variable = rows.variable(index);
  return `:if ([:tostr $${variable}] = "") do={ ${findNew(change.menu, rows.contents(one), index)}; :if ($n = 1) do={ :set ${variable} $f } }`;
}

/** The undo of one change's content; undefined where another step does it. Places come afterwards. */
export function undoContent(rows: Rows, one: Step): string | undefined {
  const { change } = one;
  if (change.verb === 'move') return undefined;
  if (change.verb === 'add') return undoAdd(rows, one);
  // A row that the plan itself adds goes as a whole.
  if (change.row.startsWith('#')) return undefined;
  return change.verb === 'set' ? undoSet(rows, one) : undoRemove(rows, one);
}

function undoAdd(rows: Rows, one: Step): string {
  const row = `$${rows.variable(one.index)}`;
  const { menu } = one.change;
  return `:if ([:tostr ${row}] != "") do={ :if (${holdsOne(menu, row, rows.contents(one))}) do={ ${menu}/remove ${row} } }`;
}

/** All at once where all fields are still ours; else those that are. Somebody else's later value stays. */
function undoSet(rows: Rows, { change, undo }: Step): string {
  const { menu } = change;
  const row = rows.name(menu, change.row);
  const ours = oursOf(change);
  const fields = Object.keys(ours);
  const all = undo.flatMap((call) => writeLine(call, row) ?? []).join('; ');
  const whole = `:if (${holdsAll(menu, row, ours)}) do={ ${all} }`;
  if (fields.length === 1) return whole;
  const each = fields.map((wire) => {
    const only = undo.flatMap((call) => writeLine(call.verb === 'set' ? { ...call, values: justThe(call.values, wire) } : call, row) ?? []);
    const lines = only.filter((line) => !/\/unset /.test(line) || line.endsWith(` value-name=${wire}`));
    return `:do { :if (${holds(menu, row, wire, ours[wire] ?? '')}) do={ ${lines.join('; ')} } } on-error={}`;
  });
  return `${whole} else={ ${each.join('; ')} }`;
}

const justThe = (values: Row, wire: string): Row =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name === wire || name === `!${wire}`));

/** Added only where it is absent: not there under its id, and nobody has put it back. */
function undoRemove(rows: Rows, one: Step): string {
  const { change, index } = one;
  const { menu, row, before } = change;
  const variable = variableOf(index);
  const anchors = change.place === undefined ? [] : anchorsOf(rows, menu, row);
  const put = (at?: string): string => `:set ${variable} ${addLine(menu, before ?? {}, at)}`;
  const add =
    anchors.length === 0
      ? put()
      : `:local p ""; ${firstThere(menu, anchors)}; :if ([:tostr $p] = "") do={ ${put()} } else={ ${put('$p')} }`;
  return [
    ':local gone 1',
    `:do { ${mustBeThere(menu, row)}; :set gone 0 } on-error={}`,
    `:if ($gone = 1) do={ ${findNew(menu, [before ?? {}], index)}; :if ($n > 0) do={ :set ${variable} $f } else={ ${add} } }`,
  ].join('; ');
}

/** The rows it stood before, nearest first: the next one is taken where one is gone. */
function anchorsOf(rows: Rows, menu: string, id: string): readonly string[] {
  const found: string[] = [];
  for (let at = rows.successor(menu, id); at !== null && found.length < 4; at = rows.successor(menu, at)) found.push(rows.name(menu, at));
  return found;
}
