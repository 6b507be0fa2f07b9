import { expect, test } from 'vitest';
import { approved, BOB, outcomeOf, type Rig, refusal, setDns, setNtp, startRig, stored, UNGUARDED } from './rig.ts';

/** A plan of two changes of which the router neither keeps the second nor lets the first be undone. */
async function stuckPlan(settings: Readonly<Record<string, unknown>> = UNGUARDED) {
  const rig = await startRig({ fronts: true, settings });
  const { plan } = await approved(rig, [setDns('192.0.2.9'), setNtp('192.0.2.8')]);
  rig.front.hooks = {
    before: ({ write, path }) => {
      if (write >= 2 || (write === 0 && path === '/system/script/run')) throw new Error('lost');
    },
  };
  const view = await rig.fleet.apply({ planId: plan.id });
  rig.front.hooks = {};
  return { rig, view };
}

const look = (rig: Rig) => stored(rig.router, '/ip/dns', '/system/ntp/client');

test('a router that nobody knows how it stands takes no new plan until a person has looked', async () => {
  const { rig, view } = await stuckPlan();
  await using _rig = rig;
  expect(view.state).toBe('stuck');
  expect(outcomeOf(view)?.left).toMatchObject([{ capability: 'dns' }]);
  const error = await refusal(rig.fleet.plan({ device: 'edge-1', intents: [setDns('192.0.2.7')] }));
  expect(error).toMatchObject({ code: 'PLAN_STATE', details: { planId: view.plan.id } });
  expect(error.hint).toContain('plan resolve');
  const resolved = await rig.operator.resolve(view.plan.id, { as: 'accept', reason: 'DNS may stay' });
  expect(outcomeOf(resolved)).toMatchObject({
    state: 'stuck',
    resolved: { by: 'user:ann', reason: 'DNS may stay' },
    left: [{ capability: 'dns' }],
  });
  expect((await rig.fleet.plan({ device: 'edge-1', intents: [setDns('192.0.2.7')] })).planned).toBe(true);
  expect(await rig.fleet.history({ operation: 'plan.resolve' })).toMatchObject([{ result: 'ok', details: { as: 'accept' } }]);
});

test('what is said of the router is read back before it is believed', async () => {
  const { rig, view } = await stuckPlan();
  await using _rig = rig;
  const asked = look(rig);
  const { id } = view.plan;
  expect(await refusal(rig.operator.resolve(id, { as: 'pre', reason: 'all back' }))).toMatchObject({
    code: 'PLAN_STATE',
    details: { left: 1 },
  });
  expect(await refusal(rig.operator.resolve(id, { as: 'post', reason: 'all done' }))).toMatchObject({
    code: 'PLAN_STATE',
    details: { left: 1 },
  });
  expect(look(rig)).toEqual(asked);
  rig.router.edit('/system/ntp/client', undefined, { servers: '192.0.2.8' });
  expect((await rig.operator.resolve(id, { as: 'post', reason: 'done by hand' })).state).toBe('completed');
  expect(await refusal(rig.operator.resolve(id, { as: 'post', reason: 'again' }))).toMatchObject({ code: 'PLAN_STATE' });
});

test('put right by hand, it is as if it had been rolled back', async () => {
  const { rig, view } = await stuckPlan();
  await using _rig = rig;
  rig.router.edit('/ip/dns', undefined, { servers: '9.9.9.9,1.1.1.1' });
  const resolved = await rig.operator.resolve(view.plan.id, { as: 'pre', reason: 'put back by hand' });
  expect([resolved.state, outcomeOf(resolved)?.left]).toEqual(['rolled-back', []]);
});

test('only a person with the right to closes it, and says why', async () => {
  const { rig, view } = await stuckPlan();
  await using _rig = rig;
  expect(await refusal(rig.operator.resolve(view.plan.id, { as: 'accept', reason: '  ' }))).toMatchObject({ code: 'INVALID_INPUT' });
  expect(BOB.roles).toContain('admin');
  expect(await refusal(rig.operator.resolve('pln_0000000000000000', { as: 'accept', reason: 'x' }))).toMatchObject({
    code: 'UNKNOWN_PLAN',
  });
});
