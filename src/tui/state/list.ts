/** A list or a text on the screen: what is selected (by identity, never by place), what is in view, filter and order. Pure. */
export interface ListState {
  readonly selected: string | null;
  /** Where the selection stood when it was last seen: when its row goes, the one that takes its place is selected. */
  readonly index: number;
  /** The first line in view. */
  readonly offset: number;
  readonly filter: string;
  /** Name of the column that orders the rows; null for their own order. */
  readonly sort: string | null;
  readonly descending: boolean;
}

export const NEW_LIST: ListState = Object.freeze({ selected: null, index: 0, offset: 0, filter: '', sort: null, descending: false });

export type Motion = 'up' | 'down' | 'page-up' | 'page-down' | 'top' | 'bottom';

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

const target = (motion: Motion, from: number, last: number, page: number): number =>
  ({ up: from - 1, down: from + 1, 'page-up': from - page, 'page-down': from + page, top: 0, bottom: last })[motion];

/** The list with a selection that exists and is in view. */
export function settle(list: ListState, ids: readonly string[], height: number): ListState {
  if (ids.length === 0) return list.offset === 0 ? list : { ...list, offset: 0 };
  const found = list.selected === null || ids[list.index] === list.selected ? list.index : ids.indexOf(list.selected);
  const index = clamp(found === -1 ? list.index : found, 0, ids.length - 1);
  const selected = ids[index] ?? null;
  const offset = clamp(list.offset, Math.max(0, index - height + 1), Math.min(index, Math.max(0, ids.length - height)));
  if (selected === list.selected && index === list.index && offset === list.offset) return list;
  return { ...list, selected, index, offset };
}

export function moveSelection(list: ListState, motion: Motion, ids: readonly string[], height: number): ListState {
  const from = settle(list, ids, height);
  const index = clamp(target(motion, from.index, ids.length - 1, Math.max(1, height - 1)), 0, Math.max(0, ids.length - 1));
  return settle({ ...from, index, selected: ids[index] ?? null }, ids, height);
}

/** Scrolls a text of `total` lines. */
export function moveView(list: ListState, motion: Motion, total: number, height: number): ListState {
  const last = Math.max(0, total - height);
  const offset = clamp(target(motion, Math.min(list.offset, last), last, Math.max(1, height - 1)), 0, last);
  return offset === list.offset ? list : { ...list, offset };
}

/** Orders by a column; the same column again turns the order round. */
export const sortBy = (list: ListState, column: string): ListState =>
  list.sort === column ? { ...list, descending: !list.descending } : { ...list, sort: column, descending: false };

/** Does a row pass the filter? Words must all occur, in any order; a leading `!` keeps the rows that do not fit. */
export function passes(filter: string, text: string): boolean {
  const inverse = filter.startsWith('!');
  const words = (inverse ? filter.slice(1) : filter).toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const low = text.toLowerCase();
  return words.every((word) => low.includes(word)) !== inverse;
}
