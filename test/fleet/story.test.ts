import { describe, expect, test } from 'vitest';
import { ANN, applied, approved, MODEL, outcomeOf, planned, refusal, setDns, startRig, UNGUARDED, writesOf } from './rig.ts';

describe.each(['memory', 'file'] as const)('the story: %s', (store) => {
  test('a model plans, a person approves, the model applies', async () => {
    await using rig = await startRig({ settings: UNGUARDED, store });
    const { router, fleet, operator } = rig;
    const before = await fleet.read({ device: 'edge-1', capability: 'dns', fields: ['servers'] });
    expect(before.items).toEqual([{ servers: ['9.9.9.9', '1.1.1.1'] }]);

    const view = await planned(rig);
    const { plan } = view;
    expect(view).toMatchObject({ state: 'review', approvalNeeds: { typedName: null, terminal: false } });
    expect(plan).toMatchObject({
      author: { id: 'agent:model', onBehalfOf: 'user:ann', origin: 'stdio' },
      risk: 'low',
      summary: 'set dns',
      blastRadius: { devices: 1, changes: 1, menus: ['/ip/dns'] },
    });
    expect(plan.targets[0]?.changes).toMatchObject([
      { verb: 'set', before: { servers: '9.9.9.9,1.1.1.1' }, after: { servers: '192.0.2.53,192.0.2.54' } },
    ]);
    expect(writesOf(router)).toEqual([]);

    expect(await refusal(fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'APPROVAL_MISSING' });
    const given = await operator.approve(plan.id);
    expect(given.view).toMatchObject({ state: 'approved', approval: { by: 'user:ann', kind: 'person' } });

    const done = await fleet.apply({ planId: plan.id });
    expect(done.state).toBe('completed');
    expect(outcomeOf(done)).toMatchObject({ state: 'completed', left: [], drift: [] });
    expect(outcomeOf(done)?.checks.map(({ check, verdict }) => `${check}: ${verdict}`)).toEqual([
      'planned rows: pass',
      'REST answers: pass',
      'no reboot: pass',
      'processor load: pass',
      'free memory: pass',
      'temperature: pass',
      'interfaces running: pass',
      'neighbours: pass',
      'OSPF neighbours: pass',
      'IPv4 routes: pass',
      'IPv6 routes: pass',
      'DNS answers: pass',
      'NTP in sync: pass',
      'dns example.com (if it held before): pass',
    ]);
    // The router's own word, not ours.
    expect(router.rows('/ip/dns')).toMatchObject([{ servers: '192.0.2.53,192.0.2.54' }]);
    expect(writesOf(router)).toMatchObject([{ method: 'POST', path: '/ip/dns/set', body: '{"servers":"192.0.2.53,192.0.2.54"}' }]);
    expect(router.maxInFlight).toBe(1);

    expect(await refusal(fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'PLAN_STATE', details: { state: 'completed' } });
    expect(writesOf(router)).toHaveLength(1);
    expect(await operator.fleet.verifyLedger()).toMatchObject({ ok: true, problems: [] });
    expect(done.runs).toMatchObject([{ planId: plan.id, by: 'agent:model' }]);
    expect(done.runs[0]?.endedAt).toBeDefined();
  });

  test('what is already so needs no plan', async () => {
    await using rig = await startRig({ settings: UNGUARDED, store });
    await applied(rig);
    expect(await rig.fleet.plan({ device: 'edge-1', intents: [setDns()] })).toEqual({ planned: false });
    expect(await rig.fleet.plans()).toHaveLength(1);
  });

  test('the ledger tells it', async () => {
    await using rig = await startRig({ settings: UNGUARDED, store });
    const { plan } = await applied(rig);
    const records = await rig.fleet.history({ planId: plan.id, ascending: true });
    expect(records.map(({ actor, operation, result }) => `${actor} ${operation} ${result}`)).toEqual([
      'agent:model plan.create ok',
      'user:ann plan.approve ok',
      'agent:model plan.apply started',
      'agent:model router.write started',
      'agent:model router.write ok',
      'agent:model plan.apply ok',
    ]);
    expect(records.every((record) => record.plan === plan.id)).toBe(true);
    expect(records.filter((record) => record.device !== undefined).every((record) => record.environment === 'lab')).toBe(true);
    expect(records.find(({ operation }) => operation === 'plan.apply')).toMatchObject({
      onBehalfOf: 'user:ann',
      origin: 'stdio',
      details: { hash: plan.hash, approvedBy: 'user:ann' },
    });
  });

  test('a recipe is a plan like any other', async () => {
    await using rig = await startRig({ settings: UNGUARDED, store });
    const { view } = await rig.fleet.planRecipe({
      device: 'edge-1',
      recipe: 'dns-ntp-rollout',
      input: { 'dns-servers': '192.0.2.53', ntpServers: ['192.0.2.123'] },
    });
    expect(view?.plan).toMatchObject({
      recipe: 'dns-ntp-rollout',
      summary: 'Set DNS servers and NTP servers',
      blastRadius: { changes: 2 },
    });
    await rig.operator.approve(view?.plan.id ?? '');
    expect((await rig.fleet.apply({ planId: view?.plan.id ?? '' })).state).toBe('completed');
    expect(rig.router.rows('/ip/dns')).toMatchObject([{ servers: '192.0.2.53' }]);
    expect(rig.router.rows('/system/ntp/client')).toMatchObject([{ servers: '192.0.2.123' }]);
  });
});

test('a person may do it alone, and another opening of the directory sees it', async () => {
  await using rig = await startRig({ settings: UNGUARDED, store: 'file' });
  const { plan } = await approved(rig);
  await using other = await rig.open();
  expect(await other.fleet.showPlan(plan.id)).toMatchObject({ state: 'approved' });
  await other.fleet.as(ANN).apply({ planId: plan.id });
  expect(await rig.fleet.as(MODEL).showPlan(plan.id)).toMatchObject({ state: 'completed' });
  expect((await rig.fleet.verifyLedger()).chains).toBe(2);
});
