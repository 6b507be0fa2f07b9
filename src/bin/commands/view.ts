import { type ItemView, iso, kebab, type ViewResult, views } from '../../lib/index.ts';
import { type Section, sectionsOf } from '../../tui/parts/sections.ts';
import type { Answer, Run } from '../command.ts';
import type { Io } from '../io.ts';
import { fieldText } from '../item-text.ts';
import { sheet, table } from '../text-table.ts';
import { needed, pairs, WHICH } from '../values.ts';

export const view: Run = async ({ args, flags, io, operator, signal }) => {
  const [name, ...words] = args;
  if (name === undefined) return listed(io);
  const device = needed('device', flags.text('device'), WHICH);
  const input = pairs(words, 'value');
  const { fleet } = await operator();
  const result = await fleet.view({ device, view: name, ...(words.length > 0 && { input }) }, { signal });
  if (result.transport === 'ssh') io.note(`Served over SSH: REST of ${result.device.name} does not answer.`);
  return { data: { ...result, readAt: iso(result.readAt) }, text: () => drawn(io, result) };
};

const listed = (io: Io): Answer => ({
  data: {
    views: views.map(({ id, title, about, topic, input }) => ({ view: id, title, about, topic, fields: Object.keys(input).map(kebab) })),
  },
  text: () =>
    table(
      io,
      [
        { head: 'view', value: ({ id }) => id },
        { head: 'about', value: ({ about }) => about },
        { head: 'fields', value: ({ input }) => Object.keys(input).map(kebab).join(',') },
      ],
      views,
    ),
});

/** What is not known is said, too. */
const valueText = (value: unknown): string => {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : fieldText(undefined, value);
  return value === null ? '-' : fieldText(undefined, value);
};

function drawn(io: Io, { data, missing }: ViewResult): string {
  const absent = Object.entries(missing).map(([part, why]) => [kebab(part), why] as const);
  const lacks: Section = { kind: 'values', name: 'missing', values: absent };
  const sections = [...sectionsOf(data), ...(absent.length > 0 ? [lacks] : [])];
  return io.plain ? sections.flatMap(plainLines(io)).join('\n') : sections.map((section) => block(io, section)).join('\n\n');
}

function block(io: Io, section: Section): string {
  const title = section.name === '' ? [] : [io.paint('bold', section.name.split(' ').map(kebab).join(' '))];
  return [...title, section.kind === 'values' ? sheetOf(io, section.values) : rowsOf(io, section)].join('\n');
}

const sheetOf = (io: Io, values: readonly (readonly [string, unknown])[]): string =>
  sheet(
    io,
    values.map(([name, value]) => [kebab(name), valueText(value)] as const),
  );

const rowsOf = (io: Io, { names, rows }: Extract<Section, { kind: 'rows' }>): string =>
  table(
    io,
    names.map((name) => ({ head: kebab(name), value: (row: ItemView) => valueText(row[name] ?? null) })),
    rows,
  );

/** Lines of several parts go into one stream: each says first which one it belongs to. */
const plainLines =
  (io: Io) =>
  (section: Section): readonly string[] => {
    const name = section.name.split(' ').map(kebab).join(' ');
    const text = section.kind === 'values' ? sheetOf(io, section.values) : rowsOf(io, section);
    return text.split('\n').map((line) => `${name}\t${line}`);
  };
