import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeRow, fieldExists, wireName } from '../../src/lib/capability/codec.ts';
import type { Capability } from '../../src/lib/capability/define.ts';
import { type Field, type KindShape, kebab } from '../../src/lib/capability/field.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { compareVersions } from '../../src/lib/core/version.ts';
import { figures } from './figures.ts';
import { catalog } from './subjects.ts';

/** Law 8: every wire name exists in the recorded schema of every version, and every recorded row decodes with nothing left over. */

const ROOT = path.join(import.meta.dirname, '../../fixtures');
const { count, of } = figures('law 8');

interface MenuFile {
  readonly kind: 'list' | 'ordered' | 'singleton' | 'commands';
  readonly commands?: string;
  /** `<access>[ <kind>[ <detail>]]`: `r bool`, `w enum accept|drop`. */
  readonly fields?: Readonly<Record<string, string>>;
}
interface SchemaFile {
  readonly version: string;
  readonly menus: Readonly<Record<string, MenuFile>>;
}

const filesIn = (directory: string): readonly string[] => {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
  } catch {
    console.log(`law 8: ${directory} is missing; nothing was checked against it`);
    return [];
  }
};
const json = (...parts: readonly string[]): unknown => JSON.parse(readFileSync(path.join(...parts), 'utf8'));

const schemas = filesIn(path.join(ROOT, 'schema'))
  .filter((file) => /^routeros-[\d.]+\.json$/.test(file))
  .map((file) => json(ROOT, 'schema', file) as SchemaFile);
const routers = filesIn(path.join(ROOT, 'routers')).filter((file) => file.endsWith('.json') && !path.basename(file).startsWith('_'));
/** The one version whose read-only fields were probed on a device; the others know arguments only. */
const probed = schemas.find(({ version }) => version.startsWith('7.23'));

const existsAt = ({ when }: Capability, version: string): boolean =>
  (when?.from === undefined || compareVersions(version, when.from) >= 0) &&
  (when?.until === undefined || compareVersions(version, when.until) < 0);

/** Recorded with all extra packages; 7.22.2 and 7.23.2 were recorded without some, so that a gap there says nothing. */
const WHOLE: readonly string[] = ['7.12.2', '7.16.2', '7.20.8', '7.24'];
const recordedIn = (menu: string): readonly string[] => schemas.filter(({ menus }) => menus[menu]).map(({ version }) => version);

for (const { version, menus } of schemas) {
  describe(`RouterOS ${version}`, () => {
    for (const capability of catalog.capabilities.filter((one) => existsAt(one, version))) {
      const menu = menus[capability.menu];
      if (menu) test(`${capability.id} is there as declared`, () => mustFit(capability, version, menu));
      // A menu of hardware that no recorded machine had is known by rows only; any other must be there.
      else if (WHOLE.includes(version))
        test(`${capability.id} needs hardware`, () => expect(recordedIn(capability.menu).filter((one) => WHOLE.includes(one))).toEqual([]));
    }
    for (const action of catalog.actions.filter((one) => menus[one.menu])) {
      test(`${action.id} is there`, () => expect(menus[action.menu]?.commands?.split(' ')).toContain(action.command));
    }
  });
}

for (const action of catalog.actions) {
  // A command of the root has no menu: `/execute` is in the manual and in every console.
  test(`${action.id} was recorded somewhere`, () => expect(action.menu === '' || recordedIn(action.menu).length > 0).toBe(true));
}

for (const capability of catalog.capabilities) {
  test(`${capability.id}: its menu was recorded, or rows of it were`, () => {
    expect(recordedIn(capability.menu).length + routers.filter((one) => menuOfFile(one) === capability.menu).length).toBeGreaterThan(0);
  });
}

