import { fieldExists, wireName } from '../../src/lib/capability/codec.ts';
import type { Capability } from '../../src/lib/capability/define.ts';
import type { KindShape } from '../../src/lib/capability/field.ts';
import type { ReadCall, Row, WriteCall } from '../../src/lib/client/types.ts';
import { RouterError } from '../../src/lib/core/errors.ts';
import { shownText, storedText } from './stored.ts';

interface Column {
  readonly shape: KindShape;
  readonly readOnly: boolean;
  readonly required: boolean;
  /** What a stored row shows when nobody said anything. */
  readonly fallback: string | undefined;
}

/** One menu as the router keeps it: rows of text, in order, under ids that never come back. */
interface Table {
  readonly shape: Capability['shape'];
  readonly unset: Capability['unset'];
  readonly columns: ReadonlyMap<string, Column>;
  rows: Record<string, string>[];
  next: number;
}

/** A router that keeps what it is told in the way of RouterOS. It knows shapes of values, and none of the kit's code for them. */
export interface MemoryRouter {
  read(call: ReadCall): readonly Row[];
  /** @returns the id of an added row */
  write(call: WriteCall): { readonly id?: string };
  /** All menus with their rows and order, to be compared; ids left out, and `ignore` too. */
  state(ignore?: ReadonlySet<string>): Readonly<Record<string, readonly Row[]>>;
  clone(): MemoryRouter;
  /** Somebody else at work: anything is allowed. */
  meddle(menu: string, work: (rows: readonly Record<string, string>[]) => readonly Record<string, string>[]): void;
  idsOf(menu: string): readonly string[];
}

export type Start = Readonly<Record<string, readonly Row[]>>;

const isDynamic = (row: Row): boolean => row['dynamic'] === 'true';

/** @param start rows by menu, each value in any spelling */
export function openMemoryRouter(capabilities: readonly Capability[], version: string, start: Start): MemoryRouter {
  const tables = new Map(capabilities.map((capability) => [capability.menu, tableOf(capability, version)]));
  for (const [menu, rows] of Object.entries(start)) {
    const table = tables.get(menu);
    for (const row of rows) table?.rows.push(firstRow(table, row));
  }
  return routerOver(tables);
}

function firstRow(table: Table, values: Row): Record<string, string> {
  const row = blankRow(table);
  for (const [name, text] of Object.entries(values)) {
    const column = table.columns.get(name);
    row[name] = column ? (storedText(column.shape, text) ?? (column.shape.name === 'flag' ? 'true' : text)) : text;
  }
  return row;
}

function tableOf({ shape, unset, fields }: Capability, version: string): Table {
  const there = Object.entries(fields).filter(([, field]) => fieldExists(field, version));
  const columns = there.map(([name, { kind, traits }]): [string, Column] => {
    const { fallback = kind.shape.name === 'flag' ? 'no' : undefined } = traits;
    const stored = fallback === undefined ? undefined : (storedText(kind.shape, fallback) ?? fallback);
    const column = { shape: kind.shape, readOnly: traits.readOnly === true, required: traits.required === true, fallback: stored };
    return [wireName(name, { kind, traits }, version), column];
  });
  return { shape, unset, columns: new Map(columns), rows: [], next: 1 };
}

/** A new row shows its switches, on or off, and what has a standing value. */
function blankRow(table: Table): Record<string, string> {
  const id = `*${table.next.toString(16).toUpperCase()}`;
  table.next += 1;
  const shown = [...table.columns].flatMap(([name, { fallback, readOnly }]) =>
    fallback !== undefined && !readOnly ? [[name, fallback]] : [],
  );
  return { ...(table.shape !== 'singleton' && { '.id': id }), ...Object.fromEntries(shown) };
}

function routerOver(tables: ReadonlyMap<string, Table>): MemoryRouter {
  const tableAt = (menu: string): Table => {
    const table = tables.get(menu);
    if (!table) throw new RouterError('no such menu', { code: 'NO_SUCH_MENU' });
    return table;
  };
  return {
    read: ({ menu }) => tableAt(menu).rows.map((row) => shown(tableAt(menu), row)),
    write: (call) => change(tableAt(call.menu), call),
    state: (ignore) => Object.fromEntries([...tables].map(([menu, table]) => [menu, comparable(table, ignore ?? new Set())])),
    clone: () => routerOver(new Map([...tables].map(([menu, table]) => [menu, { ...table, rows: table.rows.map((row) => ({ ...row })) }]))),
    meddle: (menu, work) => {
      const table = tableAt(menu);
      table.rows = work(table.rows).map((row) =>
        row['.id'] === undefined && table.shape !== 'singleton' ? { ...blankRow(table), ...row } : row,
      );
    },
    idsOf: (menu) => tableAt(menu).rows.flatMap((row) => row['.id'] ?? []),
  };
}

