import { spawn } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { outcomeOf, type Rig, refusal } from '../fleet/rig.ts';
import { approvedUpgrade, edit, NEXT, OK, rigFor, sent, UPDATE, upgraded } from './upgrading.ts';

/** What becomes of an upgrade once the router was told: away and back, not back, back as it was; with a controller that dies, and of many. */

describe('the restart', () => {
  test('a lost answer is no loss, and nothing is sent twice', async () => {
    await using rig = await rigFor();
    await rig.router.fault({ path: `${UPDATE}/install`, action: { kind: 'lose-reply' } });
    expect(outcomeOf(await upgraded(rig))).toMatchObject({ state: 'completed' });
    expect(sent(rig, 'install')).toHaveLength(1);
  });

  test('it comes back as it was: failed, with nothing changed', async () => {
    await using rig = await rigFor();
    await rig.router.fault({ path: `${UPDATE}/install`, action: { kind: 'reboot', ms: 100 } });
    const done = await upgraded(rig);
    expect(outcomeOf(done)).toMatchObject({ state: 'failed', summary: expect.stringMatching(/restarted, and is not what was planned/) });
    expect(rig.router.version).toBe('7.20.6');
  });

  test('it does not come back: stuck, with what to do; and who looks at it later closes the plan', async () => {
    await using rig = await rigFor({ speed: 1_000 });
    const planId = await approvedUpgrade(rig);
    let away = false;
    rig.front.hooks = {
      before: () => {
        if (away) throw new Error('nobody is there');
      },
      after: ({ path: at }) => {
        away ||= at === `${UPDATE}/install`;
      },
    };
    const done = await rig.fleet.apply({ planId });
    expect(outcomeOf(done)).toMatchObject({
      state: 'stuck',
      code: 'TIMED_OUT',
      summary: expect.stringMatching(/did not come back/),
      hint: expect.stringMatching(/plan resolve/),
      left: [{ capability: 'package-update' }],
    });
    rig.front.hooks = {};
    const reason = 'the power supply was broken';
    expect(await refusal(rig.operator.resolve(planId, { as: 'pre', reason }))).toMatchObject({ code: 'PLAN_STATE' });
    expect((await rig.operator.resolve(planId, { as: 'post', reason })).state).toBe('completed');
  });

  test('it never went, and nobody knows whether it will: stuck', async () => {
    await using rig = await rigFor({ speed: 1_000 });
    await rig.router.fault({ path: `${UPDATE}/install`, action: { kind: 'reset' } });
    const done = await upgraded(rig);
    expect(outcomeOf(done)).toMatchObject({ state: 'stuck', code: 'TIMED_OUT', summary: expect.stringMatching(/may still do so/) });
  });

  test('a check that does not pass afterwards is waited for, and then it is stuck: it has no way back', async () => {
    await using rig = await rigFor({ speed: 1_000 });
    const planId = await approvedUpgrade(rig);
    rig.front.hooks = {
      after: ({ path: at }) => {
        if (at === `${UPDATE}/install`) edit(rig, '/system/ntp/client', { enabled: 'no' });
      },
    };
    const done = await rig.fleet.apply({ planId });
    expect(outcomeOf(done)).toMatchObject({ state: 'stuck', left: [{ capability: 'package-update' }] });
    expect(outcomeOf(done)?.checks).toContainEqual(expect.objectContaining({ check: 'NTP in sync', verdict: 'fail' }));
    expect(sent(rig, 'install')).toHaveLength(1);
  });

  test('who calls it off while it is watched cannot take it back: it stays, and is watched to the end', async () => {
    await using rig = await rigFor();
    const { view } = await rig.fleet.planMany({ devices: ['edge-1'], recipe: 'routeros-upgrade', input: OK, soakSeconds: 60 });
    const planId = view?.plan.id ?? '';
    await rig.operator.approve(planId, { typedName: 'edge-1' });
    let asked = 0;
    rig.front.hooks = {
      after: async ({ path: at }) => {
        if (rig.router.version !== NEXT || !at.startsWith('/system/ntp/client')) return;
        asked += 1;
        if (asked === 1) await rig.fleet.control(planId, 'cancel');
      },
    };
    expect(outcomeOf(await rig.fleet.apply({ planId }))).toMatchObject({ state: 'completed' });
    expect(asked).toBeGreaterThan(1);
  });

  test('a check that passes late is enough', async () => {
    await using rig = await rigFor();
    const planId = await approvedUpgrade(rig);
    const port = rig.router.rows('/interface').find(({ name, running }) => running === 'true' && name !== 'ether1');
    const running = (text: string): void => rig.router.edit('/interface', port?.['.id'], { running: text });
    let looks = 0;
    rig.front.hooks = {
      before: ({ path: at }) => {
        if (at === `${UPDATE}/install`) running('false');
        if (rig.router.version === NEXT && at === '/interface/print') looks += 1;
        if (looks === 3) running('true');
      },
    };
    expect(outcomeOf(await rig.fleet.apply({ planId }))).toMatchObject({ state: 'completed' });
    expect(looks).toBeGreaterThanOrEqual(3);
  });
});

