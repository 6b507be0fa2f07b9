import { type Catalog, catalogEntries, catalogOf, type Field, type ItemView, iso, kebab } from '../../lib/index.ts';
import type { Run } from '../command.ts';
import type { Io } from '../io.ts';
import { columnsFor, fieldText } from '../item-text.ts';
import { sheet, table } from '../text-table.ts';
import { listed, needed, pairs } from '../values.ts';

const WHICH = 'Say which router: --device NAME. routeros-mcp device list has them all.';

export const get: Run = async ({ args, flags, io, operator, signal }) => {
  const capability = args[0] ?? '';
  const device = needed('device', flags.text('device'), WHICH);
  const where = pairs(flags.texts('where'), 'condition');
  const fields = listed(flags.texts('fields'));
  const limit = flags.whole('limit', { min: 1, max: 1_000 });
  const cursor = flags.text('cursor');
  const { fleet } = await operator();
  const result = await fleet.read(
    {
      device,
      capability,
      ...(Object.keys(where).length > 0 ? { where } : {}),
      ...(fields.length > 0 ? { fields } : {}),
      ...(limit === undefined ? {} : { limit }),
      ...(cursor === undefined ? {} : { cursor }),
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
    text: () => missing ?? drawn(io, catalogOf(catalogEntries), result.capability, items, fields),
    note: () => {
      if (missing !== undefined) return '';
      if (nextCursor !== undefined) return `${items.length} of ${total}; the rest: --cursor ${nextCursor}`;
      return items.length === 0 ? 'No rows.' : '';
    },
  };
};

const dynamic = (item: ItemView): string => (item['dynamic'] === true ? 'D' : '');

/** One item without an id is a sheet, everything else a table. */
function drawn(io: Io, catalog: Catalog, id: string, items: readonly ItemView[], chosen: readonly string[]): string {
  const capability = catalog.capability(id);
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

export const run: Run = async ({ args, flags, io, operator, signal }) => {
  const [action = '', ...values] = args;
  const device = needed('device', flags.text('device'), WHICH);
  const given = pairs(values, 'value');
  const { fleet } = await operator();
  const { items, summary } = await fleet.run({ device, action, ...(Object.keys(given).length > 0 ? { args: given } : {}) }, { signal });
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))];
  return {
    data: { device, action, items, ...(summary && { summary }) },
    text: () =>
      items.length === 0
        ? ''
        : table(
            io,
            names.map((name) => ({ head: kebab(name), value: (item: ItemView) => fieldText(undefined, item[name]) })),
            items,
          ),
    note: () => (items.length === 0 ? 'Done.' : ''),
  };
};
