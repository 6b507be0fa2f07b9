import { describe, expect, test } from 'vitest';
import type { Allowance, Environment, Intent } from '../../src/lib/index.ts';
import { MODEL, outcomeOf, refusal, setDns, setNtp, startRig, UNGUARDED, writesOf } from './rig.ts';

const RULE = 'advanced-writes-at-once';

describe('a low-risk change of one router that allows it', () => {
  test.each(['lab', 'staging'] as const)('runs at once in %s, approved by the rule', async (environment) => {
    await using rig = await startRig({ environment, allow: ['advanced-writes'], settings: UNGUARDED });
    const result = await rig.fleet.direct({ device: 'edge-1', intents: [setDns()] });
    expect(result).toMatchObject({
      planned: true,
      applied: true,
      view: { state: 'completed', approval: { by: `policy:${RULE}`, kind: 'policy', rule: RULE } },
    });
    expect(result.view?.approval?.consumedAt).toBeDefined();
    expect(rig.router.rows('/ip/dns')).toMatchObject([{ servers: '192.0.2.53,192.0.2.54' }]);
    const records = await rig.fleet.history({ planId: result.view?.plan.id ?? '', ascending: true });
    expect(
      records
        .slice(0, 3)
        .map(({ actor, origin, operation, result: came, details }) => [
          actor,
          origin,
          operation,
          came,
          details['approvedBy'] ?? details['rule'],
        ]),
    ).toEqual([
      ['agent:model', 'stdio', 'plan.create', 'ok', undefined],
      [`policy:${RULE}`, 'system', 'plan.approve', 'ok', RULE],
      ['agent:model', 'stdio', 'plan.apply', 'started', `policy:${RULE}`],
    ]);
    expect(await rig.fleet.verifyLedger()).toMatchObject({ ok: true });
  });

  test('is checked, validated and undone like any other', async () => {
    await using rig = await startRig({ settings: UNGUARDED });
    rig.router.fault({ method: 'write', nth: 2, action: { kind: 'answer', status: 400, detail: 'failure: not now' } });
    const result = await rig.fleet.direct({ device: 'edge-1', intents: [setDns(), setNtp()] });
    expect(result).toMatchObject({ applied: false, view: { state: 'rolled-back' } });
    expect(rig.router.rows('/ip/dns')).toMatchObject([{ servers: '9.9.9.9,1.1.1.1' }]);
  });

  test('that is already so is none', async () => {
    await using rig = await startRig({ settings: UNGUARDED });
    await rig.fleet.direct({ device: 'edge-1', intents: [setDns()] });
    expect(await rig.fleet.direct({ device: 'edge-1', intents: [setDns()] })).toEqual({ planned: false, applied: false });
    expect(writesOf(rig.router)).toHaveLength(1);
  });
});

describe('everything else waits for a person', () => {
  type Case = readonly [
    name: string,
    environment: Environment,
    allow: readonly Allowance[],
    intent: Intent,
    settings: Record<string, unknown>,
  ];
  const medium: Intent = { verb: 'set', capability: 'firewall-filter', where: { id: '*8' }, values: { log: true } };
  const CASES: readonly Case[] = [
    ['in prod', 'prod', ['advanced-writes'], setDns(), {}],
    ['more risk', 'lab', ['advanced-writes', 'firewall-writes'], medium, {}],
    ['the setting is off', 'lab', ['advanced-writes'], setDns(), { 'policy.advancedWritesAtOnce': false }],
    ['only the greater allowance', 'lab', ['professional-workflows'], setDns(), {}],
  ];

  test.each(CASES)('%s', async (_name, environment, allow, intent, settings) => {
    await using rig = await startRig({ environment, allow, settings: { ...UNGUARDED, ...settings } });
    const result = await rig.fleet.direct({ device: 'edge-1', intents: [intent] });
    expect(result).toMatchObject({ planned: true, applied: false, view: { state: 'review' } });
    expect(result.waitsBecause).toMatch(/needs a person's approval$/);
    expect(writesOf(rig.router)).toEqual([]);
    expect(await rig.fleet.history({ operation: 'plan.approve' })).toEqual([]);
  });

  test('what cannot be undone', async () => {
    await using rig = await startRig({ settings: UNGUARDED });
    rig.router.edit('/ip/dns', undefined, { servers: '9.9.9.9\u200b' });
    const result = await rig.fleet.direct({ device: 'edge-1', intents: [setDns()] });
    expect(result.view?.plan.targets[0]?.lost).toHaveLength(1);
    expect(result).toMatchObject({ applied: false, view: { state: 'review' } });
  });

  test('what is not allowed at all is refused, and does not wait', async () => {
    await using rig = await startRig({ allow: [] });
    expect(await refusal(rig.fleet.direct({ device: 'edge-1', intents: [setDns()] }))).toMatchObject({ code: 'DENIED' });
    expect(await rig.fleet.plans()).toEqual([]);
  });
});

describe('the rule is asked again when the plan is applied', () => {
  /** Approved by the rule, and then the router was away. */
  async function leftApproved() {
    const rig = await startRig({ store: 'file', fronts: true, settings: UNGUARDED });
    // Everything that the plan is made from comes through; what follows does not.
    rig.front.hooks = {
      before: async () => {
        if ((await rig.fleet.plans()).length > 0) throw new Error('away');
      },
    };
    expect(await refusal(rig.fleet.direct({ device: 'edge-1', intents: [setDns()] }))).toMatchObject({ kind: 'unreachable' });
    rig.front.hooks = {};
    const [view] = await rig.fleet.plans();
    if (!view) throw new Error('no plan');
    expect(view).toMatchObject({ state: 'approved', approval: { kind: 'policy' }, runs: [] });
    return { rig, planId: view.plan.id };
  }

  test('it still holds: the plan goes on', async () => {
    const { rig, planId } = await leftApproved();
    await using _rig = rig;
    expect((await rig.fleet.apply({ planId })).state).toBe('completed');
  });

  test('the setting was turned off in between', async () => {
    const { rig, planId } = await leftApproved();
    await using _rig = rig;
    await using other = await rig.open(MODEL, { 'policy.advancedWritesAtOnce': false });
    expect(await refusal(other.fleet.apply({ planId }))).toMatchObject({
      code: 'APPROVAL_INVALID',
      message: expect.stringContaining('no longer holds'),
    });
    expect(writesOf(rig.router)).toEqual([]);
    const [record] = await rig.fleet.history({ operation: 'plan.apply' });
    expect(record).toMatchObject({ result: 'denied', details: { code: 'APPROVAL_INVALID' } });
    // A person's yes is still possible.
    await rig.operator.approve(planId);
    expect(outcomeOf(await other.fleet.apply({ planId }))?.state).toBe('completed');
  });

  test('it ran out', async () => {
    const { rig, planId } = await leftApproved();
    await using _rig = rig;
    rig.clock.advance(16 * 60_000);
    expect(await refusal(rig.fleet.apply({ planId }))).toMatchObject({ code: 'APPROVAL_EXPIRED' });
    expect(await rig.fleet.showPlan(planId)).toMatchObject({ state: 'review' });
    expect(writesOf(rig.router)).toEqual([]);
  });
});
