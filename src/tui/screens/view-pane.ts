import { kebab, type View, views } from '../../lib/index.ts';
import { NONE, valueText } from '../parts/format.ts';
import { EMPTY, type Line, labelled, line, sentence, span } from '../parts/line.ts';
import { type Section, sectionsOf } from '../parts/sections.ts';
import type { ReadState } from '../state/app.ts';
import { toWidth, widthOf } from '../terminal/width.ts';
import { fitWidths, LEAD } from './items.ts';
import type { Scene } from './view.ts';

const PREFIX = 'view:';
const WIDEST = 30;

/** The name of the pane of a view; `given` are its fields as they were typed. */
export const viewPane = (id: string, given = ''): string => `${PREFIX}${given === '' ? id : `${id} ${given}`}`;

/** The view of a pane, and what was given for it; undefined where the pane is none. */
export function viewOfPane(pane: string): { readonly view: View; readonly given: string } | undefined {
  if (!pane.startsWith(PREFIX)) return undefined;
  const [id = '', ...given] = pane.slice(PREFIX.length).split(' ');
  const view = views.find((one) => one.id === id);
  return view && { view, given: given.join(' ') };
}

/** Everything a view tells: values, tables, and what the router does not have. */
export function viewLines(view: View, read: ReadState, scene: Scene): readonly Line[] {
  const [data = {}] = read.items;
  const lacks = Object.entries(read.lacks ?? {});
  return [
    ...sentence(view.about, scene.columns, { tone: 'dim' }),
    ...sectionsOf(data).flatMap((section) => [EMPTY, ...headOf(section), ...linesOf(section, scene)]),
    ...(lacks.length > 0 ? [EMPTY, line(' missing', 'title')] : []),
    ...lacks.flatMap(([part, why]) => sentence(`${kebab(part)}: ${why}`, scene.columns, { indent: 3 })),
  ];
}

const headOf = ({ name }: Section): readonly Line[] => (name === '' ? [] : [line(` ${name.split(' ').map(kebab).join(' ')}`, 'title')]);

/** Not known is -, nothing at all is a word. */
const text = (value: unknown): string => (Array.isArray(value) && value.length === 0 ? 'none' : valueText(value)) || NONE;

function linesOf(section: Section, scene: Scene): readonly Line[] {
  if (section.kind === 'rows') return rowLines(section, scene);
  const label = Math.min(WIDEST, Math.max(8, ...section.values.map(([name]) => kebab(name).length)) + 1);
  return section.values.flatMap(([name, value]) => labelled(kebab(name), text(value), scene.columns, { indent: 3, label }));
}

function rowLines({ names, rows }: Extract<Section, { kind: 'rows' }>, { columns, glyphs }: Scene): readonly Line[] {
  const cells = rows.map((row) => names.map((name) => text(row[name] ?? null)));
  const contents = names.map((_name, at) => Math.min(WIDEST, Math.max(0, ...cells.map((row) => widthOf(row[at] ?? '')))));
  const widths = fitWidths(contents, names.map(kebab), columns - LEAD - 1);
  const row = (texts: readonly string[]): string =>
    texts.flatMap((one, at) => ((widths[at] ?? 0) > 0 ? [toWidth(one, widths[at] ?? 0, glyphs.ellipsis)] : [])).join('  ');
  return [[span('   '), span(row(names.map(kebab)), 'dim')], ...cells.map((one): Line => [span('   '), span(row(one))])];
}
