import { describe, expect, test } from 'vitest';
import type { Intent } from '../../src/lib/index.ts';
import { testClock } from './clocks.ts';
import { approved, outcomeOf, type Rig, setDns, setNtp, startRig, stored, writesOf } from './rig.ts';

const MENUS = ['/ip/dns', '/system/ntp/client'];
const checksOf = (view: Parameters<typeof outcomeOf>[0]) =>
  Object.fromEntries(outcomeOf(view)?.checks.map(({ check, verdict }) => [check, verdict]) ?? []);

/** Approved and applied, while somebody does something on the router right after the nth write. */
async function during(rig: Rig, intents: readonly Intent[], nth: number, meanwhile: () => void) {
  const { plan } = await approved(rig, intents);
  rig.front.hooks = {
    after: ({ write }) => {
      if (write === nth) meanwhile();
    },
  };
  return await rig.fleet.apply({ planId: plan.id });
}

describe('after the last write the router is looked at again', () => {
  test('an interface that went down undoes the change', async () => {
    await using rig = await startRig({ fronts: true });
    const before = stored(rig.router, ...MENUS);
    const up = rig.router.rows('/interface').find((row) => row['running'] === 'true' && row['type'] === 'ether');
    const view = await during(rig, [setDns(), setNtp()], 2, () =>
      rig.router.edit('/interface', up?.['.id'], { disabled: 'true', running: 'false' }),
    );
    expect(view.state).toBe('rolled-back');
    expect(checksOf(view)).toMatchObject({ 'planned rows': 'pass', 'interfaces running': 'fail' });
    expect(outcomeOf(view)?.summary).toContain('interfaces running');
    expect(stored(rig.router, ...MENUS)).toEqual(before);
  });

  test('an interface that is meant to go down does not', async () => {
    await using rig = await startRig({ fronts: true });
    const up = rig.router.rows('/interface').filter((row) => row['running'] === 'true' && row['type'] === 'ether');
    const { plan } = await approved(rig, [
      { verb: 'set', capability: 'interface', where: { name: up.at(-1)?.['name'] }, values: { disabled: true } },
    ]);
    rig.front.hooks = {
      after: ({ write }) => void (write === 1 && rig.router.edit('/interface', up.at(-1)?.['.id'], { running: 'false' })),
    };
    expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('completed');
  });

  test('a reboot in the middle undoes the change', async () => {
    await using rig = await startRig({ fronts: true });
    const before = stored(rig.router, ...MENUS);
    const view = await during(rig, [setDns(), setNtp()], 2, () => rig.router.edit('/system/resource', undefined, { uptime: '1s' }));
    expect(view.state).toBe('rolled-back');
    expect(checksOf(view)).toMatchObject({ 'no reboot': 'fail' });
    expect(stored(rig.router, ...MENUS)).toEqual(before);
  });

  test('what cannot be measured any more is no pass', async () => {
    await using rig = await startRig({ fronts: true });
    const before = stored(rig.router, ...MENUS);
    const view = await during(rig, [setDns()], 1, () =>
      rig.router.fault({ path: '/system/resource', action: { kind: 'answer', status: 400, detail: 'no such command' } }),
    );
    expect(['rolled-back', 'stuck']).toContain(view.state);
    expect(stored(rig.router, ...MENUS)).toEqual(before);
  });

  test('what somebody else changed of ours meanwhile is not overwritten: stuck, and it says what is there', async () => {
    await using rig = await startRig({ fronts: true });
    const view = await during(rig, [setDns(), setNtp()], 2, () => rig.router.edit('/ip/dns', undefined, { servers: '8.8.8.8' }));
    expect(view.state).toBe('stuck');
    expect(outcomeOf(view)).toMatchObject({ left: [{ capability: 'dns' }], drift: [{ capability: 'dns', now: { servers: '8.8.8.8' } }] });
    expect(checksOf(view)).toMatchObject({ 'planned rows': 'fail' });
    expect(rig.router.rows('/ip/dns')).toMatchObject([{ servers: '8.8.8.8' }]);
    expect(rig.router.rows('/system/ntp/client')).toMatchObject([{ servers: 'ntp1.example.net,192.0.2.123' }]);
  });

  test('what the router made of our words is not what was planned', async () => {
    await using rig = await startRig({ fronts: true });
    const before = stored(rig.router, ...MENUS);
    // It took the write, and has something else: here by another hand, elsewhere by a limit or a bug.
    const { plan } = await approved(rig, [{ verb: 'set', capability: 'dns', values: { servers: '192.0.2.53', cacheSize: 4096 } }]);
    rig.front.hooks = { after: ({ write }) => void (write === 1 && rig.router.edit('/ip/dns', undefined, { 'cache-size': '2048' })) };
    const view = await rig.fleet.apply({ planId: plan.id });
    expect(view.state).toBe('rolled-back');
    expect(outcomeOf(view)?.summary).toMatch(/^The router took the request, but when read back it is not what was planned/);
    expect(stored(rig.router, ...MENUS)).toEqual(before);
  });
});

