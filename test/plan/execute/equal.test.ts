import { describe, expect, test } from 'vitest';
import { missingFromBase, standsAsBefore } from '../../../src/lib/plan/execute/equal.ts';
import { newRun, type Run } from '../../../src/lib/plan/execute/run.ts';
import type { Intent } from '../../../src/lib/plan/intent.ts';
import type { BaseSection } from '../../../src/lib/plan/types.ts';
import type { Start } from '../../laws/memory-router.ts';
import { comment, one, remove } from '../../laws/run.ts';
import { rules, services, tunnels } from '../../laws/subjects.ts';
import { menusOf } from '../../laws/world.ts';
import { type Bench, bench } from './bench.ts';

/** Is everything again as it was, of what the plan answers for? */

const menu = rules.menu;
const x = { '.id': '*1', ...one('x') };
const y = { '.id': '*2', ...one('y') };
const z = { '.id': '*3', ...one('z') };
const start = { [menu]: [one('x'), one('y'), one('z')] };
const stranger = { '.id': '*F0', chain: 'two' };

interface Planned {
  readonly run: Run;
  readonly it: Bench;
  /** What is missing when the rows of the menu are these. */
  missing(rows: readonly Record<string, string>[]): readonly string[];
}

function planned(intents: readonly Intent[], of: readonly string[] = [rules.id], from: Start = start): Planned {
  const it = bench({ of, start: from, intents });
  const world = { of, version: '7.20.8' };
  const run = newRun(it.plan, it.target, it.ports, menusOf(world, it.router));
  const [first] = of;
  const path = first === undefined ? '' : (it.target.base.sections.find(({ capability }) => capability === first)?.menu ?? '');
  const missing: Planned['missing'] = (rows) => {
    it.router.meddle(path, () => rows.map((row) => ({ ...row })));
    return missingFromBase(run, menusOf(world, it.router)).map(({ row }) => row);
  };
  return { run, it, missing };
}

test('what differs is told with what was planned from and what is there', () => {
  const { run, it } = planned([comment(rules.id, '*1', 'a')]);
  it.router.meddle(menu, (rows) => rows.map((row) => ({ ...row, comment: 'other' })));
  const menus = menusOf({ of: [rules.id], version: '7.20.8' }, it.router);
  expect(missingFromBase(run, menus)).toEqual([{ capability: rules.id, row: '*1', planned: one('x'), now: one('other') }]);
});

describe('rows of the plan', () => {
  test.each<[what: string, rows: readonly Record<string, string>[], missing: readonly string[]]>([
    ['all as before', [x, y, z], []],
    ['another content', [{ ...x, comment: 'a' }, y, z], ['*1']],
    ['gone', [y, z], ['*1']],
    ['a stranger beside it', [stranger, x, stranger, y, z], []],
    ['a neighbour with another content', [x, { ...y, comment: 'theirs' }, z], []],
    ['a neighbour gone', [x, z], []],
    ['moved behind its neighbour', [y, x, z], ['*1', '*2']],
    ['at the end', [y, z, x], ['*1', '*2']],
  ])('%s', (_, rows, missing) => {
    // Its neighbour is watched, too, since a move is planned.
    const { missing: missed } = planned([
      comment(rules.id, '*1', 'a'),
      { verb: 'move', capability: rules.id, where: { id: '*1' }, before: { id: '*3' } },
    ]);
    expect(missed(rows).filter((id) => id !== '*3')).toEqual(missing);
  });

  test('the last row is not the last any more, or the first not the first', () => {
    const last = planned([comment(rules.id, '*3', 'a')]);
    expect([last.missing([x, y, z]), last.missing([x, z, y]), last.missing([y, z, x])]).toEqual([[], ['*3'], ['*3']]);
    expect(last.missing([x, y, z, stranger])).toEqual([]);
    const first = planned([comment(rules.id, '*1', 'a')]);
    expect([first.missing([x, y, z]), first.missing([y, x, z]), first.missing([z, x, y])]).toEqual([[], ['*1'], ['*1']]);
    expect(first.missing([stranger, x, y, z])).toEqual([]);
  });

  test('in a menu without order, where a row stands says nothing', () => {
    const { missing } = planned([comment(tunnels.id, '*1', 'a')], [tunnels.id], { [tunnels.menu]: [{ name: 'a' }, { name: 'b' }] });
    const a = { '.id': '*1', name: 'a' };
    const b = { '.id': '*2', name: 'b' };
    expect([missing([b, a]), missing([b]), missing([b, { ...a, comment: 'x' }])]).toEqual([[], ['*1'], ['*1']]);
  });

  test('a row that was put back under another id is that row, where it stood', () => {
    const { run, missing } = planned([remove(rules.id, '*2')]);
    expect(missing([x, z])).toEqual(['*2']);
    run.ids.set(`${menu} *2`, '*9');
    expect(missing([x, { ...y, '.id': '*9' }, z])).toEqual([]);
    expect(missing([x, z, { ...y, '.id': '*9' }])).toEqual(['*2', '*3']);
  });

  test('ids of another menu are not taken for those of this one', () => {
    const { run, missing } = planned([remove(rules.id, '*2'), remove(tunnels.id, '*1')], [rules.id, tunnels.id], {
      ...start,
      [tunnels.menu]: [{ name: 'a' }],
    });
    // The tunnel came back under an id that a rule has.
    run.ids.set(`${tunnels.menu} *1`, '*3');
    run.ids.set(`${menu} *2`, '*9');
    expect(missing([x, { ...y, '.id': '*9' }, z]).filter((id) => id !== '*1')).toEqual([]);
  });

  test('a neighbour is not ours because the plan touches its namesake in another menu', () => {
    const move: Intent = { verb: 'move', capability: rules.id, where: { id: '*1' }, before: { id: '*3' } };
    const { missing } = planned([move, comment(tunnels.id, '*2', 'b')], [rules.id, tunnels.id], {
      ...start,
      [tunnels.menu]: [{ name: 'a' }, { name: 'b' }],
    });
    expect(missing([x, { ...y, comment: 'theirs' }, z])).toEqual([]);
  });

  test('of a menu of which nobody noted what was there before, every row counts', () => {
    const { run, it } = planned([comment(rules.id, '*1', 'a')]);
    it.router.meddle(menu, () => [x, z, y]);
    const menus = menusOf({ of: [rules.id], version: '7.20.8' }, it.router);
    expect(missingFromBase({ ...run, known: new Map() }, menus).map(({ row }) => row)).toEqual(['*1']);
  });

  test('a row that only moved is still ours: its content, too, is as it was', () => {
    const { missing } = planned([{ verb: 'move', capability: rules.id, where: { id: '*1' } }]);
    expect(missing([{ ...x, comment: 'theirs' }, y, z])).toEqual(['*1']);
  });
});

