import { describe, expect, test } from 'vitest';
import type { Intent } from '../../src/lib/index.ts';
import { REARRANGED, rules, rulesBefore } from './firewall.ts';
import { applied, approved, planned, type Rig, refusal, setDns, setNtp, startRig, stored } from './rig.ts';

const add = (address: string, before?: { id: string }): Intent => ({
  verb: 'add',
  capability: 'firewall-filter',
  values: { chain: 'forward', action: 'drop', srcAddress: address },
  ...(before && { before }),
});
const log = (id: string, value: boolean): Intent => ({ verb: 'set', capability: 'firewall-filter', where: { id }, values: { log: value } });
const note = (id: string, comment: string): Intent => ({ verb: 'set', capability: 'firewall-filter', where: { id }, values: { comment } });

/** A new plan that undoes another, approved and applied. */
async function undo(rig: Rig, planId: string) {
  const { view } = await rig.fleet.rollback(planId);
  if (!view) throw new Error('nothing to undo');
  await rig.operator.approve(view.plan.id, { typedName: 'edge-1' });
  return await rig.fleet.apply({ planId: view.plan.id });
}

describe('undoing a completed plan', () => {
  test('is a plan of its own, to be approved like any other', async () => {
    await using rig = await startRig();
    const before = stored(rig.router, '/ip/dns', '/system/ntp/client');
    const { plan } = await applied(rig, [setDns(), setNtp()]);
    const { planned: there, view } = await rig.fleet.rollback(plan.id);
    expect(there).toBe(true);
    expect(view).toMatchObject({ state: 'review', plan: { summary: `Undo ${plan.id}`, risk: 'low', author: { id: 'agent:model' } } });
    expect(view?.plan.targets[0]?.changes.map(({ capability }) => capability)).toEqual(['ntp-client', 'dns']);
    expect(await refusal(rig.fleet.apply({ planId: view?.plan.id ?? '' }))).toMatchObject({ code: 'APPROVAL_MISSING' });
    await rig.operator.approve(view?.plan.id ?? '');
    expect((await rig.fleet.apply({ planId: view?.plan.id ?? '' })).state).toBe('completed');
    expect(stored(rig.router, '/ip/dns', '/system/ntp/client')).toEqual(before);
    expect(await rig.fleet.showPlan(plan.id)).toMatchObject({ state: 'completed' });
  });

  const CASES: readonly (readonly [string, readonly Intent[], readonly string[]])[] = [
    ['an ordered menu, rearranged', REARRANGED, ['*1B']],
    ['additions at both ends', [add('192.0.2.1', { id: '*2' }), add('192.0.2.2')], []],
    ['two additions before the same rule', [add('192.0.2.1', { id: '*8' }), add('192.0.2.2', { id: '*8' })], []],
    [
      'neighbours removed',
      [
        { verb: 'remove', capability: 'firewall-filter', where: { id: '*8' } },
        { verb: 'remove', capability: 'firewall-filter', where: { id: '*1B' } },
      ],
      ['*8', '*1B'],
    ],
    ['the first rule removed', [{ verb: 'remove', capability: 'firewall-filter', where: { id: '*2' } }], ['*2']],
    ['one rule set twice', [log('*8', true), note('*8', 'changed twice')], []],
    [
      'one rule set and moved',
      [log('*8', true), { verb: 'move', capability: 'firewall-filter', where: { id: '*8' }, before: { id: '*2' } }],
      [],
    ],
    [
      'one rule moved twice',
      [
        { verb: 'move', capability: 'firewall-filter', where: { id: '*8' }, before: { id: '*2' } },
        { verb: 'move', capability: 'firewall-filter', where: { id: '*8' }, before: { id: '*6' } },
      ],
      [],
    ],
    [
      'a field taken away',
      [
        {
          verb: 'set',
          capability: 'firewall-filter',
          where: { id: '*8' },
          values: {},
          unset: ['in-interface-list', 'connection-nat-state'],
        },
      ],
      [],
    ],
    ['a field given', [{ verb: 'set', capability: 'firewall-filter', where: { id: '*8' }, values: { srcAddress: '192.0.2.0/24' } }], []],
  ];

  test.each(CASES)('brings back the start: %s', async (_name, intents, removed) => {
    await using rig = await startRig();
    const { known, rows } = rulesBefore(rig.router, removed);
    const done = await applied(rig, intents);
    expect(done.state).toBe('completed');
    expect(rules(rig.router, known)).not.toEqual(rows);
    expect((await undo(rig, done.plan.id)).state).toBe('completed');
    expect(rules(rig.router, known)).toEqual(rows);
  });

  test('and undoing that brings back the change', async () => {
    await using rig = await startRig();
    const first = await applied(rig, REARRANGED);
    const comments = rig.router.rows('/ip/firewall/filter').map((row) => row['comment']);
    const second = await undo(rig, first.plan.id);
    expect(rig.router.rows('/ip/firewall/filter').map((row) => row['comment'])).not.toEqual(comments);
    expect((await undo(rig, second.plan.id)).state).toBe('completed');
    expect(rig.router.rows('/ip/firewall/filter').map((row) => row['comment'])).toEqual(comments);
  });

  test('of an addition whose reply was lost finds the row', async () => {
    await using rig = await startRig();
    const { known, rows } = rulesBefore(rig.router);
    rig.router.fault({ method: 'write', nth: 1, action: { kind: 'lose-reply' } });
    const done = await applied(rig, [add('192.0.2.1', { id: '*8' })]);
    expect(done.state).toBe('completed');
    rig.router.clearFaults();
    expect((await undo(rig, done.plan.id)).state).toBe('completed');
    expect(rules(rig.router, known)).toEqual(rows);
  });

  test('of rows that are called alike in two menus', async () => {
    await using rig = await startRig();
    const { known, rows } = rulesBefore(rig.router, ['*4']);
    const addresses = rig.router.rows('/ip/address');
    const done = await applied(rig, [
      { verb: 'set', capability: 'ip-address', where: { id: '*4' }, values: { disabled: true } },
      { verb: 'remove', capability: 'firewall-filter', where: { id: '*4' } },
    ]);
    expect(done.state).toBe('completed');
    expect((await undo(rig, done.plan.id)).state).toBe('completed');
    expect(rules(rig.router, known)).toEqual(rows);
    expect(rig.router.rows('/ip/address')).toEqual(addresses);
  });

  test('in a list without order', async () => {
    await using rig = await startRig();
    const before = rig.router.rows('/ip/address');
    const done = await applied(rig, [
      { verb: 'add', capability: 'ip-address', values: { address: '192.0.2.1/24', interface: 'ether1' } },
      { verb: 'set', capability: 'ip-address', where: { id: before[0]?.['.id'] }, values: { comment: 'noted' } },
    ]);
    expect(done.state).toBe('completed');
    expect((await undo(rig, done.plan.id)).state).toBe('completed');
    expect(rig.router.rows('/ip/address')).toEqual(before);
  });
});

