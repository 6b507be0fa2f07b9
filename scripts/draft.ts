/**
 * Prints the draft of a catalog file from the recorded schema, for a person to finish:
 *
 *   node scripts/draft.ts /routing/ospf/instance ospf-instance [--timeline timeline.json]
 *
 * Names, kinds, ranges and versions come from `fixtures/schema`. What no schema says is left to do: what each field is for, what
 * names a row, what is secret, what changes by itself, the columns, and the risk. An empty `about` does not pass the checks.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { looksSecret } from '../src/lib/capability/field.ts';
import { compareVersions } from '../src/lib/core/version.ts';

interface Menu {
  readonly kind: string;
  readonly commands?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  readonly unique?: Readonly<Record<string, string>>;
  readonly package?: string;
}

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { timeline: { type: 'string' } } });
const [menu = '', id = menu.slice(1).replaceAll('/', '-')] = positionals;
const folder = path.resolve(import.meta.dirname, '../fixtures/schema');
const versions = readdirSync(folder)
  .map((file) => /^routeros-(.+)\.json$/.exec(file)?.[1] ?? '')
  .filter((version) => version !== '')
  .sort(compareVersions);
const read = <Value>(file: string): Value => JSON.parse(readFileSync(file, 'utf8')) as Value;
const found = versions.flatMap((version) => {
  const { menus } = read<{ menus: Record<string, Menu> }>(path.join(folder, `routeros-${version}.json`));
  const one = menus[menu];
  return one ? [{ version, menu: one }] : [];
});
const newest = found.at(-1)?.menu;
if (!newest) {
  console.error(`No recorded version has the menu ${menu}.`);
  process.exit(2);
}

/** `[kind, first version, last version]` of paths that do not exist in every version. */
const paths =
  options.timeline === undefined
    ? {}
    : read<{ paths: Record<string, readonly [string, string, string]>; _versions: readonly string[] }>(options.timeline).paths;

const camel = (name: string): string => {
  const joined = name.replaceAll(/[-.]+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return /^[a-z]/.test(joined) ? joined : `x${joined}`;
};
const backAgain = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const q = (text: string): string => `'${text}'`;

/** `w int 0..100 auto`: access, kind, and what it takes. */
function kindOf(specs: readonly string[]): string {
  const [, kind = '', ...takes] = (specs.at(-1) ?? '').split(' ');
  const words = [...new Set(specs.flatMap((spec) => (spec.split(' ')[2] ?? '').split('|')))].filter(
    (word) => word !== '' && !/\.\./.test(word),
  );
  const [, from, to] = /(-?\d+)\.\.(\d+)/.exec(takes.join(' ')) ?? [];
  if (kind === 'bool') return 'flag';
  if (kind === 'int' && to !== undefined && to.length > 10) return 'counter';
  if (kind === 'int' && specs.at(-1)?.startsWith('r')) return 'counter';
  if (kind === 'int') {
    const parts = [
      from && from !== '0' ? `min: ${from}` : '',
      to ? `max: ${to}` : '',
      words.length > 0 ? `words: [${words.map(q).join(', ')}]` : '',
    ];
    return `integer({ ${parts.filter(Boolean).join(', ')} })`.replace('{  }', '');
  }
  if (kind === 'time') return `duration(${words.map(q).join(', ')})`;
  if (kind === 'enum' && words.length > 0) return `oneOf(${words.sort().map(q).join(', ')})`;
  return { ip: 'address', cidr: 'prefix', mac: 'mac' }[kind] ?? 'text';
}

function lifeOf(name: string): string {
  const known = paths[`${menu}/set/${name}`] ?? paths[`${menu}/add/${name}`];
  const seen = found.filter((one) => one.menu.fields?.[name] !== undefined).map((one) => one.version);
  // The timeline knows more versions than are recorded, and misses some fields: a recorded one is there for certain.
  const told = known?.[1] !== undefined && compareVersions(known[1], seen[0] ?? '') <= 0 ? known[1] : seen[0];
  const first = found[0]?.version !== seen[0] ? told : undefined;
  const gone = found.find(({ version }) => compareVersions(version, seen.at(-1) ?? '') > 0)?.version;
  return `${first ? `, from: ${q(first)}` : ''}${gone ? `, until: ${q(gone)} /* last seen ${known?.[2] ?? seen.at(-1)} */` : ''}`;
}

const names = [...new Set(found.flatMap((one) => Object.keys(one.menu.fields ?? {})))].filter(
  (name) => !['dynamic', 'copy-from', 'place-before', 'numbers'].includes(name),
);
const lines = names.map((name) => {
  const specs = found.flatMap((one) => one.menu.fields?.[name] ?? []);
  const field = camel(name);
  const readOnly = specs.at(-1)?.startsWith('r') ? ', readOnly: true, live: true' : '';
  const required = newest.required?.includes(name) ? ', required: true' : '';
  const wire = backAgain(field) === name ? '' : `, wire: ${q(name)}`;
  const secret = looksSecret(field) ? ', secret: true' : '';
  return `    ${field}: ${kindOf(specs)}({ about: ''${required}${readOnly}${secret}${wire}${lifeOf(name)} }),`;
});
/** The first thing that must be unique: `name`, or several fields together, `name+fib`. */
const keyFields = (Object.keys(newest.unique ?? {})[0] ?? '').split('+').filter((name) => name !== '');
const writable = / set\b|^set\b/.test(newest.commands ?? '');
const shape = !writable
  ? 'table'
  : newest.kind === 'ordered'
    ? 'ordered'
    : newest.kind === 'singleton'
      ? 'singleton'
      : / ?add\b/.test(newest.commands ?? '')
        ? 'list'
        : 'fixed';
console.log(`import { defineCapability } from '../define.ts';
import { } from '../kinds.ts';

// In ${found.map(({ version }) => version).join(', ')}. Commands: ${newest.commands ?? '-'}. Unique: ${Object.keys(newest.unique ?? {}).join('; ') || '-'}. Package: ${newest.package ?? '-'}.
export const ${camel(id)} = defineCapability({
  id: ${q(id)},
  title: '',
  about: '',
  menu: ${q(menu)},
  shape: ${q(shape)},
  topic: '',
  key: [${keyFields.map((name) => q(camel(name))).join(', ')}],${/\bunset\b/.test(newest.commands ?? '') ? "\n  unset: 'command'," : ''}
  fields: {
${lines.join('\n')}
  },
});`);
