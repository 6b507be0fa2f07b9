import { type Capability, type Field, type Fields, type ItemView, iso, kebab, type RunResult } from '../../lib/index.ts';
import { catalog } from '../catalog-things.ts';
import type { Run } from '../command.ts';
import type { Io } from '../io.ts';
import { columnsFor, fieldText } from '../item-text.ts';
import { openProgress } from '../progress.ts';
import { sheet, table } from '../text-table.ts';
import { listed, needed, pairs, WHICH } from '../values.ts';

export const get: Run = async ({ args, flags, io, operator, signal }) => {
  const capability = args[0] ?? '';
  const device = needed('device', flags.text('device'), WHICH);
  const where = pairs(flags.texts('where'), 'condition');
  const fields = listed(flags.texts('fields'));
  const limit = flags.whole('limit', { min: 1, max: 1_000 });
  const cursor = flags.text('cursor');
  const id = flags.text('id');
  const { fleet } = await operator();
  const result = await fleet.read(
    {
      device,
      capability,
      ...(Object.keys(where).length > 0 ? { where } : {}),
      ...(fields.length > 0 ? { fields } : {}),
      ...(limit === undefined ? {} : { limit }),
      ...(cursor === undefined ? {} : { cursor }),
      ...(id === undefined ? {} : { id }),
    },
    { signal },
  );
  const { items, total, nextCursor, missing } = result;
  if (result.transport === 'ssh') io.note(`Served over SSH: REST of ${result.device.name} does not answer.`);
  return {
    data: {
      device: result.device,
      capability: result.capability,
      ...(missing === undefined ? {} : { missing }),
      items,
      total,
      nextCursor: nextCursor ?? null,
      transport: result.transport,
      readAt: iso(result.readAt),
    },
    text: () => missing ?? drawn(io, catalog().readable(result.capability), items, fields),
    note: () => {
      if (missing !== undefined) return '';
      if (nextCursor !== undefined) return `${items.length} of ${total}; the rest: --cursor ${nextCursor}`;
      return items.length === 0 ? 'No rows.' : '';
    },
  };
};

const dynamic = (item: ItemView): string => (item['dynamic'] === true ? 'D' : '');

/** One item without an id is a sheet, everything else a table. */
function drawn(io: Io, capability: Capability, items: readonly ItemView[], chosen: readonly string[]): string {
  if (Object.keys(capability.fields).length === 0) return asWritten(io, items);
  const field = (name: string): Field | undefined => capability.fields[name];
  const single = items.length === 1 && items[0]?.['id'] === undefined ? items[0] : undefined;
  if (single) {
    const names = Object.keys(capability.fields).filter((name) => single[name] !== undefined);
    return sheet(
      io,
      names.map((name): readonly [string, string] => [kebab(name), fieldText(field(name), single[name])]),
    );
  }
  const names = columnsFor(capability, chosen);
  const numbers = new Set(names.filter((name) => ['counter', 'integer'].includes(field(name)?.kind.shape.name ?? '')));
  return table(
    io,
    [
      { head: 'id', value: (item) => fieldText(undefined, item['id']) },
      // What the router made itself can be read and never planned. With --plain the columns must not depend on the rows.
      ...(!io.plain && items.some((item) => item['dynamic'] === true) ? [{ head: '', value: dynamic }] : []),
      ...names.map((name) => ({
        head: kebab(name),
        value: (item: ItemView) => fieldText(field(name), item[name]),
        ...(numbers.has(name) ? ({ right: true } as const) : {}),
      })),
    ],
    items,
  );
}

/** A menu that nobody described: every field under the name the router gives it. */
function asWritten(io: Io, items: readonly ItemView[]): string {
  const rows = items.map(({ extra, id }) => ({ ...(id === undefined ? {} : { id }), ...(isItem(extra) ? extra : {}) }));
  const [only] = rows;
  if (only && rows.length === 1 && !('id' in only)) {
    return sheet(
      io,
      Object.entries(only).map(([name, value]) => [name, fieldText(undefined, value)] as const),
    );
  }
  return plainTable(io, rows);
}

const isItem = (value: unknown): value is ItemView => typeof value === 'object' && value !== null;

const plainTable = (io: Io, rows: readonly ItemView[], fields: Fields = {}): string =>
  table(
    io,
    [...new Set(rows.flatMap((row) => Object.keys(row)))].map((name) => ({
      head: kebab(name),
      value: (row: ItemView) => fieldText(fields[name], row[name]),
    })),
    rows,
  );

export const run: Run = async ({ args, flags, io, operator, signal }) => {
  const [action = '', ...values] = args;
  const device = needed('device', flags.text('device'), WHICH);
  const given = pairs(values, 'value');
  const { fleet } = await operator();
  const progress = openProgress(io, `${action} on ${device}`);
  const request = { device, action, ...(Object.keys(given).length > 0 ? { args: given } : {}) };
  const result = await fleet.run(request, { signal, progress: progress.step }).finally(progress.end);
  const { items, summary } = result;
  return {
    data: { device, action, items, ...(summary && { summary }) },
    text: () => ran(io, action, result),
    note: () => (items.length === 0 && !summary ? 'Done.' : ''),
  };
};

/** The rows, and what they come to. With --plain only one of them: a script must know what it reads. */
function ran(io: Io, action: string, { items, summary }: RunResult): string {
  const rows = items.length > 0 ? [plainTable(io, items, catalog().action(action).answer)] : [];
  const comes = summary
    ? [
        sheet(
          io,
          Object.entries(summary).map(([name, value]) => [kebab(name), value === null ? '-' : fieldText(undefined, value)] as const),
        ),
      ]
    : [];
  return [...rows, ...comes].slice(0, io.plain ? 1 : 2).join('\n\n');
}