function shown(table: Table, row: Row): Row {
  const texts = Object.entries(row).flatMap(([name, stored]): [string, string][] => {
    const column = table.columns.get(name);
    const text = column ? shownText(name, column.shape, stored, column.fallback) : stored;
    return text === undefined ? [] : [[name, text]];
  });
  return Object.freeze(Object.fromEntries(texts));
}

/** Rows in their order where it means something, else sorted; dynamic rows stand apart, since order is that of static rows. */
function comparable(table: Table, ignore: ReadonlySet<string>): readonly Row[] {
  const rows = table.rows.map((row) => {
    const kept = Object.entries(row).filter(([name, text]) => name !== '.id' && text !== '' && !ignore.has(name));
    return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  const text = (row: Row): string => JSON.stringify(row);
  const sorted = (some: readonly Row[]): readonly Row[] => [...some].sort((a, b) => (text(a) < text(b) ? -1 : 1));
  return table.shape === 'ordered' ? [...rows.filter((row) => !isDynamic(row)), ...sorted(rows.filter(isDynamic))] : sorted(rows);
}

const refuse = (words: string): RouterError => new RouterError('refused', { details: { routerText: words } });

function change(table: Table, call: WriteCall): { readonly id?: string } {
  switch (call.verb) {
    case 'add':
      return add(table, call);
    case 'set':
      return set(table, rowFor(table, call.id), call.values);
    case 'unset':
      if (table.unset !== 'command') throw refuse('no such command');
      return set(table, rowFor(table, call.id), { [`!${call.field}`]: '' });
    case 'remove':
      return remove(table, call.id);
    case 'command':
      throw refuse('no such command');
    case 'move':
      return move(table, call.id, call.before);
  }
}

function rowFor(table: Table, id: string | undefined): Record<string, string> {
  const row = table.shape === 'singleton' ? table.rows[0] : table.rows.find((one) => one['.id'] === id);
  if ((table.shape === 'singleton') !== (id === undefined) || !row) throw new RouterError('gone', { code: 'NO_SUCH_ITEM' });
  if (isDynamic(row)) throw refuse('failure: can not change dynamic item');
  return row;
}

function add(table: Table, call: Extract<WriteCall, { verb: 'add' }>): { readonly id: string } {
  if (table.shape !== 'list' && table.shape !== 'ordered') throw refuse('no such command (add)');
  for (const [name, { required }] of table.columns) if (required && !(name in call.values)) throw refuse(`missing =${name}=`);
  const at = call.placeBefore === undefined ? table.rows.length : table.rows.findIndex((row) => row['.id'] === call.placeBefore);
  if (at < 0 || (call.placeBefore !== undefined && table.shape !== 'ordered')) throw refuse('no such item');
  const row = blankRow(table);
  set(table, row, call.values);
  table.rows.splice(at, 0, row);
  return { id: row['.id'] ?? '' };
}

/** All of it or nothing: a refused request changes nothing. */
function set(table: Table, row: Record<string, string>, values: Row): { readonly id?: string } {
  const next = new Map(Object.entries(row));
  for (const [key, text] of Object.entries(values)) {
    const name = key.replace(/^!/, '');
    const column = table.columns.get(name);
    if (!column || column.readOnly) throw refuse(`unknown parameter ${name}`);
    const gone = key !== name;
    const stored = gone ? column.fallback : text === '' && column.fallback !== undefined ? undefined : storedText(column.shape, text);
    if (stored === undefined && !(gone && !column.required)) throw refuse(`invalid value for argument ${name}`);
    if (stored === undefined) next.delete(name);
    else next.set(name, stored);
  }
  for (const name of Object.keys(row)) if (!next.has(name)) delete row[name];
  Object.assign(row, Object.fromEntries(next));
  return {};
}

function remove(table: Table, id: string): { readonly id?: string } {
  if (table.shape === 'fixed') throw refuse('no such command (remove)');
  const row = rowFor(table, id);
  table.rows = table.rows.filter((one) => one !== row);
  return {};
}

function move(table: Table, id: string, before: string | undefined): { readonly id?: string } {
  if (table.shape !== 'ordered') throw refuse('no such command (move)');
  const row = rowFor(table, id);
  if (before !== undefined && !table.rows.some((one) => one['.id'] === before)) throw refuse('no such item');
  if (before === id) return {};
  const rest = table.rows.filter((one) => one !== row);
  const at = before === undefined ? rest.length : rest.findIndex((one) => one['.id'] === before);
  table.rows = [...rest.slice(0, at), row, ...rest.slice(at)];
  return {};
}
