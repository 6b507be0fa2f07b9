import { describe, expect, test } from 'vitest';
import { ENDS, LONG, rollOutAndCompare } from './ends.ts';
import { REFUSED, startYard, subsets, until } from './yard.ts';

test('two routers: each way in which they can fail, and each end of a rollout that stops', async () => {
  await using yard = await startYard({ routers: 2 });
  const shapes = LONG ? [[2], [1, 1]] : [[2]];
  for (const [nth, bad] of subsets(2).entries())
    for (const onStop of ENDS)
      for (const waves of shapes)
        for (const budget of LONG ? [0, 1] : [nth % 2]) await rollOutAndCompare(yard, waves, bad, { onStop, budget });
  expect(await yard.rig.fleet.verifyLedger()).toMatchObject({ ok: true });
});

describe('four routers side by side', () => {
  test.each(LONG ? subsets(4) : [[], [0], [2, 3], [0, 1, 2, 3]])(
    '%j fail: the others are done or not touched, and none is between',
    async (...bad) => {
      await using yard = await startYard({ routers: 4 });
      const before = yard.servers();
      const { plan } = await yard.approved({ waves: [4], parallel: 4 });
      for (const at of bad) await yard.router(at).fault({ method: 'write', path: '/ip/dns/set', nth: 1, action: REFUSED });
      await yard.rig.fleet.apply({ planId: plan.id });
      const states = await yard.states(plan.id);
      for (const [at, state] of states.entries()) {
        if (bad.length === 0) expect(state).toBe('completed');
        else expect(bad.includes(at) ? ['failed', 'rolled-back', 'cancelled'] : ['rolled-back', 'cancelled']).toContain(state);
        expect(yard.servers()[at] === before[at]).toBe(state !== 'completed');
      }
    },
  );
});

describe('a router that cuts us off', () => {
  test('in the first place: it is stuck or goes back, counts as failed, and nobody else is touched', async () => {
    await using yard = await startYard({ routers: 2 });
    const { plan } = await yard.approved({ waves: [1, 1] });
    await yard.router(0).fault({ method: 'write', path: '/ip/dns/set', action: { kind: 'drop' } });
    const view = await yard.rig.fleet.apply({ planId: plan.id });
    expect(await yard.states(plan.id)).toEqual(['stuck', 'cancelled']);
    expect(view.targets[0]?.outcome).toMatchObject({ code: 'UNREACHABLE', left: [{ capability: 'dns' }] });
  });

  test('when it should be taken back: a person must look at it, and the plan says so', async () => {
    await using yard = await startYard({ routers: 2 });
    const { plan } = await yard.approved({ waves: [1, 1], onStop: 'roll-back-all' });
    await yard.router(1).fault({ method: 'write', path: '/ip/dns/set', action: REFUSED });
    // It answers until the second router fails.
    const stop = new AbortController();
    const cut = until(async () => {
      if (stop.signal.aborted) return true;
      if (yard.router(1).faults()[0]?.fired !== 1) return false;
      await yard.router(0).fault({ action: { kind: 'drop' } });
      return true;
    });
    await yard.rig.fleet.apply({ planId: plan.id });
    stop.abort();
    await cut;
    const [first, second] = await yard.states(plan.id);
    expect(first).toBe('stuck');
    expect(['failed', 'rolled-back']).toContain(second);
    expect((await yard.rig.fleet.jobs({ open: true })).length).toBe(0);
  });
});
