import { expect, test } from 'vitest';
import { isEverywhere, may, VERBS } from '../../src/lib/access/may.ts';
import { type Actor, agent, ORIGINS, person, ROLES, type Role } from '../../src/lib/core/actor.ts';

const PLACE = { id: 'id-1', name: 'Edge-1', tags: { site: 'wien' } };
const of = (roles: readonly Role[], more: Partial<Actor> = {}): Actor => ({ ...person('ann', 'cli', true), roles, ...more });

test('the table of roles, whole', () => {
  const table = Object.fromEntries(ROLES.map((role) => [role, VERBS.filter((verb) => may(of([role]), verb).allowed)]));
  expect(table).toEqual({
    read_only: ['read'],
    ops_rw: ['read', 'load', 'plan', 'apply'],
    admin: ['read', 'load', 'plan', 'apply', 'enrol'],
    approver: ['approve', 'reject'],
  });
  for (const verb of VERBS) {
    expect(may(of([]), verb)).toMatchObject({ allowed: false, reason: expect.stringContaining(`to ${verb} needs the role`) });
    expect(may({ ...of([]), roles: ['root' as Role] }, verb).allowed).toBe(false);
  }
});

test('an agent may plan and apply, and neither approve nor enrol', () => {
  const model = agent('m', 'ann', 'stdio');
  expect(VERBS.filter((verb) => may(model, verb, PLACE).allowed)).toEqual(['read', 'load', 'plan', 'apply']);
});

test('without a scope: everything for who sits here, nothing for who comes over HTTP', () => {
  for (const origin of ORIGINS) {
    expect(may(of(['ops_rw'], { origin }), 'read', PLACE).allowed, origin).toBe(origin !== 'http');
    expect(isEverywhere(of([], { origin })), origin).toBe(origin !== 'http');
  }
});

test('a scope names routers by id, name or tag, or says all; anything else is no router', () => {
  const within = (scope: unknown) => may(of(['ops_rw'], { scope: scope as readonly string[] }), 'read', PLACE).allowed;
  for (const scope of [['all'], ['id-1'], ['edge-1'], ['EDGE-1'], ['site=wien'], ['x', 'id-1']])
    expect(within(scope), String(scope)).toBe(true);
  for (const scope of [[], [''], ['*'], ['edge'], ['ALL'], ['site=graz'], ['site'], ['ID-1'], [null], 'all', 7, {}, null])
    expect(within(scope), JSON.stringify(scope)).toBe(false);
  expect(isEverywhere(of([], { scope: ['id-1'] }))).toBe(false);
  expect(isEverywhere(of([], { origin: 'http', scope: ['all'] }))).toBe(true);
});

test('who is refused is told which role is missing, or that the router is not his', () => {
  const ask = (verb: (typeof VERBS)[number], more: Partial<Actor> = {}) => may(of(['read_only'], more), verb, PLACE);
  expect(Object.fromEntries(VERBS.map((verb) => [verb, ask(verb)]))).toEqual({
    read: { allowed: true },
    load: { allowed: false, reason: 'to load needs the role ops_rw or admin' },
    plan: { allowed: false, reason: 'to plan needs the role ops_rw or admin' },
    apply: { allowed: false, reason: 'to apply needs the role ops_rw or admin' },
    approve: { allowed: false, reason: 'to approve needs the role approver' },
    reject: { allowed: false, reason: 'to reject needs the role approver' },
    enrol: { allowed: false, reason: 'to enrol needs the role admin' },
  });
  expect(ask('read', { scope: [] })).toEqual({ allowed: false, reason: 'this router is not in the scope of who asks' });
});
