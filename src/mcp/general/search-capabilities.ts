import {
  type Action,
  type Capability,
  type Catalog,
  type Field,
  isWritable,
  kebab,
  type Recipe,
  snake,
  type View,
} from '../../lib/index.ts';
import { DEFAULT_TOKENS, fitting, HARD_TOKENS } from '../budget.ts';
import { cursorParam, readCursor, writeCursor } from '../cursor.ts';
import { verbsOf } from '../derive/intent.ts';
import { limitParam } from '../derive/read.ts';
import { outputSchemaOf, textParam } from '../schema.ts';
import { tableText } from '../table.ts';
import { defineTool, LOOKS_INSIDE, type Tool } from '../tool.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** What can be read and planned, found by words; one capability with its fields. */
export function searchCapabilities(catalog: Catalog, recipes: readonly Recipe[], views: readonly View[]): Tool {
  const entries = [
    ...catalog.capabilities.map(capabilityEntry),
    ...catalog.actions.map(actionEntry),
    ...recipes.map(recipeEntry),
    ...views.map(viewEntry),
  ];
  return defineTool({
    name: 'search_capabilities',
    title: 'What can be read and planned',
    description:
      'Finds capabilities (RouterOS menus) by words, or lists the fields of one.\n' +
      'Use when no other tool fits, before read_capability or plan_change, or to learn field names and values.',
    params: {
      query: textParam({ about: 'Words: menu, topic, title or field names. Left out: all.', example: '"dns servers"', max: 200 }),
      capability: textParam({ about: 'An id: lists its fields.', example: '"ip-address"', max: 64 }),
      limit: limitParam,
      cursor: cursorParam,
    },
    output: outputSchemaOf({
      total: { type: 'integer' },
      returned: { type: 'integer' },
      next_cursor: { type: 'string' },
      capability: { type: 'object' },
      capabilities: { type: 'array', items: { type: 'object' } },
      fields: { type: 'array', items: { type: 'object' } },
    }),
    annotations: LOOKS_INSIDE,
    tier: 'fundamental',
    topic: 'catalog',
    handler: async ({ query, capability, limit, cursor }) => {
      if (capability !== undefined) {
        const { shown, about, fields } = declared(capability, catalog, [...recipes, ...views]);
        const page = paged(fields, limit, cursor);
        const { rows, ...rest } = page;
        return {
          data: { ...rest, capability: shown, fields: rows },
          text: pageText(`${capability}: ${about} Fields`, page),
          untrusted: false,
        };
      }
      const page = paged(matching(entries, query ?? ''), limit, cursor);
      const { rows, ...rest } = page;
      return { data: { ...rest, capabilities: rows }, text: pageText('Capabilities', page), untrusted: false };
    },
  });
}

/** What one id takes: the fields of a capability, or the arguments of an action, a recipe or a view. */
function declared(id: string, catalog: Catalog, tasks: readonly (Recipe | View)[]) {
  const task = tasks.find((one) => one.id === id);
  const action = catalog.actions.find((one) => one.id === id);
  const inputs = task?.input ?? action?.args;
  const about = task?.about ?? action?.about;
  if (inputs && about !== undefined) {
    const fields = Object.entries(inputs).map(([name, field]) => fieldRow(name, field, true));
    return { shown: { id, about, topic: task?.topic ?? action?.topic }, about, fields };
  }
  const one = catalog.capability(id);
  return { shown: brief(one), about: one.about, fields: fieldRows(one) };
}

/** Something that can be found: what is shown of it, and the words it is found by. */
interface Entry {
  readonly shown: Readonly<Record<string, unknown>>;
  /** What it is called: a word found here counts most. */
  readonly names: string;
  readonly words: string;
}

const entryOf = (shown: Readonly<Record<string, unknown>>, ...words: readonly string[]): Entry => ({
  shown,
  names: [shown['id'], shown['menu']].join(' ').toLowerCase(),
  words: [...Object.values(shown).map(String), ...words].join(' ').toLowerCase(),
});

const capabilityEntry = (one: Capability): Entry => entryOf(brief(one), one.title, ...Object.keys(one.fields).map(kebab));

const actionEntry = ({ id, menu, command, about, topic, tool, title, args }: Action): Entry =>
  entryOf(
    { id, menu: `${menu}/${command}`, about, topic, verbs: ['run'], tools: tool ? [tool] : [] },
    title,
    ...Object.keys(args).map(kebab),
  );

const recipeEntry = ({ id, about, tool, title, input }: Recipe): Entry =>
  entryOf({ id, about, topic: 'plan', verbs: ['plan'], tools: tool ? [tool] : [] }, title, ...Object.keys(input).map(kebab));

const viewEntry = ({ id, about, tool, title, topic, input }: View): Entry =>
  entryOf({ id, about, topic, verbs: ['view'], tools: tool ? [tool] : [] }, title, ...Object.keys(input).map(kebab));

/** The entries that have most of the words, those that are called so first; all of them where none is asked for. */
function matching(entries: readonly Entry[], query: string): Rows {
  const wanted = query
    .toLowerCase()
    .split(/[\s/_-]+/)
    .filter((word) => word !== '');
  const found = entries.map(({ shown, names, words }) => ({
    shown,
    hits: wanted.filter((word) => words.includes(word)).length,
    called: wanted.filter((word) => names.includes(word)).length,
  }));
  const best = Math.max(0, ...found.map(({ hits }) => hits));
  return found
    .filter(({ hits }) => wanted.length === 0 || (hits > 0 && hits === best))
    .toSorted((a, b) => b.called - a.called)
    .map(({ shown }) => shown);
}

const brief = (one: Capability): Readonly<Record<string, unknown>> => ({
  id: one.id,
  menu: one.menu,
  about: one.about,
  topic: one.topic,
  verbs: ['read', ...verbsOf(one)],
  tools: Object.values(one.tool ?? {}),
  ...(one.key.length > 0 && { key: one.key.map(snake) }),
});

const fieldRows = (one: Capability): Rows => Object.entries(one.fields).map(([name, field]) => fieldRow(name, field, isWritable(one)));

const fieldRow = (name: string, { kind, traits }: Field, writable: boolean): Readonly<Record<string, unknown>> => ({
  field: snake(name),
  access: traits.secret ? 'secret' : traits.readOnly || !writable ? 'read' : traits.required ? 'required' : 'write',
  takes: kind.allowed,
  about: traits.about,
  ...(traits.from !== undefined && { from: traits.from }),
  ...(traits.until !== undefined && { until: traits.until }),
});

interface RowsPage {
  readonly total: number;
  readonly returned: number;
  readonly next_cursor?: string;
  readonly rows: Rows;
}

function paged(all: Rows, limit: number | undefined, cursor: string | undefined): RowsPage {
  const { skip } = readCursor(cursor);
  const rows = fitting(all.slice(skip, skip + (limit ?? 100)), (limit === undefined ? DEFAULT_TOKENS : HARD_TOKENS) - 200);
  const end = skip + rows.length;
  return { total: all.length, returned: rows.length, ...(end < all.length && { next_cursor: writeCursor({ skip: end }) }), rows };
}

function pageText(title: string, { total, rows, next_cursor }: RowsPage): string {
  const rest = next_cursor === undefined ? '' : ` The rest: cursor=${next_cursor}.`;
  return `${title}: ${rows.length} of ${total}.${rest}${rows.length > 0 ? `\n${tableText(rows)}` : ''}`;
}