describe('a router that cannot be reached any more', () => {
  /** Out of reach for twelve requests, once so many reads came through after the write. */
  const awayAfter = (reads: number): Rig['front']['hooks'] => {
    let left = Number.POSITIVE_INFINITY;
    return {
      after: ({ write }) => {
        if (write === 1) left = 12 + reads;
      },
      before: ({ write }) => {
        if (write !== 0) return;
        left -= 1;
        if (left >= 0 && left < 12) throw new Error('away');
      },
    };
  };

  test('for a while, when it is looked at over a new connection, is waited for', async () => {
    await using rig = await startRig({ fronts: true });
    const { plan } = await approved(rig);
    rig.front.hooks = awayAfter(1);
    expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('completed');
    expect(writesOf(rig.router)).toHaveLength(1);
  });

  test('for a while, right after the write, is put back rather than trusted', async () => {
    await using rig = await startRig({ fronts: true });
    const before = stored(rig.router, ...MENUS);
    const { plan } = await approved(rig);
    rig.front.hooks = awayAfter(0);
    expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('rolled-back');
    expect(stored(rig.router, ...MENUS)).toEqual(before);
  });

  test('for good leaves the plan stuck, with everything that may be left', async () => {
    await using rig = await startRig({ fronts: true, clock: testClock(100) });
    const { plan } = await approved(rig, [setDns(), setNtp()]);
    let gone = false;
    rig.front.hooks = {
      after: ({ write }) => {
        if (write === 2) gone = true;
      },
      before: () => {
        if (gone) throw new Error('gone');
      },
    };
    const view = await rig.fleet.apply({ planId: plan.id });
    expect(view.state).toBe('stuck');
    expect(outcomeOf(view)?.left).toMatchObject([{ capability: 'dns' }, { capability: 'ntp-client' }]);
    expect(writesOf(rig.router)).toHaveLength(2);
    expect(view.runs[0]?.endedAt).toBeDefined();
  });

  test('before anything was sent leaves the plan as it was', async () => {
    await using rig = await startRig({ fronts: true });
    const { plan } = await approved(rig);
    for (const where of ['/system/resource', '/ip/dns', '/interface/print']) {
      rig.front.hooks = {
        before: ({ path }) => {
          if (path.startsWith(where)) throw new Error('away');
        },
      };
      await expect(rig.fleet.apply({ planId: plan.id }), where).rejects.toMatchObject({ kind: 'unreachable' });
      expect(await rig.fleet.showPlan(plan.id)).toMatchObject({ state: 'approved', runs: [] });
    }
    rig.front.hooks = {};
    expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('completed');
  });
});

test('time for writing runs out in the middle: what was written is undone', async () => {
  const clock = testClock();
  let jump = 0;
  await using rig = await startRig({ fronts: true, clock: { ...clock, monotonic: () => clock.monotonic() + jump } });
  const before = stored(rig.router, ...MENUS);
  const view = await during(rig, [setDns(), setNtp()], 1, () => {
    // Longer than a plan may take; the right to write goes with it, as on a computer that slept.
    jump = 2 * 3_600_000;
  });
  expect(['rolled-back', 'stuck']).toContain(view.state);
  if (view.state === 'rolled-back') expect(stored(rig.router, ...MENUS)).toEqual(before);
  else expect(outcomeOf(view)?.left).not.toEqual([]);
  expect(rig.router.rows('/system/ntp/client')).toMatchObject([{ servers: 'ntp1.example.net,192.0.2.123' }]);
});
