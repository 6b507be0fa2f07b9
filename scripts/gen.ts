// Writes what follows from other files: the indexes of the catalog and the recipes, the reference pages, the README's table.
// With --check nothing is written: files that are stale are named, and the exit code is 1.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from '../src/bin/command.ts';
import { EXIT, EXIT_MEANING } from '../src/bin/exit-codes.ts';
import { COMMON, FLAGS, type FlagName } from '../src/bin/flags.ts';
import { flagHead, usageOf } from '../src/bin/help.ts';
import { COMMANDS } from '../src/bin/table.ts';
import { type Action, type Capability, isWritable } from '../src/lib/capability/define.ts';
import { type Field, type Fields, kebab } from '../src/lib/capability/field.ts';
import { catalogOf } from '../src/lib/capability/lookup.ts';
import { columnsOf } from '../src/lib/capability/present.ts';
import { planFileSchema } from '../src/lib/plan/file.ts';
import type { Recipe } from '../src/lib/recipe/define.ts';
import type { View } from '../src/lib/view/define.ts';
import { registryOf } from '../src/mcp/registry.ts';
import { parityPage } from './parity.ts';
import { pictures, readme } from './readme.ts';

const root = path.resolve(import.meta.dirname, '..');
const at = (file: string): string => path.join(root, file);
const CATALOG = 'src/lib/capability/catalog';
const RECIPES = 'src/lib/recipe';
const VIEWS = 'src/lib/view';
const NOTE = '// Written by `npm run gen` from the files of this folder; `npm run gen -- --check` fails when it is stale.';
const PAGE_NOTE = '<!-- Written by `npm run gen`; `npm run gen -- --check` fails when it is stale. -->';

/** One declaration of a folder: its file, and the name under which it is exported. */
interface Declared {
  readonly file: string;
  readonly name: string;
}

/** Every file of a folder declares exactly one thing, by a call that names its kind. */
function declared(folder: string, define: RegExp, not: readonly string[]): readonly Declared[] {
  const files = readdirSync(at(folder)).filter((file) => file.endsWith('.ts') && !not.includes(file));
  return files
    .map((file) => {
      const names = [...readFileSync(at(`${folder}/${file}`), 'utf8').matchAll(define)].map((found) => found[1] ?? '');
      const [name] = names;
      if (name === undefined || names.length > 1)
        throw new Error(`${folder}/${file} must export exactly one declaration; it has ${names.length}`);
      return { file, name };
    })
    .sort((a, b) => (a.file.slice(0, -'.ts'.length) < b.file.slice(0, -'.ts'.length) ? -1 : 1));
}

const catalogFiles = declared(CATALOG, /^export const (\w+) = define(?:Capability|Action)\(/gm, ['index.ts']);
const viewFiles = declared(VIEWS, /^export const (\w+) = defineView\(/gm, ['index.ts', 'define.ts', 'values.ts']);
const recipeFiles = declared(RECIPES, /^export const (\w+) = defineRecipe\(/gm, ['index.ts', 'define.ts', 'checks.ts', 'radio.ts']);

/** What the files declare, loaded one by one: the indexes may be stale. */
async function load<Kind>(folder: string, files: readonly Declared[]): Promise<Readonly<Record<string, Kind>>> {
  const loaded = await Promise.all(
    files.map(async ({ file, name }) => [name, (await import(pathToFileURL(at(`${folder}/${file}`)).href))[name]]),
  );
  return Object.fromEntries(loaded);
}

/** Sorted and formatted as the house wants it: what is generated passes the same check as what is written by hand. */
function tidy(file: string, text: string): string {
  const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome');
  const done = spawnSync(process.execPath, [biome, 'check', '--write', `--stdin-file-path=${file}`], {
    cwd: root,
    input: text,
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`biome refuses the text for ${file}: ${done.stderr}`);
  return done.stdout;
}

const catalogIndex = [NOTE, ...catalogFiles.map(({ file, name }) => `export { ${name} } from './${file}';`), ''].join('\n');

const recipeIndex = [
  NOTE,
  `import type { Recipe } from './define.ts';`,
  ...recipeFiles.map(({ file, name }) => `import { ${name} } from './${file}';`),
  '',
  `export type { Recipe } from './define.ts';`,
  `export const recipes: readonly Recipe[] = [${recipeFiles.map(({ name }) => name).join(', ')}];`,
  '',
].join('\n');

const viewIndex = [
  NOTE,
  `import type { View } from './define.ts';`,
  ...viewFiles.map(({ file, name }) => `import { ${name} } from './${file}';`),
  '',
  `export type { View } from './define.ts';`,
  `export const views: readonly View[] = [${viewFiles.map(({ name }) => name).join(', ')}];`,
  '',
].join('\n');

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');
function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), `|${heads.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

const SHAPES: Readonly<Record<Capability['shape'], string>> = {
  list: 'rows; add, set, remove',
  ordered: 'rows in order; add, set, remove, move',
  singleton: 'one item; set',
  fixed: 'rows of the router; set',
  table: 'read only',
};

function access({ traits }: Field): string {
  const words = [traits.readOnly ? 'read' : 'read, write'];
  if (traits.required) words.push('required');
  if (traits.live) words.push('live');
  if (traits.secret) words.push('secret');
  if (traits.from) words.push(`from ${traits.from}`);
  if (traits.until) words.push(`until ${traits.until}`);
  return words.join(', ');
}

const fieldTable = (fields: Fields): string =>
  markdownTable(
    ['Field', 'Takes', 'Access', 'About'],
    Object.entries(fields).map(([name, field]) => [`\`${kebab(name)}\``, field.kind.allowed, access(field), field.traits.about]),
  );