function mustFit(capability: Capability, version: string, menu: MenuFile): void {
  expect(menu.kind).toBe({ list: 'list', ordered: 'ordered', singleton: 'singleton', fixed: 'list', table: menu.kind }[capability.shape]);
  const commands = new Set((menu.commands ?? '').split(' '));
  const needed = {
    list: ['add', 'set', 'remove'],
    ordered: ['add', 'set', 'remove', 'move'],
    singleton: ['set'],
    fixed: ['set'],
    table: [],
  };
  expect(needed[capability.shape].filter((command) => !commands.has(command))).toEqual([]);
  if (capability.unset === 'command') expect([...commands]).toContain('unset');
  const { setBy } = capability;
  if (setBy) expect([...commands]).toEqual(expect.arrayContaining([setBy.command, setBy.offer.command]));
  // What a command sets is read only to `set`.
  const there = Object.entries(capability.fields).filter(([name, field]) => fieldExists(field, version) && kebab(name) !== setBy?.field);
  expect(there.flatMap(([name, field]) => problem(name, field, version, menu, capability.menu))).toEqual([]);
}

function problem(name: string, field: Field, version: string, menu: MenuFile, path: string): readonly string[] {
  const wire = wireName(name, field, version);
  const own = menu.fields?.[wire];
  const text = own ?? (field.traits.readOnly ? probed?.menus[path]?.fields?.[wire] : elsewhere(path, wire, version));
  count('names');
  // What only answers carry was never recorded where no device was probed: rows have to show it.
  if (text === undefined && field.traits.readOnly && !probed?.menus[path]) return [];
  if (text === undefined) return [`${wire} is unknown`];
  const [access = '', kind = '', detail = ''] = text.split(' ');
  if (!field.traits.readOnly && access === 'r') return [`${wire} is read only there`];
  if (field.traits.readOnly || kind !== 'enum') return [];
  const strange = wordsOf(field.kind.shape).filter((word) => !detail.split('|').includes(word));
  return strange.length > 0 ? [`${wire} does not take ${strange.join(', ')}`] : [];
}

/** In a recording that lacks packages: what the whole ones before and after it both have. */
function elsewhere(path: string, wire: string, version: string): string | undefined {
  if (WHOLE.includes(version)) return undefined;
  const texts = ['7.20.8', '7.24'].map((whole) => schemas.find((one) => one.version === whole)?.menus[path]?.fields?.[wire]);
  return texts.every((text) => text !== undefined) ? texts[0] : undefined;
}

const menuOfFile = (file: string): string =>
  `/${file
    .split(path.sep)
    .slice(1)
    .join('/')
    .replace(/\.json$/, '')}`;

const wordsOf = (shape: KindShape): readonly string[] =>
  shape.name === 'enum' ? shape.values : shape.name === 'negatable' ? wordsOf(shape.of) : [];

for (const capability of catalog.capabilities) {
  const recorded = routers.filter((one) => menuOfFile(one) === capability.menu);
  test.skipIf(recorded.length === 0)(`${capability.id}: every recorded row decodes with nothing left over`, () => {
    for (const one of recorded) for (const row of rowsOf(one)) expect(leftOver(capability, row, one), one).toEqual({});
  });
}

const rowsOf = (file: string): readonly Row[] => {
  const found = json(ROOT, 'routers', file);
  return (Array.isArray(found) ? found : [found]) as readonly Row[];
};

/** Left out on purpose: a file may hold anything, passwords too, so that its content is never asked for. */
const NEVER_READ: Readonly<Record<string, readonly string[]>> = { '/file': ['contents'] };

function leftOver(capability: Capability, row: Row, file: string): Row {
  const version = /_(\d+\.\d+(?:\.\d+)?)/.exec(file)?.[1] ?? '';
  const { extra } = decodeRow(capability, row, version);
  for (const name of NEVER_READ[capability.menu] ?? []) Reflect.deleteProperty(extra, name);
  count('rows');
  for (const name of Object.keys(row)) if (!name.startsWith('.')) count(name in extra ? 'values left over' : 'values understood');
  return extra;
}

test('there was something to check', () => {
  expect(schemas.length).toBeGreaterThan(0);
  expect(probed).toBeDefined();
  expect(of('names')).toBeGreaterThan(500);
  expect(of('rows')).toBeGreaterThan(20);
});
