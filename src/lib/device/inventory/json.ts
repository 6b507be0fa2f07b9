import { oneLine } from '../../core/clean.ts';
import { columnOf, columnsOf, doubled, isSecretName, unknownColumnHint, written } from './columns.ts';
import { readJsonText } from './json-text.ts';
import { type Field, type InventoryProblem, LIMITS, type RawEntry, type RawInventory } from './types.ts';

const SHAPES =
  'A list of objects, { "devices": [ … ] } or an export of NetBox, for example: [{ "name": "edge-1", "address": "https://192.0.2.1", "tags": { "site": "riga" } }]';

type Members = Readonly<Record<string, unknown>>;

/**
 * Reads routers from JSON: an array of objects, `{ devices: [...] }`, or an export of NetBox (`{ results: [...] }` with `primary_ip`,
 * `site`, `role`, `status`). Keys have the same names as columns of a table. Never throws.
 * @param tagColumns keys that are tags besides those in `tags`
 * @example readJsonInventory('[{"name":"edge-1","ip":"192.0.2.1"}]').raw.length // 1
 */
export function readJsonInventory(text: string, tagColumns: readonly string[] = []): RawInventory {
  const read = readJsonText(text);
  if ('problem' in read) return { raw: [], problems: [{ line: read.line, problem: `${read.problem}.`, hint: SHAPES }] };
  const list = listOf(read.value);
  if (!list) return { raw: [], problems: [{ line: 1, problem: 'The JSON holds no list of routers.', hint: SHAPES }] };
  const notes = newNotes();
  const raw = list.slice(0, LIMITS.entries + 1).flatMap((item, at): readonly RawEntry[] => {
    if (!isObject(item)) {
      notes.add({ problem: `Item ${at + 1} of the list is no object.`, hint: SHAPES });
      return [];
    }
    const line = read.lineOf(item) ?? 1;
    return isNetBox(item) ? [fromNetBox(item, line)] : fromObject(item, line, tagColumns, notes);
  });
  return { raw, problems: notes.all };
}

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return undefined;
  return [value['devices'], value['results']].find((list) => Array.isArray(list));
}

interface Notes {
  readonly all: InventoryProblem[];
  add(problem: InventoryProblem): void;
  /** What is the same for every object is said once. */
  once(key: string, problem: InventoryProblem): void;
}

function newNotes(): Notes {
  const all: InventoryProblem[] = [];
  const said = new Set<string>();
  const add = (problem: InventoryProblem): void => {
    all.push(problem);
  };
  const once = (key: string, problem: InventoryProblem): void => {
    if (said.has(key) || said.size > LIMITS.problems) return;
    said.add(key);
    add(problem);
  };
  return { all, add, once };
}

function fromObject(item: Members, line: number, tagColumns: readonly string[], notes: Notes): readonly RawEntry[] {
  const names = Object.keys(item).slice(0, LIMITS.columns);
  const columns = columnsOf(names, tagColumns);
  const [twice] = doubled(columns);
  if (twice !== undefined) {
    notes.add({ line, field: written(twice), problem: `Two keys say the ${written(twice)}.`, hint: 'Keep one of them.' });
    return [];
  }
  const values = new Map<Field, unknown>();
  const tags: (readonly [string, unknown])[] = [];
  const secrets = secretsIn(item, 1);
  names.forEach((name, at) => {
    const [column, value] = [columns[at], item[name]];
    if (isNothing(value)) return;
    if (column?.kind === 'tag') tags.push([column.tag, value]);
    else if (column?.kind === 'unknown')
      notes.once(name, { line, problem: `The key ${oneLine(name, 40)} is not known; it is left out.`, hint: unknownColumnHint(name) });
    else if (column?.kind === 'field' && column.field === 'tags' && isObject(value)) tags.push(...Object.entries(value));
    else if (column?.kind === 'field') values.set(column.field, value);
  });
  return [{ line, values, tags: tags.slice(0, LIMITS.columns), secrets }];
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Names of members with a secret in clear, at any depth that people write. The password itself is looked at with the entry. */
function secretsIn(item: Members, depth: number): readonly string[] {
  return Object.entries(item).flatMap(([name, value]): readonly string[] => {
    const column = columnOf(name);
    if (depth === 1 && column.kind === 'field') return column.field === 'tags' && isObject(value) ? secretsIn(value, 2) : [];
    if (isSecretName(name) && !isNothing(value) && typeof value !== 'boolean') return [oneLine(name, 40)];
    return isObject(value) && depth < 4 ? secretsIn(value, depth + 1) : [];
  });
}

const isNetBox = (item: Members): boolean =>
  ['primary_ip', 'primary_ip4', 'primary_ip6'].some((key) => isObject(item[key]) || item[key] === null);

/** NetBox says much of a device; what it says of the address and of where the device stands is taken. */
function fromNetBox(item: Members, line: number): RawEntry {
  const values = new Map<Field, unknown>();
  const [found] = ['primary_ip', 'primary_ip4', 'primary_ip6'].flatMap((key) => wordOf(item[key], 'address') ?? []);
  if (!isNothing(item['name'])) values.set('name', item['name']);
  if (found !== undefined) values.set('address', found.replace(/\/\d{1,3}$/, ''));
  const tags = [
    ['site', wordOf(item['site'], 'slug')],
    ['role', wordOf(item['role'], 'slug') ?? wordOf(item['device_role'], 'slug')],
    ['status', wordOf(item['status'], 'value')],
  ] as const;
  return { line, values, tags: tags.filter(([, value]) => value !== undefined), secrets: secretsIn(item, 1) };
}

const wordOf = (value: unknown, key: string): string | undefined => {
  const word = isObject(value) ? value[key] : undefined;
  return typeof word === 'string' && word !== '' ? word : undefined;
};