const tools = (named: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(named)
    .flatMap(([use, name]) => (name === undefined ? [] : [`\`${name}\` (${use})`]))
    .join(', ') || 'none of its own';

function capabilitySection(capability: Capability): string {
  const { id, title, about, menu, shape, key, fields, tool, when, fence } = capability;
  const facts = [
    `- Menu: \`${menu}\`, ${SHAPES[shape]}`,
    ...(key.length > 0 ? [`- Key: ${key.map((name) => `\`${kebab(name)}\``).join(', ')}`] : []),
    `- Columns: ${columnsOf(capability)
      .map((name) => `\`${kebab(name)}\``)
      .join(', ')}`,
    ...(when ? [`- Needs: ${needs(when)}`] : []),
    ...(fence ? [`- Writing needs the allowance \`${fence}\` beside the one of its risk`] : []),
    `- MCP tools: ${tools(tool ?? {})}`,
    `- Command line: \`routeros-mcp get ${id} --device NAME\`${shape === 'table' ? '' : `, \`routeros-mcp plan set ${id} --device NAME field=value\``}`,
  ];
  return [`## ${id}`, `**${title}.** ${about}`, facts.join('\n'), fieldTable(fields)].join('\n\n');
}

const needs = ({ package: name, from, until }: NonNullable<Capability['when']>): string =>
  [name && `package \`${name}\``, from && `RouterOS ${from} or newer`, until && `RouterOS before ${until}`].filter(Boolean).join(', ');

function actionSection(action: Action): string {
  const facts = [
    `- Command: \`${action.menu}/${action.command}\`, effect: ${action.effect}`,
    `- MCP tools: ${tools({ run: action.tool })}`,
    `- Command line: \`routeros-mcp run ${action.id} --device NAME\``,
  ];
  const args = Object.keys(action.args).length > 0 ? `\n\n${fieldTable(action.args)}` : '';
  return [`### ${action.id}`, `**${action.title}.** ${action.about}`, facts.join('\n')].join('\n\n') + args;
}

function recipeSection(recipe: Recipe): string {
  const facts = [
    `- MCP tools: ${tools({ plan: recipe.tool })}`,
    `- Command line: \`routeros-mcp plan recipe ${recipe.id} --device NAME field=value\``,
  ];
  return [`### ${recipe.id}`, `**${recipe.title}.** ${recipe.about}`, facts.join('\n'), fieldTable(recipe.input)].join('\n\n');
}

function viewSection(view: View): string {
  const facts = [`- MCP tools: ${tools({ read: view.tool })}`, `- Reads: ${idsOfParts(view)}`];
  const input = Object.keys(view.input).length > 0 ? `\n\n${fieldTable(view.input)}` : '';
  return [`### ${view.id}`, `**${view.title}.** ${view.about}`, facts.join('\n')].join('\n\n') + input;
}

const idsOfParts = ({ parts }: View): string =>
  [...new Set(Object.values(parts).map((part) => `\`${'read' in part ? part.read.id : part.run.id}\``))].join(', ');

const capabilityTable = (capabilities: readonly Capability[]): string =>
  markdownTable(
    ['Capability', 'Menu', 'What may be done', 'About'],
    capabilities.map(({ id, menu, shape, about }) => [`\`${id}\``, `\`${menu}\``, SHAPES[shape], about]),
  );

const topicsOf = (capabilities: readonly Capability[]): readonly Capability['topic'][] =>
  [...new Set(capabilities.map(({ topic }) => topic))].sort();
const idsOf = (capabilities: readonly Capability[]): string => capabilities.map(({ id }) => `\`${id}\``).join(', ') || '-';

/** The catalog at a glance: areas, and what can be changed and what only read in each. */
const areaTable = (capabilities: readonly Capability[]): string =>
  markdownTable(
    ['Area', 'Read and change', 'Read'],
    topicsOf(capabilities).map((topic) => {
      const own = capabilities.filter((one) => one.topic === topic);
      return [topic, idsOf(own.filter(isWritable)), idsOf(own.filter((one) => !isWritable(one)))];
    }),
  );