test('a setting is compared as a whole row, and a menu that was empty has nothing to miss', () => {
  const identity = planned([{ verb: 'set', capability: 'system-identity', values: { name: 'b' } }], ['system-identity'], {
    '/system/identity': [{ name: 'a' }],
  });
  expect([identity.missing([{ name: 'a' }]), identity.missing([{ name: 'b' }])]).toEqual([[], ['']]);
  const empty = planned([{ verb: 'add', capability: rules.id, values: one('n') }], [rules.id], { [menu]: [] });
  expect(empty.it.target.base.sections[0]?.rows.map(({ id }) => id)).toEqual(['']);
  expect(empty.missing([stranger])).toEqual([]);
});

test('what only the way to the router hangs on, and what was not read, is not answered for', () => {
  const { run, it } = planned([comment(rules.id, '*1', 'a')]);
  const critical: readonly BaseSection[] = it.target.base.sections.map((section) => ({ ...section, critical: true }));
  it.router.meddle(menu, () => []);
  const menus = menusOf({ of: [rules.id], version: '7.20.8' }, it.router);
  expect(missingFromBase(run, menus)).toHaveLength(1);
  expect(missingFromBase(run, new Map())).toEqual([]);
  const off: Run = { ...run, target: { ...run.target, base: { ...run.target.base, sections: critical } } };
  expect(missingFromBase(off, menus)).toEqual([]);
});

test('whether one row stands as before is asked of that row, in its own menu', () => {
  const { run, it } = planned([comment(rules.id, '*1', 'a'), comment(tunnels.id, '*1', 'b')], [rules.id, tunnels.id], {
    ...start,
    [tunnels.menu]: [{ name: 'a' }],
    [services.menu]: [],
  });
  it.router.meddle(menu, ([first, ...rest]) => [{ ...first, comment: 'a' }, ...rest]);
  const menus = menusOf({ of: [rules.id, tunnels.id], version: '7.20.8' }, it.router);
  const stands = (capability: string, row: string, on: Run = run): boolean => {
    const found = menus.get(capability);
    return found !== undefined && standsAsBefore(on, { capability, row }, found);
  };
  expect([stands(rules.id, '*1'), stands(tunnels.id, '*1'), stands(tunnels.id, '*7')]).toEqual([false, true, false]);
  const sections = run.target.base.sections.map((section): BaseSection => ({ ...section, critical: true }));
  const critical: Run = { ...run, target: { ...run.target, base: { ...run.target.base, sections } } };
  expect(stands(tunnels.id, '*1', critical)).toBe(false);
});