describe('is refused', () => {
  test.each([
    ['what it set was set again', [setDns()], (rig: Rig) => rig.router.edit('/ip/dns', undefined, { servers: '8.8.8.8' })],
    [
      'what it added is gone',
      [add('192.0.2.1')],
      (rig: Rig) => rig.router.remove('/ip/firewall/filter', rig.router.rows('/ip/firewall/filter').at(-1)?.['.id'] ?? ''),
    ],
    [
      'what it added was changed',
      [add('192.0.2.1')],
      (rig: Rig) => rig.router.edit('/ip/firewall/filter', rig.router.rows('/ip/firewall/filter').at(-1)?.['.id'], { action: 'accept' }),
    ],
    [
      'what it moved was moved on',
      [{ verb: 'move', capability: 'firewall-filter', where: { id: '*8' }, before: { id: '*2' } }],
      (rig: Rig) => rig.router.remove('/ip/firewall/filter', '*2'),
    ],
  ] as readonly (readonly [string, readonly Intent[], (rig: Rig) => void])[])('since %s', async (_name, intents, edit) => {
    await using rig = await startRig();
    const { plan } = await applied(rig, intents);
    edit(rig);
    expect(await refusal(rig.fleet.rollback(plan.id))).toMatchObject({ code: 'STALE', details: { change: 0 } });
    expect(await rig.fleet.plans()).toHaveLength(1);
  });

  test('since the plan is not completed', async () => {
    await using rig = await startRig();
    const waiting = await planned(rig);
    expect(await refusal(rig.fleet.rollback(waiting.plan.id))).toMatchObject({ code: 'PLAN_STATE' });
    const ready = await approved(rig, [setNtp()]);
    expect(await refusal(rig.fleet.rollback(ready.plan.id))).toMatchObject({ code: 'PLAN_STATE' });
  });

  test('since the device is gone', async () => {
    await using rig = await startRig();
    const { plan } = await applied(rig);
    await rig.operator.removeDevice('edge-1');
    expect(await refusal(rig.fleet.rollback(plan.id))).toMatchObject({ code: 'UNKNOWN_DEVICE' });
  });

  test('since the device allows nothing any more', async () => {
    await using rig = await startRig({ store: 'file', allow: ['advanced-writes'] });
    const { plan } = await applied(rig);
    await rig.editStore((database) => {
      const row = database.prepare('select body from devices').get() as { body: string };
      database.prepare('update devices set body = ?').run(row.body.replace('"advanced-writes"', ''));
    });
    expect(await refusal(rig.fleet.rollback(plan.id))).toMatchObject({ code: 'DENIED' });
  });
});
