import { type Capability, columnsOf, type ItemView, kebab } from '../../lib/index.ts';
import { alignsRight, cellText, NONE, valueText } from '../parts/format.ts';
import { line, type Span, span } from '../parts/line.ts';
import { type ListState, passes } from '../state/list.ts';
import { widthOf } from '../terminal/width.ts';
import type { Column, Measured, Scene, TableBody } from './view.ts';

/** Wider cells are cut: `d` shows all of a row. */
const WIDEST_CELL = 32;
const GAP = 2;
/** Cells in front of the first column, for the pointer. */
export const LEAD = 2;

interface Items {
  readonly capability: Capability;
  readonly items: readonly ItemView[];
  readonly list: ListState;
  readonly scene: Scene;
}

const PLACE = '#';
const COMMENT = 'comment';
const LEAST_COMMENT = 14;
/** Narrower than this a title or a cell says nothing. */
const LEAST_TITLE = 5;
const LEAST_CELL = 9;

/** A row's identity: RouterOS's own, else its place. */
export const rowId = (item: ItemView, index: number): string => (typeof item['id'] === 'string' ? item['id'] : `#${index}`);

/** The rows of a menu as a table; its columns are those the capability declares. */
export function itemsTable({ capability, items, list, scene }: Items): TableBody {
  const fields = columnsOf(capability);
  // In a menu whose order means something the place of a row is worth a column of its own.
  const names = capability.shape === 'ordered' ? [PLACE, ...fields] : fields;
  const { rows, cells, contents } = scene.memory.measured([capability, items], () => measure(capability, names, items));
  const fitted = fitWidths(scene.memory.widths(capability.id, contents), names.map(kebab), scene.columns - LEAD);
  const shown = fitted.map((_width, index) => index).filter((index) => (fitted[index] ?? 0) > 0);
  const columns = shown.map((index): Column => {
    const name = names[index] ?? '';
    return {
      name: kebab(name),
      title: kebab(name),
      width: fitted[index] ?? 0,
      ...(name === PLACE || alignsRight(capability.fields[name]) ? { align: 'right' } : {}),
    };
  });
  return {
    kind: 'table',
    columns,
    ids: orderedIds(capability, rows, list),
    sortable: fields.map(kebab),
    cells: (id) => {
      const texts = cells.get(id) ?? [];
      return shown.map((index) => cellSpan(texts[index] ?? NONE));
    },
    hidden: names.length - shown.length,
    // What is switched off stays readable and steps back.
    fadedRow: (id) => rows.get(id)?.['disabled'] === true,
    empty: [line(list.filter === '' ? 'None.' : `No row matches /${list.filter}. Esc shows all.`, 'dim')],
  };
}

/** The texts of all rows and the widths they would like, made once per answer of the router. */
function measure(capability: Capability, names: readonly string[], items: readonly ItemView[]): Measured {
  const rows = new Map(items.map((item, index) => [rowId(item, index), item]));
  const text = (item: ItemView, name: string, index: number): string =>
    name === PLACE ? String(index) : cellText(item[name], capability.fields[name]);
  const cells = new Map(items.map((item, index) => [rowId(item, index), names.map((name) => text(item, name, index))]));
  const all = [...cells.values()];
  const contents = names.map((_name, column) =>
    Math.min(
      WIDEST_CELL,
      all.reduce((most, row) => Math.max(most, row[column] === NONE ? 0 : widthOf(row[column] ?? '')), 0),
    ),
  );
  return { rows, cells, contents };
}

const cellSpan = (text: string): Span => (text === NONE ? span(text, 'dim') : span(text));

function orderedIds(capability: Capability, rows: ReadonlyMap<string, ItemView>, list: ListState): readonly string[] {
  const matching = [...rows].filter(
    ([id, item]) => list.filter === '' || passes(list.filter, `${id} ${Object.values(item).map(valueText).join(' ')}`),
  );
  const name = columnsOf(capability).find((field) => kebab(field) === list.sort);
  if (name === undefined) return matching.map(([id]) => id);
  const turn = list.descending ? -1 : 1;
  return matching.sort(([, a], [, b]) => turn * compare(a[name], b[name])).map(([id]) => id);
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return valueText(a).localeCompare(valueText(b), 'en', { numeric: true });
}

/**
 * Widths that fit the room; 0 leaves a column out. `contents` are the widest cells, 0 where nothing stands anywhere.
 * In this order room is made: empty columns go, titles that are wider than what stands below them are cut, the widest cells are cut,
 * the last columns go. The note that a person left on a row goes last.
 */
export function fitWidths(contents: readonly number[], titles: readonly string[], room: number): readonly number[] {
  const whole = titles.map((title, index) => Math.max(title.length, contents[index] ?? 0));
  if (total(whole) <= room) return whole;
  const floors: readonly (readonly number[])[] = [
    contents.map((content) => (content === 0 ? 0 : Math.max(content, LEAST_TITLE))),
    contents.map((content, index) =>
      content === 0 ? 0 : Math.min(Math.max(content, LEAST_TITLE), titles[index] === COMMENT ? LEAST_COMMENT : LEAST_CELL),
    ),
  ];
  const wanted = whole.map((width, index) => (contents[index] === 0 ? 0 : width));
  let widths: readonly number[] = wanted;
  for (const floor of floors) widths = narrowed(widths, floor, room);
  while (total(widths) > room) {
    const last = widths.findLastIndex((width, index) => width > 0 && titles[index] !== COMMENT);
    if (last <= 0) break;
    widths = widths.with(last, 0);
  }
  return regrown(widths, wanted, room - total(widths));
}

const total = (widths: readonly number[]): number => widths.reduce((sum, width) => (width === 0 ? sum : sum + width + GAP), -GAP);

/** Takes from the widest column that is above its floor until all fit. */
function narrowed(widths: readonly number[], floor: readonly number[], room: number): readonly number[] {
  const now = [...widths];
  for (let over = total(now) - room; over > 0; over = total(now) - room) {
    const widest = now.reduce(
      (best, width, index) => (width > (floor[index] ?? 0) && (best === -1 || width > (now[best] ?? 0)) ? index : best),
      -1,
    );
    if (widest === -1) break;
    now[widest] = Math.max(floor[widest] ?? 0, (now[widest] ?? 0) - Math.max(1, Math.ceil(over / 4)));
  }
  return now;
}

/** Room that is left goes back to those that gave it: first to those that lack least. */
function regrown(widths: readonly number[], wanted: readonly number[], room: number): readonly number[] {
  const lacks = widths.map((width, index) => (width === 0 ? 0 : (wanted[index] ?? 0) - width));
  const grown = [...widths];
  let left = room;
  for (const index of lacks.map((_lack, at) => at).sort((a, b) => (lacks[a] ?? 0) - (lacks[b] ?? 0))) {
    const more = Math.max(0, Math.min(left, lacks[index] ?? 0));
    grown[index] = (grown[index] ?? 0) + more;
    left -= more;
  }
  return grown;
}
