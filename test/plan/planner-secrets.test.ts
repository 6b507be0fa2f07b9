import { expect, test } from 'vitest';
import { defineCapability } from '../../src/lib/capability/define.ts';
import { oneOf, text } from '../../src/lib/capability/kinds.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import { menuOf } from '../../src/lib/plan/menu.ts';
import { type Draft, draftChanges } from '../../src/lib/plan/planner.ts';
import type { Seal } from '../../src/lib/plan/sealed.ts';
import { menusWith, type Rows, refusedBy, VERSION } from './helpers.ts';

const hooks = defineCapability({
  id: 'test-hooks',
  title: 'Hooks',
  about: 'A list with a secret in which nothing tells two rows apart.',
  menu: '/test/hooks',
  shape: 'list',
  topic: 'system',
  key: [],
  fields: {
    kind: oneOf('one', 'two')({ about: 'Kind.', required: true }),
    token: text({ about: 'Token.', secret: true, required: true }),
    later: text({ about: 'A token of a later version.', secret: true, from: '7.99' }),
  },
  risk: () => 'low',
});

/** Keeps nothing: a secret is known by where it is to stand. */
const seal: Seal = ({ menu, row, wire }) => ({ ref: `${menu} ${row} ${wire}`, mac: '' });
const planned = (rows: Rows, ...intents: readonly Intent[]): Draft => draftChanges(menusWith(rows), intents, seal);
const key = () => new Secret('k3y');
const ID = 'test-tunnels';
const set = (values: Readonly<Record<string, unknown>>, id = '*1'): Intent => ({ verb: 'set', capability: ID, where: { id }, values });
const add = (values: Readonly<Record<string, unknown>>): Intent => ({ verb: 'add', capability: ID, values });
const tunnel = { [ID]: [{ name: 'a' }] };

const hook = (rows: readonly Readonly<Record<string, string>>[], values: Readonly<Record<string, unknown>>, again?: true): Draft =>
  draftChanges(
    new Map([['test-hooks', menuOf(hooks, VERSION, rows)]]),
    [{ verb: 'add', capability: 'test-hooks', values, ...(again && { again }) }],
    seal,
  );

test('a secret that is set is a change, though nothing else is; what it was is lost', () => {
  const { changes, lost } = planned(tunnel, set({ presharedKey: key() }));
  expect(changes.map(({ before, after, secret, sealed }) => [before, after, secret, sealed])).toEqual([
    [{}, {}, ['preshared-key'], { 'preshared-key': { ref: '/test/tunnels *1 preshared-key', mac: '' } }],
  ]);
  expect(lost).toEqual([{ change: 0, why: 'preshared-key is secret and would not be restored' }]);
});

test('each loss is told of its own change', () => {
  const { lost } = planned(tunnel, set({ comment: 'x' }), set({ presharedKey: key() }));
  expect(lost).toEqual([{ change: 1, why: 'preshared-key is secret and would not be restored' }]);
});

test('a row that the plan makes has no secret to lose, and goes as a whole', () => {
  const { changes, lost } = planned(tunnel, add({ name: 'b', presharedKey: key() }), set({ presharedKey: key() }, '#0'));
  expect(changes.map(({ verb, row, sealed }) => [verb, row, sealed?.['preshared-key']?.ref])).toEqual([
    ['add', '#0', '/test/tunnels #0 preshared-key'],
    ['set', '#0', '/test/tunnels #0 preshared-key'],
  ]);
  expect(lost).toEqual([]);
});

test('there and back again is something, where a secret was set on the way: nobody can tell that it is as it was', () => {
  const note = (comment: string, more = {}) => set({ comment, ...more });
  expect(planned(tunnel, note('x', { presharedKey: key() }), note('')).changes).toHaveLength(2);
  expect(planned(tunnel, note('x'), note('', { presharedKey: key() })).changes).toHaveLength(2);
  expect(planned(tunnel, note('x'), note('')).changes).toEqual([]);
});

test('an add whose like is there: refused when it brings a secret, nothing when it brings none', () => {
  expect(refusedBy(() => planned(tunnel, add({ name: 'a', presharedKey: key() })))).toMatchObject({
    code: 'ALREADY_EXISTS',
    message: 'test-tunnels already has a row with this name.',
    hint: 'Use set to change it.',
    details: {},
  });
  expect(planned(tunnel, add({ name: 'a' }))).toEqual({ changes: [], lost: [] });
  expect(refusedBy(() => hook([{ '.id': '*1', kind: 'one', token: 'old' }], { kind: 'one', token: key() })).message).toBe(
    'test-hooks already has a row like this.',
  );
  expect(hook([{ '.id': '*1', kind: 'one', token: 'old' }], { kind: 'one', token: key() }, true).changes).toHaveLength(1);
});

test('a secret can be what a row needs', () => {
  expect(hook([], { kind: 'one', token: key() }).changes.map(({ after, secret }) => [after, secret])).toEqual([
    [{ kind: 'one' }, ['token']],
  ]);
  expect(refusedBy(() => hook([], { kind: 'one' })).message).toBe('token is needed to add to test-hooks.');
});

test('a secret that this version does not have is refused as any field is', () => {
  expect(refusedBy(() => hook([], { kind: 'one', token: key(), later: key() }))).toMatchObject({
    code: 'UNKNOWN_FIELD',
    message: `later does not exist on RouterOS ${VERSION}.`,
    hint: 'Leave it out.',
  });
});

test('a secret is not taken away', () => {
  expect(refusedBy(() => planned(tunnel, { ...set({}), unset: ['preshared-key'] } as Intent))).toMatchObject({
    code: 'INVALID_INPUT',
    message: 'preshared-key cannot be taken away: it is secret.',
    hint: 'Leave it out.',
  });
});
