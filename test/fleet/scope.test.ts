import { describe, expect, test } from 'vitest';
import type { Actor } from '../../src/lib/index.ts';
import { approved, EDGE, planned, type Rig, refusal, setDns, setNtp, startRig, UNGUARDED } from './rig.ts';

const TWO = [
  { recording: EDGE, name: 'edge-1' },
  { recording: EDGE, name: 'edge-2' },
];

const far = (rig: Rig, ...scope: readonly string[]) =>
  rig.operator.fleet.as({ id: 'agent:far', onBehalfOf: 'user:zoe', origin: 'http', roles: ['ops_rw'], terminal: false, scope } as Actor);

/** One plan for each router, one of them carried out, and one plan for both. */
async function twoRouters() {
  const rig = await startRig({ settings: UNGUARDED, specs: TWO });
  const one = await approved(rig, [setDns()]);
  await rig.fleet.apply({ planId: one.plan.id });
  const second = await rig.operator.fleet.plan({ device: 'edge-2', intents: [setDns()] });
  const both = await rig.operator.fleet.planMany({ devices: ['edge-1', 'edge-2'], intents: [setNtp()] });
  return { rig, one: one.plan.id, second: second.view?.plan.id ?? '', both: both.view?.plan.id ?? '' };
}

describe('who is in scope of one router', () => {
  test('sees the plans, the jobs and the records of that router, and no others', async () => {
    const { rig, one, second, both } = await twoRouters();
    await using _rig = rig;
    for (const [name, mine, hidden] of [
      ['edge-1', [one], [second, both]],
      ['edge-2', [second], [one, both]],
    ] as const) {
      const fleet = far(rig, name);
      expect((await fleet.plans()).map(({ plan }) => plan.id)).toEqual(mine);
      for (const planId of mine) expect((await fleet.showPlan(planId)).plan.id).toBe(planId);
      for (const planId of hidden)
        for (const look of [fleet.showPlan, fleet.journal]) expect((await refusal(look(planId))).code).toBe('UNKNOWN_PLAN');
      const { id } = await rig.operator.fleet.device(name);
      const records = await fleet.history({ limit: 1_000 });
      expect(records.length).toBeGreaterThan(0);
      expect(records.every(({ device, actor }) => (device ?? id) === id && (device !== undefined || actor === 'agent:far'))).toBe(true);
    }
    const [job] = await rig.operator.fleet.jobs();
    expect(await far(rig, 'edge-1').jobs()).toHaveLength(1);
    expect(await far(rig, 'edge-2').jobs()).toEqual([]);
    expect((await refusal(far(rig, 'edge-2').job(job?.jobId ?? ''))).code).toBe('UNKNOWN_PLAN');
    expect((await far(rig, 'all').plans()).map(({ plan }) => plan.id).sort()).toEqual([one, second, both].sort());
  });

  test('asks for as many as it likes, and gets the newest of those it may see', async () => {
    const { rig, one } = await twoRouters();
    await using _rig = rig;
    const fleet = far(rig, 'edge-1');
    expect((await fleet.plans({ limit: 1 })).map(({ plan }) => plan.id)).toEqual([one]);
    expect(await fleet.history({ limit: 2 })).toHaveLength(2);
    expect((await refusal(fleet.plans({ limit: 0 }))).code).toBe('INVALID_INPUT');
  });

  test('hears of that router only, and has no other polled', async () => {
    const { rig } = await twoRouters();
    await using _rig = rig;
    const { plan } = await planned(rig, [setDns('192.0.2.77')]);
    await rig.operator.approve(plan.id);
    const { id } = await rig.operator.fleet.device('edge-2');
    const asked = rig.router.requests().length;
    const stop = new AbortController();
    const seen = new Set<string>();
    let samples = 0;
    for await (const event of far(rig, 'edge-2').watch({ signal: stop.signal, pollEvery: 50 })) {
      if (event.type !== 'store-changed') seen.add('sample' in event ? event.sample.deviceId : event.deviceId);
      if (event.type !== 'sample') continue;
      samples += 1;
      if (samples === 3) {
        expect(rig.router.requests()).toHaveLength(asked);
        await rig.fleet.apply({ planId: plan.id });
      }
      if (samples === 5) stop.abort();
    }
    expect([...seen]).toEqual([id]);
  });
});
