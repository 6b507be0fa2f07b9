import { expect, test } from 'vitest';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import { StoreError } from '../../src/lib/core/errors.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import type { Meanwhile } from './execution.ts';
import type { MemoryRouter } from './memory-router.ts';
import { comment, one, remove, run } from './run.ts';
import { capabilityOf, notes, rules, tunnels } from './subjects.ts';
import { draftOf, routerOf } from './world.ts';

/** What the laws found once, kept by name. */

test('RouterOS counts ids in every menu anew: a row put back in one menu does not move its namesake in another', async () => {
  const start = { [tunnels.menu]: [{ name: 'a' }, { name: 'b' }], [rules.menu]: [one('x'), one('y')] };
  const intents = [comment(rules.id, '*1', 'z'), remove(tunnels.id, '*1'), remove(tunnels.id, '*2'), comment(rules.id, '*2', 'z')];
  const { word, writes } = await run([tunnels.id, rules.id], start, intents, { check: 'fail' });
  expect(word).toBe('rolled-back');
  expect(writes.filter(({ menu, verb }) => menu === rules.menu && verb === 'set').map((call) => 'id' in call && call.id)).toEqual([
    '*1',
    '*2',
    '*2',
    '*1',
  ]);
});

test('a lost add is found although another menu’s new row has the same id', async () => {
  const add = (capability: string, values: Readonly<Record<string, unknown>>): Intent => ({ verb: 'add', capability, values });
  const intents = [add(tunnels.id, { name: 'a' }), add(rules.id, { chain: 'one', comment: 'x' })];
  const { word } = await run([tunnels.id, rules.id], { [tunnels.menu]: [], [rules.menu]: [] }, intents, { writes: ['none', 'lost-after'] });
  expect(word).toBe('completed');
});

test('no answer, a disk that fails just then, and a write that takes effect later: it is not said that nothing was changed', async () => {
  const intents: readonly Intent[] = [{ verb: 'set', capability: 'system-identity', values: { name: 'b' } }];
  const { thrown } = await run(['system-identity'], { '/system/identity': [{ name: 'a' }] }, intents, {
    writes: ['late'],
    journalFails: 2,
  });
  expect(thrown).toBeInstanceOf(StoreError);
});

test('a row that was put back is found when the answer names no id', async () => {
  const { word } = await run([tunnels.id], { [tunnels.menu]: [{ name: 'a', mtu: '1400' }] }, [remove(tunnels.id, '*1')], {
    writes: ['none', 'silent'],
    check: 'fail',
  });
  expect(word).toBe('rolled-back');
});

test('a row of the plan that the plan removes again comes back under another id', async () => {
  const intents: readonly Intent[] = [
    { verb: 'add', capability: rules.id, values: one('new') },
    comment(rules.id, '#0', 'newer'),
    remove(rules.id, '#0'),
    { verb: 'add', capability: rules.id, values: one('other') },
  ];
  for (const writes of [
    [],
    ['none', 'none', 'none', 'none', 'none', 'silent'],
    ['none', 'none', 'none', 'none', 'none', 'lost-after'],
  ] as const) {
    const { word } = await run([rules.id], { [rules.menu]: [one('x')] }, intents, { writes, check: 'fail' });
    expect(word).toBe('rolled-back');
  }
});

test('IPv6 in another spelling than the router’s is not a third value', async () => {
  const intents: readonly Intent[] = [{ verb: 'set', capability: 'dns', values: { servers: '2001:DB8:0:0::1,192.0.2.1' } }];
  const { word, router } = await run(['dns'], { '/ip/dns': [{ servers: '192.0.2.9' }] }, intents);
  expect(word).toBe('completed');
  expect(router.read({ verb: 'read', menu: '/ip/dns' })[0]).toMatchObject({ servers: '2001:db8::1,192.0.2.1' });
});

test('a network with host bits is that network', async () => {
  const intents: readonly Intent[] = [{ verb: 'add', capability: 'firewall-address-list', values: { list: 'x', address: '10.1.2.3/8' } }];
  const { word, writes } = await run(['firewall-address-list'], { '/ip/firewall/address-list': [] }, intents);
  expect(word).toBe('completed');
  expect(writes).toMatchObject([{ values: { address: '10.0.0.0/8' } }]);
});

test('a switch that this version does not have is not off: it is not there', () => {
  const filter = capabilityOf('firewall-filter');
  expect(decodeRow(filter, { chain: 'a', action: 'drop' }, '7.24').item).not.toHaveProperty('hwOffload');
  expect(decodeRow(filter, { chain: 'a', action: 'drop' }, '7.20.8').item).toHaveProperty('hwOffload', false);
});

test('a row that somebody else added while ours was lost is not taken for ours', async () => {
  const stranger = { chain: 'two', comment: 'theirs', '.id': '*F0' };
  const come =
    (router: MemoryRouter): Meanwhile =>
    () =>
      router.meddle(rules.menu, (rows) => [...rows, stranger]);
  const add: Intent = { verb: 'add', capability: rules.id, values: { chain: 'two' } };
  const { outcome, router } = await run([rules.id], { [rules.menu]: [one('x')] }, [add], { writes: ['lost-before'] }, come);
  expect(outcome).toMatchObject({ state: 'stuck', left: [{ verb: 'add' }] });
  expect(router.read({ verb: 'read', menu: rules.menu }).at(-1)).toMatchObject(stranger);
});

test('a set that stands for a missing field is one text, in whatever order it was declared (law 4, dhcp-client, seed 1816824182)', async () => {
  const start = { [notes.menu]: [{ topic: 'one', options: 'hostname,clientid' }] };
  const world = { version: '7.12.2', of: [notes.id], start };
  const intents: readonly Intent[] = [
    { verb: 'set', capability: notes.id, where: { id: '*1' }, values: { topic: 'one' }, unset: ['options'] },
    { verb: 'add', capability: notes.id, values: { topic: 'one' } },
  ];
  expect(draftOf({ ...world, intents }, routerOf({ ...world, intents })).changes).toEqual([]);
  const { word } = await run([notes.id], start, [remove(notes.id, '*1')], { check: 'fail' });
  expect(word).toBe('rolled-back');
});

test('a switch that a new row has on: what is off is put back off, what is on needs no word', async () => {
  for (const learn of ['false', 'true']) {
    const start = { [notes.menu]: [{ topic: 'one', learn }] };
    const { word, writes } = await run([notes.id], start, [remove(notes.id, '*1')], { check: 'fail' });
    expect(word).toBe('rolled-back');
    expect(writes.at(-1)).toMatchObject({ verb: 'add', values: { topic: 'one', ...(learn === 'false' && { learn: 'no' }) } });
  }
});
