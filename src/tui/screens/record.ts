import { type Capability, type ItemView, isWritable, kebab, oneLine } from '../../lib/index.ts';
import { fieldText, NONE, valueText } from '../parts/format.ts';
import { EMPTY, type Line, sentence, span } from '../parts/line.ts';
import type { Level } from '../state/app.ts';
import { toWidth, wrap } from '../terminal/width.ts';
import type { Scene, ScreenView } from './view.ts';

/** The widest label column; longer names are cut. */
const WIDEST = 30;

interface Entry {
  readonly name: string;
  readonly value: string;
  readonly about: string;
  readonly set: boolean;
}

/** One item of a menu, field by field: what is set, then what is not; what each means where there is room. */
export function singleLines(capability: Capability, item: ItemView, scene: Scene): readonly Line[] {
  const fields = Object.entries(capability.fields);
  const entries = fields
    .filter(([, { traits }]) => !traits.secret)
    .map(([name, field]): Entry => {
      const value = fieldText(item[name], field);
      return { name: kebab(name), value, about: `${field.traits.about}${field.traits.readOnly ? ' Read only.' : ''}`, set: value !== '' };
    });
  const more = Object.entries(extraOf(item)).map(
    ([name, value]): Entry => ({ name, value: valueText(value), about: 'Not in the catalog.', set: true }),
  );
  const set = [...entries.filter((entry) => entry.set), ...more];
  const unset = entries.filter((entry) => !entry.set);
  return [
    ...sentence(`${capability.about}${isWritable(capability) ? '' : ' Read only.'}`, scene.columns, { tone: 'dim' }),
    EMPTY,
    ...entryLines(set, scene),
    ...(unset.length > 0
      ? [EMPTY, ...sentence(`not set: ${unset.map(({ name }) => name).join(', ')}`, scene.columns, { tone: 'dim' })]
      : []),
  ];
}

function extraOf(item: ItemView): Readonly<Record<string, unknown>> {
  const { extra } = item;
  return typeof extra === 'object' && extra !== null ? { ...extra } : {};
}

function entryLines(entries: readonly Entry[], { columns, glyphs }: Scene): readonly Line[] {
  const label = Math.min(WIDEST, Math.max(8, ...entries.map(({ name }) => name.length)));
  const about = columns >= 90 ? Math.min(60, Math.floor(columns * 0.42)) : 0;
  const value = Math.max(12, columns - label - about - 6);
  return entries.flatMap((entry) =>
    wrap(oneLine(entry.value, 4000) || NONE, value).map((part, index): Line => {
      const head = [span(' '), span(toWidth(index === 0 ? entry.name : '', label, glyphs.ellipsis), 'info'), span('  ')];
      return about === 0 || index > 0
        ? [...head, span(part)]
        : [...head, span(toWidth(part, value, glyphs.ellipsis)), span('  '), span(entry.about, 'dim')];
    }),
  );
}

/** One row, router or plan in full: by fields, or as JSON. */
export function recordView(level: Level, scene: Scene): ScreenView {
  const { place } = level;
  if (place.kind !== 'record') return { crumbs: [], note: [], intro: [], faded: false, body: { kind: 'text', lines: [] } };
  const capability = scene.catalog.capabilities.find(({ id }) => id === place.capability);
  const lines = place.raw || !capability ? jsonLines(place.record, scene.columns) : singleLines(capability, { ...place.record }, scene);
  return {
    crumbs: [...place.title.split(' / '), place.raw ? 'raw' : 'details'],
    note: [],
    intro: [],
    faded: false,
    body: { kind: 'text', lines },
  };
}

function jsonLines(record: object, width: number): readonly Line[] {
  return JSON.stringify(record, null, 2)
    .split('\n')
    .flatMap((text): readonly Line[] => {
      const indent = /^ */.exec(text)?.[0] ?? '';
      const parts = wrap(text.trimStart(), Math.max(12, width - indent.length - 1));
      return parts.map((part, index): Line => [span(` ${indent}${index === 0 ? '' : '  '}`), span(part)]);
    });
}
