import { describe, expect, test } from 'vitest';
import { type Capability, defineCapability } from '../../src/lib/capability/define.ts';
import { text } from '../../src/lib/capability/kinds.ts';
import type { ReadCall, Row } from '../../src/lib/client/types.ts';
import { readBase, readMenus } from '../../src/lib/plan/settle.ts';
import type { BaseSection, Change, Target } from '../../src/lib/plan/types.ts';

const list = (id: string, more: Pick<Capability, 'large'> = {}): Capability =>
  defineCapability({
    id,
    title: id,
    about: 'A list that is not in the catalog.',
    menu: `/test/${id}`,
    shape: 'list',
    topic: 'ip',
    key: [],
    fields: { name: text({ about: 'Name.' }) },
    risk: () => 'low',
    ...more,
  });
const CAPABILITIES = new Map([list('own'), list('way'), list('routes', { large: true })].map((one) => [one.id, one]));
function capability(id: string): Capability {
  const found = CAPABILITIES.get(id);
  if (!found) throw new Error(`no capability ${id}`);
  return found;
}

/** A router of some rows, which notes what it was asked. */
function router(tables: Readonly<Record<string, readonly Row[]>>) {
  const calls: ReadCall[] = [];
  const read = async (call: ReadCall): Promise<readonly Row[]> => {
    calls.push(call);
    const id = call.where?.['.id'];
    return (tables[call.menu] ?? []).filter((row) => id === undefined || row['.id'] === id);
  };
  return { calls, read };
}

const section = (id: string, rows: readonly string[], critical = false): BaseSection => ({
  capability: id,
  menu: `/test/${id}`,
  rows: rows.map((row) => ({ id: row, content: null, before: null, after: null })),
  keys: [],
  ...(critical && { critical: true }),
});
const target = (sections: readonly BaseSection[], ...touched: readonly string[]): Target =>
  ({
    version: '7.20.8',
    base: { sections, fingerprint: '' },
    changes: touched.map((id) => ({ capability: id }) as Change),
  }) as unknown as Target;

const ROWS = {
  '/test/own': [{ '.id': '*1', name: 'a' }],
  '/test/way': [{ '.id': '*1', name: 'b' }],
  '/test/routes': [1, 2, 3].map((at) => ({ '.id': `*${at}`, name: `route ${at}` })),
};
const whole = (id: string): ReadCall => ({ verb: 'read', menu: `/test/${id}` });
const oneRow = (id: string, row: string): ReadCall => ({ ...whole(id), where: { '.id': row } });

describe('what a plan was made from, read again', () => {
  test.each<[string, readonly BaseSection[], readonly string[], readonly ReadCall[]]>([
    [
      'its own menus, and small ones that our way hangs on, whole',
      [section('own', ['*1']), section('way', ['*1'], true)],
      ['own'],
      [whole('own'), whole('way')],
    ],
    [
      'a large menu that our way hangs on: the rows it watches',
      [section('own', ['*1']), section('routes', ['*3', '*2'], true)],
      ['own'],
      [whole('own'), oneRow('routes', '*3'), oneRow('routes', '*2')],
    ],
    [
      'a large menu that the plan touches among others, whole',
      [section('routes', ['*2'], true), section('own', ['*1'])],
      ['own', 'routes'],
      [whole('routes'), whole('own')],
    ],
    ['a large menu that nothing of ours hangs on, whole', [section('routes', ['*2'])], ['own'], [whole('routes')]],
    ['each menu once', [section('own', ['*1']), section('own', ['*2'])], ['own'], [whole('own')]],
  ])('%s', async (_name, sections, touched, calls) => {
    const asked = router(ROWS);
    const menus = await readBase(asked, target(sections, ...touched), { capability });
    expect(asked.calls).toEqual(calls);
    expect([...menus.keys()].sort()).toEqual([...new Set(sections.map((one) => one.capability))].sort());
  });

  test('holds the rows that are there, and none for those that are gone', async () => {
    const sections = [section('own', ['*1']), section('routes', ['*2', '*9'], true)];
    const menus = await readBase(router(ROWS), target(sections, 'own'), { capability });
    const names = [...menus].map(([id, menu]) => [id, menu.version, menu.rows.map(({ item }) => item['name'])]);
    expect(names).toEqual([
      ['own', '7.20.8', ['a']],
      ['routes', '7.20.8', ['route 2']],
    ]);
  });

  test('menus that are asked for twice are read once', async () => {
    const asked = router(ROWS);
    const menus = await readMenus(asked, ['way', 'own', 'way'], target([]), { capability });
    expect([asked.calls, [...menus.keys()]]).toEqual([
      [whole('way'), whole('own')],
      ['way', 'own'],
    ]);
  });
});