/** One page for each area. */
const topicPages = (capabilities: readonly Capability[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    topicsOf(capabilities).map((topic) => {
      const own = capabilities.filter((one) => one.topic === topic);
      const page = [`# Catalog: ${topic}`, PAGE_NOTE, capabilityTable(own), ...own.map(capabilitySection), ''].join('\n\n');
      return [`docs/reference/catalog/${topic}.md`, page];
    }),
  );

function catalogPage(
  capabilities: readonly Capability[],
  actions: readonly Action[],
  recipes: readonly Recipe[],
  together: readonly View[],
): string {
  return [
    '# Catalog',
    PAGE_NOTE,
    'What can be read and planned. Field names are those of RouterOS; JSON answers carry them in camelCase. The fields of each are on ' +
      'the page of its area.',
    areaTable(capabilities),
    `Pages: ${topicsOf(capabilities)
      .map((topic) => `[${topic}](catalog/${topic}.md)`)
      .join(', ')}.`,
    '## Actions',
    'Harmless commands: they change no configuration and need no plan.',
    ...actions.map(actionSection),
    '## Recipes',
    'Tasks over several menus, in one plan.',
    ...recipes.map(recipeSection),
    '## Views',
    'Reads over several menus, put together.',
    ...together.map(viewSection),
    '',
  ].join('\n\n');
}

const flagTable = (names: readonly FlagName[]): string =>
  markdownTable(
    ['Flag', 'About'],
    names.filter((name) => !FLAGS[name].hidden).map((name) => [`\`${flagHead(name)}\``, FLAGS[name].about]),
  );

function commandSection(command: Command): string {
  const { words, about, notes = [], args, flags, examples } = command;
  return [
    `## routeros-mcp${words.map((word) => ` ${word}`).join('')}`,
    about,
    `\`\`\`\n${usageOf(command)} [flags]\n\`\`\``,
    ...notes,
    ...(args.length > 0
      ? [
          markdownTable(
            ['Argument', 'About'],
            args.map((arg) => [`\`${arg.name}\``, arg.about]),
          ),
        ]
      : []),
    ...(flags.length > 0 ? [flagTable(flags)] : []),
    `\`\`\`sh\n${examples.join('\n')}\n\`\`\``,
  ].join('\n\n');
}

function cliPage(): string {
  const codes = Object.entries(EXIT).map(([name, code]) => [
    String(code),
    Object.entries(EXIT_MEANING).find(([key]) => key === name)?.[1] ?? '',
  ]);
  return [
    '# Command line',
    PAGE_NOTE,
    'Data goes to stdout, everything else to stderr. With `--json` stdout holds one line: `{"ok":true,"data":...,"meta":{"requestId"}}`, or ' +
      '`{"ok":false,"error":{"code","message","hint","retryable","details"},"meta":{"requestId"}}`, for usage errors and crashes too. ' +
      'What was begun and ended badly (a change that was rolled back, a failed test) has `error` and `data`. ' +
      'The verbs of plans answer the shape of `src/bin/plan-json-shape.ts`, or `{"planned":false}` when nothing needs to change.',
    '## Exit codes',
    markdownTable(['Code', 'Meaning'], codes),
    '## Flags of every command',
    flagTable(COMMON),
    ...COMMANDS.map(commandSection),
    '',
  ].join('\n\n');
}

const declaredCatalog = await load<Capability | Action>(CATALOG, catalogFiles);
const { capabilities, actions } = catalogOf(declaredCatalog);
const recipes = Object.values(await load<Recipe>(RECIPES, recipeFiles));
const views = Object.values(await load<View>(VIEWS, viewFiles));
const wanted: Readonly<Record<string, string>> = {
  [`${CATALOG}/index.ts`]: tidy(`${CATALOG}/index.ts`, catalogIndex),
  [`${RECIPES}/index.ts`]: tidy(`${RECIPES}/index.ts`, recipeIndex),
  [`${VIEWS}/index.ts`]: tidy(`${VIEWS}/index.ts`, viewIndex),
  'docs/reference/catalog.md': catalogPage(capabilities, actions, recipes, views),
  ...topicPages(capabilities),
  'docs/reference/cli.md': cliPage(),
  'docs/reference/plan-file.schema.json': `${JSON.stringify(planFileSchema(), null, 2)}\n`,
  'docs/reference/parity.md': parityPage(registryOf(declaredCatalog, recipes, views), PAGE_NOTE),
  'README.md': readme({ capabilities: areaTable(capabilities), screen: pictures() }),
};
const stale = Object.entries(wanted).filter(([file, text]) => !existsSync(at(file)) || readFileSync(at(file), 'utf8') !== text);
if (process.argv.includes('--check')) {
  for (const [file] of stale) console.error(`${file} is stale: run npm run gen`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [file, text] of stale) {
    mkdirSync(path.dirname(at(file)), { recursive: true });
    writeFileSync(at(file), text);
    console.log(`wrote ${file}`);
  }
}
