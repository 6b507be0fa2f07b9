import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Registry } from '../src/mcp/registry.ts';

/** The tools of the reference system, and where each is here. */
const parity = z.object({
  source: z.string(),
  categories: z.array(
    z.object({
      category: z.string(),
      counted: z.number().int().optional(),
      topics: z.array(z.string()),
      tools: z.array(
        z.strictObject({
          name: z.string(),
          promised: z.literal(true).optional(),
          by: z.string().optional(),
          notBuilt: z.string().optional(),
        }),
      ),
    }),
  ),
});

export type ReferenceTool = z.infer<typeof parity>['categories'][number]['tools'][number];

export const referenceTools = (): z.infer<typeof parity> =>
  parity.parse(JSON.parse(readFileSync(new URL('../fixtures/reference-tools.json', import.meta.url), 'utf8')));

/** Ours for one of theirs: the tool, or why there is none. Undefined where nobody said. */
export function oursFor({ find }: Pick<Registry, 'find'>, { name, by, notBuilt }: ReferenceTool): string | undefined {
  const tool = find(by ?? name);
  if (!tool) return notBuilt;
  return tool.name === name ? `\`${name}\`` : by === undefined ? `\`${name}\`, another name of \`${tool.name}\`` : `\`${by}\``;
}

const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

/** The page that shows, category by category, what they have and what we have. */
export function parityPage(registry: Registry, note: string): string {
  const { categories } = referenceTools();
  const counts = categories.map(({ category, counted, topics, tools }) => {
    const built = tools.filter(({ promised }) => !promised).length;
    const ours = registry.tools.filter(({ meta }) => topics.includes(meta.topic)).length;
    return row(category, counted ?? '-', built, tools.length - built, topics.length > 0 ? ours : '-');
  });
  const lines = categories.flatMap(({ category, tools }) =>
    tools.map((tool) => row(category, `\`${tool.name}\``, tool.promised ? 'promised' : 'built', oursFor(registry, tool) ?? 'MISSING')),
  );
  return [
    '# Parity',
    note,
    'Tools of the reference system and ours. "Counted" is what its architecture page counts as tools that read, "built" what its code ' +
      'registers, "promised" what only its documents name; "listed" is what this server lists in that category. Everything else of the ' +
      'catalog is reached by `search_capabilities`, `read_capability` and `plan_change`.',
    [row('Category', 'Counted', 'Built', 'Promised', 'Listed here'), '|---|---|---|---|---|', ...counts].join('\n'),
    [row('Category', 'Theirs', 'State', 'Ours'), '|---|---|---|---|', ...lines].join('\n'),
    '',
  ].join('\n\n');
}
