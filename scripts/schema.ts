/**
 * Makes `fixtures/schema/routeros-<version>.json` (names and kinds only) from a folder of schema data and measured probes:
 *
 *   node scripts/schema.ts --from ../data/routeros [--check]
 *
 * The folder holds `schema/routeros-<version>.json` (trees of `/console/inspect`), `schema/routeros-7.23.2-ir.json` (probed kinds),
 * `schema/cli-reference-fields.json`, `errors/required-args.*.json`, `probes/key-uniqueness.*.json`, `probes/name-uniqueness.*.json`
 * and `probes/type-verdicts.*.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fieldsOf, type ReferenceMenu, switches, type TreeMenu, type TypedMenu } from './schema/fields.ts';
import { PICKED, packageOf, singletonHint } from './schema/menus.ts';
import { type Refusals, refusals } from './schema/refusals.ts';

interface MenuOut {
  kind: string;
  commands?: string;
  fields?: Record<string, string>;
  required?: readonly string[];
  anyRequired?: true;
  requiredText?: string;
  unique?: Record<string, string>;
  package?: string;
}

const { values: options } = parseArgs({ options: { from: { type: 'string' }, check: { type: 'boolean', default: false } } });
if (options.from === undefined) {
  console.error('usage: node scripts/schema.ts --from <folder> [--check]');
  process.exit(2);
}
const folder = path.resolve(options.from);
const out = path.resolve(import.meta.dirname, '../fixtures/schema');

const read = <T>(name: string): T => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as T;
const typed = read<{ menus: Record<string, TypedMenu> }>('schema/routeros-7.23.2-ir.json').menus;
const completed = read<{ menus: Record<string, TreeMenu> }>('schema/routeros-7.22.2-completions.json').menus;
const reference = read<{ menus: Record<string, ReferenceMenu> }>('schema/cli-reference-fields.json').menus;
const twofold = switches(read<{ results: Parameters<typeof switches>[0] }>('probes/type-verdicts.7.23.2.json').results);

function kindOf(menu: string, tree: TreeMenu): string {
  if (tree.kind === 'commands') return 'commands';
  if (tree.ordered) return 'ordered';
  if (menu === '/system/health') return 'list';
  if (tree.kind === 'singleton') return 'singleton';
  if (tree.kind !== 'read-only') return 'list';
  const known = typed[menu]?.class;
  if (known !== undefined) return known === 'singleton' ? 'singleton' : 'list';
  return singletonHint(reference[menu]?.type) ? 'singleton' : 'list';
}

function commandsOf(tree: TreeMenu): string {
  const names = [...(tree.cmds ?? []), ...Object.keys(tree.actions ?? {})];
  if (tree.add) names.push('add');
  if (tree.set) names.push('set');
  return [...new Set(names.filter((name) => name !== 'export'))].sort().join(' ');
}

/** The tree that stands for 7.23.2, of which there is no inspect tree here: the probed schema has menus, kinds and commands. */
function treeFromTyped(menu: TypedMenu): TreeMenu {
  const writable = Object.fromEntries(
    Object.entries(menu.f)
      .filter(([, field]) => field.a === 'w')
      .map(([name]) => [name, '']),
  );
  return {
    kind: menu.class === 'singleton' ? 'singleton' : menu.readOnly ? 'read-only' : 'list',
    ordered: menu.class === 'ordered-list',
    cmds: menu.cmds.filter((name) => name !== 'add' && name !== 'set' && name !== 'get'),
    ...(menu.cmds.includes('add') ? { add: writable, set: '=add' as const } : menu.cmds.includes('set') ? { set: writable } : {}),
  };
}

function menuOut(menu: string, tree: TreeMenu, version: string, words: Refusals): MenuOut {
  const fields = fieldsOf(menu, tree, typed[menu], completed[menu], reference[menu], version, twofold);
  const commands = commandsOf(tree);
  const made: MenuOut = { kind: kindOf(menu, tree) };
  if (commands !== '') made.commands = commands;
  if (Object.keys(fields).length > 0) made.fields = fields;
  if (tree.add) Object.assign(made, words.required(menu, fields), words.unique(menu, fields));
  const owner = packageOf(menu, version);
  if (owner !== undefined) made.package = owner;
  return made;
}

const ALSO_FROM = [
  'Names and kinds only.',
  'Read-only fields, most kinds and unique keys: sindrip/provider-routeros (Apache-2.0), probed on 7.23.2, and tikoci/restraml on 7.22.2, where the tree of the release does not tell.',
  'Required arguments: tikoci/lsp-routeros-ts (MIT), measured on 7.20.8 and 7.22.1.',
  "Fields of hardware a virtual router lacks: names in MikroTik's CLI reference.",
  'Made by scripts/schema.ts.',
].join(' ');

function render(version: string, menus: Record<string, TreeMenu>, source: string): string {
  const words = refusals(read, version);
  const lines = Object.keys(menus)
    .filter((menu) => PICKED(menu))
    .sort()
    .map((menu) => `    ${JSON.stringify(menu)}: ${JSON.stringify(menuOut(menu, menus[menu] ?? { kind: 'commands' }, version, words))}`);
  const head = {
    _source: `Menus and arguments: ${source}. ${ALSO_FROM}`,
    version,
    traits: { postOnMenu: minor(version) >= 23 ? 200 : 400 },
  };
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "menus": {\n${lines.join(',\n')}\n  }\n}\n`;
}

const minor = (version: string): number => Number(version.split('.')[1] ?? 0);

let stale = 0;
function put(version: string, text: string): void {
  const file = path.join(out, `routeros-${version}.json`);
  if (!options.check) {
    writeFileSync(file, text);
    return;
  }
  if (readFileSync(file, 'utf8') === text) return;
  stale += 1;
  console.error(`${file} is out of date: run node scripts/schema.ts --from ${options.from}`);
}

const tree = (version: string): Record<string, TreeMenu> =>
  read<{ menus: Record<string, TreeMenu> }>(`schema/routeros-${version}.json`).menus;
/** 7.12 had the legacy wireless driver in its base, but not on the virtual router the tree was taken from. */
const wireless = Object.entries(tree('7.16.2')).filter(([menu]) => packageOf(menu, '7.16.2') === 'wireless');

for (const version of ['7.12.2', '7.16.2', '7.20.8', '7.24']) {
  const borrowed = version === '7.12.2';
  const menus = { ...(borrowed ? Object.fromEntries(wireless) : {}), ...tree(version) };
  const source = `tikoci/restraml docs/${version}/extra/inspect.json (Unlicense)${borrowed ? ', wireless and caps-man menus from 7.16.2' : ''}`;
  put(version, render(version, menus, source));
}
put('7.22.2', render('7.22.2', completed, 'tikoci/restraml docs/7.22.2/deep-inspect.json (Unlicense)'));
const fromTyped = Object.fromEntries(Object.entries(typed).map(([menu, field]) => [menu, treeFromTyped(field)]));
put(
  '7.23.2',
  render('7.23.2', { '/': completed['/'] ?? { kind: 'commands' }, ...fromTyped }, 'sindrip/provider-routeros schema/ir.json (Apache-2.0)'),
);
process.exitCode = stale === 0 ? 0 : 1;