describe('a controller that is killed while the router is away', () => {
  const APPLY = path.join(import.meta.dirname, '../fleet/children/apply.ts');

  /** Kills the process that applies the plan as the request to install reaches the router, or just after. */
  async function killed(rig: Rig, planId: string, when: 'before' | 'after' = 'after'): Promise<void> {
    const running = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', APPLY, rig.dataDir, planId], { stdio: 'ignore' });
    const ended = new Promise((resolve) => running.once('close', resolve));
    const hook = async ({ path: at }: { readonly path: string }): Promise<void> => {
      if (at !== `${UPDATE}/install`) return;
      running.kill('SIGKILL');
      await ended;
      if (when === 'before') throw new Error('never arrived');
    };
    rig.front.hooks = { [when]: hook };
    await ended;
    rig.front.hooks = {};
  }

  test.each([
    ['it came back: completed', 50, 'completed'],
    ['it is away for a while yet: completed', 400, 'completed'],
    ['it does not come back: stuck', 3_600_000, 'stuck'],
  ])('%s', async (_, startMs, state) => {
    await using rig = await rigFor({ store: 'file', startMs, speed: startMs > 1_000 ? 1_000 : 100 });
    const planId = await approvedUpgrade(rig);
    await killed(rig, planId);
    expect((await rig.fleet.showPlan(planId)).state).toBe('executing');
    expect(await rig.fleet.recover()).toEqual([planId]);
    expect(outcomeOf(await rig.fleet.showPlan(planId))).toMatchObject({ state });
    expect(sent(rig, 'install')).toHaveLength(1);
    const last = (await rig.fleet.journal(planId)).at(-1)?.stage;
    if (state === 'completed') expect([rig.router.version, last]).toEqual([NEXT, 'verified']);
    expect(await rig.fleet.verifyLedger()).toMatchObject({ ok: true });
  });

  test('and was never told: nobody can know that, and it is not told again', async () => {
    await using rig = await rigFor({ store: 'file', speed: 1_000 });
    const planId = await approvedUpgrade(rig);
    await killed(rig, planId, 'before');
    expect((await rig.fleet.journal(planId)).at(-1)).toMatchObject({ stage: 'sent' });
    expect(await rig.fleet.recover()).toEqual([planId]);
    expect(outcomeOf(await rig.fleet.showPlan(planId))).toMatchObject({
      state: 'stuck',
      summary: expect.stringMatching(/may still do so/),
    });
    expect([rig.router.version, sent(rig, 'install').length]).toEqual(['7.20.6', 0]);
  });
});

describe('several routers', () => {
  const names = ['edge-1', 'edge-2', 'edge-3'];
  const request = { devices: names, recipe: 'routeros-upgrade', input: OK };

  async function approvedForAll(rig: Rig): Promise<string> {
    const { view } = await rig.fleet.planMany(request);
    expect(view?.plan.rollout).toMatchObject({ waves: [[expect.any(String)], [expect.any(String), expect.any(String)]], onStop: 'keep' });
    await rig.operator.approve(view?.plan.id ?? '', { typedName: '3 routers' });
    return view?.plan.id ?? '';
  }

  test('one first, then the others', async () => {
    await using rig = await rigFor({ routers: 3 });
    const planId = await approvedForAll(rig);
    const versions: (readonly string[])[] = [];
    for (const front of rig.fronts)
      front.hooks = {
        before: ({ path: at }) => {
          if (at === `${UPDATE}/install`) versions.push(rig.simulator.routers.map(({ version }) => version));
        },
      };
    expect((await rig.fleet.apply({ planId })).state).toBe('completed');
    expect(versions[0]).toEqual(['7.20.6', '7.20.6', '7.20.6']);
    expect(versions[1]?.[0]).toBe(NEXT);
    expect(rig.simulator.routers.map(({ version }) => version)).toEqual([NEXT, NEXT, NEXT]);
  });

  test('one that does not come back stops it, and one that went well stays', async () => {
    await using rig = await rigFor({ routers: 3, speed: 1_000 });
    const planId = await approvedForAll(rig);
    await rig.simulator.routers[1]?.fault({ path: `${UPDATE}/install`, action: { kind: 'reset' } });
    const done = await rig.fleet.apply({ planId });
    const states = done.targets.map(({ state }) => state);
    expect(states.slice(0, 2)).toEqual(['completed', 'stuck']);
    expect(['completed', 'cancelled']).toContain(states[2]);
  });

  test('one that is called off in the middle keeps what it made, and starts no other', async () => {
    await using rig = await rigFor({ routers: 3 });
    const planId = await approvedForAll(rig);
    rig.front.hooks = {
      after: async ({ path: at }) => {
        if (at === `${UPDATE}/install`) await rig.fleet.control(planId, 'cancel');
      },
    };
    const done = await rig.fleet.apply({ planId });
    expect(done.targets.map(({ state }) => state)).toEqual(['completed', 'cancelled', 'cancelled']);
    expect(rig.simulator.routers.map(({ version }) => version)).toEqual([NEXT, '7.20.6', '7.20.6']);
  });

  test('a rollout that would take them back is refused', async () => {
    await using rig = await rigFor({ routers: 3 });
    for (const onStop of ['roll-back-wave', 'roll-back-all'] as const)
      expect(await refusal(rig.fleet.planMany({ ...request, rollout: { onStop } }))).toMatchObject({
        message: expect.stringMatching(/cannot roll back/),
      });
  });
});
