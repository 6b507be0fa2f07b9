import { expect, test } from 'vitest';
import { baseNow, baseOf, driftOf } from '../../src/lib/plan/base.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import type { Drift, Target } from '../../src/lib/plan/types.ts';
import { dns, draft, filter, menusWith, on, type Rows, rule } from './helpers.ts';

/** What was planned, and which rows our way to the router hangs on, by capability. */
function planned(rows: Rows, watched: Readonly<Record<string, readonly string[]>>, ...intents: readonly Intent[]) {
  const menus = menusWith(rows);
  const { changes } = draft(rows, ...intents);
  const critical = Object.entries(watched).flatMap(([id, ids]) => {
    const menu = menus.get(id);
    return menu ? [{ menu, ids }] : [];
  });
  return { base: baseOf(menus, changes, critical), changes };
}
const after = (target: Pick<Target, 'base' | 'changes'>, now: Rows): readonly Drift[] =>
  driftOf(target, baseNow(target.base, menusWith(now)));

const input = (comment: string, id: string) => rule(comment, { chain: 'input', '.id': id });
const other = (comment: string, id: string) => rule(comment, { '.id': id });
const ROWS = {
  'firewall-filter': [input('first', '*1'), other('between', '*2'), input('lets us in', '*3'), input('last', '*4')],
  dns: [{ servers: '1.1.1.1' }],
};
const resolve: Intent = { verb: 'set', ...on(dns), values: { servers: '9.9.9.9' } };
const own = { 'firewall-filter': ['*3'] };
const ofUs = { chain: 'input', action: 'accept' };

test('a row that our way hangs on is watched without its note, between its neighbours in its own chain', () => {
  expect(planned(ROWS, own, resolve).base.sections).toEqual([
    { capability: 'dns', menu: '/ip/dns', rows: [expect.objectContaining({ id: '' })], keys: [] },
    {
      capability: 'firewall-filter',
      menu: '/ip/firewall/filter',
      rows: [{ id: '*3', content: ofUs, before: '*1', after: '*4' }],
      keys: [],
      critical: true,
    },
  ]);
});

test('notes and other chains may change; what it says and what stands beside it may not', () => {
  const target = planned(ROWS, own, resolve);
  const now = (...rules: readonly Readonly<Record<string, string>>[]) => after(target, { ...ROWS, 'firewall-filter': rules });
  const [first, between, us, last] = [input('first', '*1'), other('between', '*2'), input('lets us in', '*3'), input('last', '*4')];
  expect(now(first, between, us, last)).toEqual([]);
  expect(now(first, { ...us, comment: 'a better note' }, other('more', '*8'), other('more still', '*9'), last)).toEqual([]);
  expect(now(first, between, { ...us, action: 'drop' }, last)).toEqual([
    {
      capability: 'firewall-filter',
      row: '*3',
      planned: { ...ofUs, '.after': '*1', '.before': '*4' },
      now: { ...ofUs, action: 'drop', '.after': '*1', '.before': '*4' },
    },
  ]);
  expect(now(first, input('in front of us', '*9'), us, last)).toMatchObject([{ row: '*3', now: { '.after': '*9', '.before': '*4' } }]);
  expect(now(first, between, last)).toMatchObject([{ row: '*3', now: null }]);
});

test('what the plan touches is watched once, and as a whole', () => {
  const set: Intent = { verb: 'set', ...on(filter), where: { id: '*3' }, values: { log: true } };
  const { sections } = planned(ROWS, own, set).base;
  expect(sections.map(({ critical, rows }) => [critical, rows.map(({ id }) => id)])).toEqual([[undefined, ['*3']]]);
  const more = planned(ROWS, { 'firewall-filter': ['*4', '*3', '*1'] }, set).base.sections;
  expect(more.map(({ critical, rows }) => [critical, rows.map(({ id }) => id)])).toEqual([
    [undefined, ['*3']],
    [true, ['*1', '*4']],
  ]);
});

test('a row of the same id in another menu is another row', () => {
  const rows = { ...ROWS, interface: [{ name: 'ether1' }, { name: 'ether2' }, { name: 'ether3' }] };
  const note: Intent = { verb: 'set', capability: 'interface', where: { id: '*3' }, values: { comment: 'x' } };
  const us: Intent = { verb: 'set', ...on(filter), where: { id: '*3' }, values: { log: true } };
  const ids = (...intents: readonly Intent[]) =>
    planned(rows, own, ...intents).base.sections.map(({ capability, critical }) => [capability, critical]);
  expect(ids(note)).toEqual([
    ['interface', undefined],
    ['firewall-filter', true],
  ]);
  expect(ids(note, us)).toEqual([
    ['interface', undefined],
    ['firewall-filter', undefined],
  ]);
});

test('the way hangs on rows of lists and singletons too: they have no neighbours', () => {
  const rows = { ...ROWS, interface: [{ name: 'ether1', comment: 'uplink' }, { name: 'ether2' }] };
  const target = planned(
    rows,
    { interface: ['*1'], dns: [''] },
    { verb: 'set', ...on(filter), where: { id: '*2' }, values: { log: true } },
  );
  expect(target.base.sections.slice(1)).toMatchObject([
    { capability: 'interface', rows: [{ id: '*1', content: { name: 'ether1' }, before: null, after: null }] },
    { capability: 'dns', rows: [{ id: '', content: { servers: '1.1.1.1' }, before: null, after: null }] },
  ]);
  const renamed = [{ name: 'wan' }, { name: 'ether2' }];
  expect(after(target, { ...rows, interface: renamed })).toMatchObject([{ row: '*1', planned: { name: 'ether1' }, now: { name: 'wan' } }]);
});

test('a way that hangs on nothing that was read leaves the base as it was', () => {
  const bare = planned(ROWS, {}, resolve).base;
  expect(planned(ROWS, { 'firewall-filter': [] }, resolve).base).toEqual(bare);
  expect(bare.sections).toHaveLength(1);
});

test('a row that was not there when it was planned, and is now, is a difference', () => {
  const target = planned(ROWS, { 'firewall-filter': ['*7'] }, resolve);
  expect(after(target, ROWS)).toEqual([]);
  expect(after(target, { ...ROWS, 'firewall-filter': [...ROWS['firewall-filter'], input('new', '*7')] })).toEqual([
    { capability: 'firewall-filter', row: '*7', planned: null, now: { ...ofUs, '.after': '*4' } },
  ]);
});
