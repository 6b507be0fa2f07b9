import { expect, test } from 'vitest';
import type { ChangeSketch } from '../../src/lib/capability/define.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import type { Menu } from '../../src/lib/plan/menu.ts';
import { draftChanges } from '../../src/lib/plan/planner.ts';
import { menuAfter, sketchOf } from '../../src/lib/plan/sketch.ts';
import type { Change } from '../../src/lib/plan/types.ts';
import { tunnels } from '../laws/subjects.ts';
import { changeOf, filter, menusWith, on, type Rows, rule } from './helpers.ts';

const menuOf = (rows: Rows): Menu => {
  const [menu] = menusWith(rows).values();
  if (!menu) throw new Error('no menu');
  return menu;
};
/** The first change of a wish in which secrets may be named; they are kept nowhere. */
function planned(rows: Rows, intent: Intent): Change {
  const [change] = draftChanges(menusWith(rows), [intent], ({ wire }) => ({ ref: wire, mac: '' })).changes;
  if (!change) throw new Error('no change');
  return change;
}
const sketch = (rows: Rows, intent: Intent): ChangeSketch => sketchOf(menuOf(rows), planned(rows, intent));
const comments = (menu: Menu) => menu.rows.map(({ item }) => item['comment']);

const ofTunnels = (...rows: Rows[string][number][]) => ({ 'test-tunnels': rows });
const set = (values: Record<string, unknown>, unset: readonly string[] = []): Intent => ({
  verb: 'set',
  ...on(tunnels),
  where: { id: '*1' },
  values,
  unset,
});
const remove: Intent = { verb: 'remove', ...on(tunnels), where: { id: '*1' } };
const shown = { disabled: false };

test('a change is judged by whole rows: an add has no before, a remove no after', () => {
  const rows = ofTunnels({ name: 'a', mtu: '1400' });
  expect(sketch(rows, { verb: 'add', ...on(tunnels), values: { name: 'b' } })).toStrictEqual({
    verb: 'add',
    after: { name: 'b', ...shown },
  });
  expect(sketch(rows, remove)).toStrictEqual({ verb: 'remove', before: { name: 'a', mtu: 1400, ...shown } });
  expect(sketch(rows, set({ comment: 'x' }))).toStrictEqual({
    verb: 'set',
    before: { name: 'a', mtu: 1400, ...shown },
    after: { name: 'a', mtu: 1400, comment: 'x', ...shown },
  });
});

test('a move is judged by a row that is the same before and after', () => {
  const rows = { 'firewall-filter': [rule('a'), rule('b')] };
  const { verb, before, after } = sketch(rows, { verb: 'move', ...on(filter), where: { id: '*1' } });
  expect([verb, before?.['comment'], after]).toEqual(['move', 'a', before]);
});

test('what is taken away is gone from the row after, and what the router owns stays', () => {
  const rows = ofTunnels({ name: 'a', mtu: '1400', comment: 'x', uptime: '1h' });
  const { before, after } = sketch(rows, set({}, ['mtu']));
  expect(before).toMatchObject({ mtu: 1400, uptime: expect.anything() });
  expect(after).toEqual({ name: 'a', comment: 'x', uptime: before?.['uptime'], ...shown });
});

test('the members of a set stand in one order on both sides, however the router shows them', () => {
  const { before, after } = sketch(ofTunnels({ name: 'a', allowed: 'b,a' }), set({ comment: 'x' }));
  expect(before?.['allowed']).toEqual(['a', 'b']);
  expect(after?.['allowed']).toEqual(before?.['allowed']);
});

test('a secret that is set is named and shown as new; one that stays is shown as there', () => {
  const value = new Secret('s3cret');
  const had = ofTunnels({ name: 'a', 'preshared-key': 'old' });
  expect(sketch(had, set({ presharedKey: value }))).toMatchObject({
    before: { presharedKey: '(secret)' },
    after: { presharedKey: '(new secret)' },
    secrets: ['presharedKey'],
  });
  expect(sketch(had, set({ comment: 'x' })).after).toMatchObject({ presharedKey: '(secret)' });
  expect(sketch(had, set({ comment: 'x' }))).not.toHaveProperty('secrets');
  const added = sketch(ofTunnels(), { verb: 'add', ...on(tunnels), values: { name: 'b', presharedKey: value } });
  expect(added).toStrictEqual({
    verb: 'add',
    after: { name: 'b', presharedKey: '(new secret)', ...shown },
    secrets: ['presharedKey'],
  });
});

test('a row remembers which secrets it has, each once', () => {
  const secretsAfter = (row: Rows[string][number]) => {
    const rows = ofTunnels(row);
    return menuAfter(menuOf(rows), planned(rows, set({ presharedKey: new Secret('s3cret') }))).rows[0]?.secrets;
  };
  expect(secretsAfter({ name: 'a' })).toEqual(['preshared-key']);
  expect(secretsAfter({ name: 'a', 'preshared-key': 'old' })).toEqual(['preshared-key']);
});

test('a change of a row that is not there is judged by nothing', () => {
  const change = changeOf(ofTunnels({ name: 'a' }), set({ comment: 'x' }));
  expect(sketchOf(menuOf(ofTunnels()), change)).toStrictEqual({ verb: 'set', before: {}, after: {} });
});

test('a set changes its own row and leaves the others alone', () => {
  const rows = ofTunnels({ name: 'a', comment: 'one' }, { name: 'b', comment: 'two' });
  expect(comments(menuAfter(menuOf(rows), changeOf(rows, set({ comment: 'new' }))))).toEqual(['new', 'two']);
});

test('a row is put before its anchor, and at the end where there is none, or none any more', () => {
  const rows = { 'firewall-filter': [rule('a'), rule('b'), rule('c')] };
  const placed = (to: string | null, menu = menuOf(rows)) =>
    comments(menuAfter(menu, changeOf(rows, { verb: 'add', ...on(filter), values: rule('x'), ...(to && { before: { id: to } }) })));
  expect(placed(null)).toEqual(['a', 'b', 'c', 'x']);
  expect(placed('*1')).toEqual(['x', 'a', 'b', 'c']);
  expect(placed('*3')).toEqual(['a', 'b', 'x', 'c']);
  expect(placed('*3', menuOf({ 'firewall-filter': [rule('a'), rule('b')] }))).toEqual(['a', 'b', 'x']);
});
