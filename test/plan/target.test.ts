import { describe, expect, test } from 'vitest';
import type { Intent } from '../../src/lib/plan/intent.ts';
import { isIntact, sealPlan, targetOf } from '../../src/lib/plan/plan.ts';
import { draftChanges } from '../../src/lib/plan/planner.ts';
import { EXECUTE_WITHIN, PLAN_LIFE } from '../../src/lib/plan/policy.ts';
import type { Guard, Reach } from '../../src/lib/plan/types.ts';
import { device } from '../laws/world.ts';
import { dns, filter, lists, menusWith, NOW, on, rule, targetFor, VERSION } from './helpers.ts';

const ROWS = { dns: [{ servers: '1.1.1.1' }], 'firewall-filter': [rule('a'), rule('b')], 'firewall-address-list': [] };
const SET: Intent = { verb: 'set', ...on(dns), values: { servers: '9.9.9.9' } };
const DROP: Intent = { verb: 'remove', ...on(filter), where: { id: '*1' } };
const LIST: Intent = { verb: 'add', ...on(lists), values: { list: 'x', address: '10.0.0.1' } };

describe('a target', () => {
  test('names the router by all that tells it from another', () => {
    const one = device(VERSION, { id: 'd7', name: 'core-7', environment: 'prod' });
    const menus = menusWith(ROWS);
    expect(targetOf(one, menus, draftChanges(menus, [SET]))).toMatchObject({
      deviceId: 'd7',
      deviceName: 'core-7',
      environment: 'prod',
      hardwareId: one.facts.hardwareId,
      version: VERSION,
    });
  });

  test('of which nothing was found out has no guard, and says why; nothing is foretold and nothing checked', () => {
    expect(targetFor(ROWS, SET)).toMatchObject({ guard: { kind: 'none', why: 'it was not probed' }, reach: [], checks: [], lost: [] });
  });

  test('carries what was found out on the router', () => {
    const guard: Guard = { kind: 'armed', token: '0123456789', triggers: ['job'], seconds: 300, warnings: [] };
    const reach: readonly Reach[] = [{ transport: 'rest', verdict: 'yes', why: 'nothing in its way is touched' }];
    const checks = ['ping 192.0.2.1'];
    const menus = menusWith(ROWS);
    const watched = menus.get('firewall-filter') ?? expect.fail('no menu');
    const critical = [{ menu: watched, ids: ['*2'] }];
    const target = targetOf(device(VERSION), menus, draftChanges(menus, [SET]), { guard, reach, checks, critical });
    expect(target).toMatchObject({ guard, reach, checks });
    expect(target.base.sections.map(({ menu, critical: hangsOn }) => [menu, hangsOn])).toEqual([
      ['/ip/dns', undefined],
      ['/ip/firewall/filter', true],
    ]);
  });

  test('tells what is lost', () => {
    const lossy = { dns: [{ servers: '1.1.1.1', '.lossy': 'servers' }] };
    expect(targetFor(lossy, SET).lost).toHaveLength(1);
  });

  test('has no request for a change of a menu that was not read, and none to undo it', () => {
    const menus = menusWith(ROWS);
    const made = draftChanges(menus, [SET, DROP]);
    const drop = made.changes[1] ?? expect.fail('no change');
    const stray = { ...drop, capability: 'nowhere' };
    const target = targetOf(device(VERSION), menus, { ...made, changes: [stray, drop] });
    expect(target.steps).toEqual([{ change: 1, call: { verb: 'remove', menu: '/ip/firewall/filter', id: '*1' } }]);
    expect(target.undo).toEqual([[], [expect.objectContaining({ verb: 'add' })]]);
  });
});

describe('a plan', () => {
  const parts = { id: 'pln_0000000000000000', author: { id: 'user:ann', origin: 'cli' }, summary: 's', risk: 'low' as const, reasons: [] };
  const first = targetFor(ROWS, LIST, SET);
  const second = targetFor(ROWS, DROP, SET);
  const plan = sealPlan({ ...parts, targets: [first, second], createdAt: NOW });

  test('of several routers says how many, how many changes, and each menu once, in one order', () => {
    expect(plan.blastRadius).toEqual({
      devices: 2,
      changes: 4,
      menus: ['/ip/dns', '/ip/firewall/address-list', '/ip/firewall/filter'],
    });
    expect(sealPlan({ ...parts, targets: [], createdAt: NOW }).blastRadius).toEqual({ devices: 0, changes: 0, menus: [] });
  });

  test('checks nothing and waits for nothing unless it is told to', () => {
    expect(plan).toMatchObject({ format: 1, checks: [], soakSeconds: 0, expiresAt: NOW + PLAN_LIFE, executeWithin: EXECUTE_WITHIN });
    expect(plan).not.toHaveProperty('rollout');
    expect(plan).not.toHaveProperty('recipe');
    const told = { checks: ['ping 192.0.2.1'], soakSeconds: 30, recipe: 'dns-rollout' };
    expect(sealPlan({ ...parts, ...told, targets: [first], createdAt: NOW })).toMatchObject(told);
  });

  test('has a life of its own making: nobody hands one in with a longer life or another extent', () => {
    const asked = { expiresAt: NOW * 2, executeWithin: 1e12, blastRadius: { devices: 0, changes: 0, menus: [] } };
    expect(sealPlan({ ...parts, ...asked, targets: [first, second], createdAt: NOW })).toEqual(plan);
  });

  test('is named by its whole content, and read back from text it is whole', () => {
    expect(plan.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(isIntact(JSON.parse(JSON.stringify(plan)))).toBe(true);
    expect(isIntact({ ...plan, hash: '0'.repeat(64) })).toBe(false);
    for (const [name, value] of Object.entries({ summary: 't', expiresAt: plan.expiresAt + 1, executeWithin: 1, soakSeconds: 1 }))
      expect(isIntact({ ...plan, [name]: value }), name).toBe(false);
    expect(isIntact({ ...plan, targets: [second, first] })).toBe(false);
  });

  test('cannot be changed, at no depth', () => {
    const [target] = plan.targets;
    expect(() => Object.assign(plan, { summary: 'x' })).toThrow(TypeError);
    expect(() => Object.assign(target?.steps[0]?.call ?? expect.fail('no call'), { menu: '/user' })).toThrow(TypeError);
    expect(() => Object.assign(target?.changes[0]?.after ?? expect.fail('no values'), { address: '0.0.0.0/0' })).toThrow(TypeError);
  });
});
