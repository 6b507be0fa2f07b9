import { describe, expect, test } from 'vitest';
import type { Intent } from '../../src/lib/index.ts';
import { child } from '../store/children.ts';
import { MINUTE } from './clocks.ts';
import { REARRANGED, WRITES } from './firewall.ts';
import { killedAt } from './killed.ts';
import { approved, outcomeOf, refusal, setDns, setNtp, startRig, stored, UNGUARDED, writesOf } from './rig.ts';

const APPLY = 'fleet/children/apply.ts';

/** Plans of several menus, so that an interleaving would show. */
const both = (n: number): readonly Intent[] => [setDns(`192.0.2.${n}`), setNtp(`192.0.2.${n + 100}`)];

describe('two processes on one directory', () => {
  test('apply two plans to one router: one after the other, or one is sent away', async () => {
    await using rig = await startRig({ settings: UNGUARDED, store: 'file' });
    for (let round = 0; round < 3; round += 1) {
      const dns = await approved(rig, [setDns(`192.0.2.${10 + round}`)]);
      const ntp = await approved(rig, [setNtp(`192.0.2.${110 + round}`)]);
      const seen = writesOf(rig.router).length;
      const ends = await Promise.all([dns, ntp].map(({ plan }) => child(APPLY, [rig.dataDir, plan.id])));
      const said = ends.flatMap(({ lines }) => lines);
      expect(said.filter((one) => one === 'completed').length).toBeGreaterThan(0);
      for (const one of said) expect(['completed', 'DENIED']).toContain(one);
      expect(writesOf(rig.router).length - seen).toBe(said.filter((one) => one === 'completed').length);
      expect(ends.every(({ errors }) => errors === '')).toBe(true);
    }
    expect(rig.router.maxInFlight).toBe(1);
    expect(await rig.fleet.verifyLedger()).toMatchObject({ ok: true });
  });

  test('never have two writers on it at once', async () => {
    await using rig = await startRig({ settings: UNGUARDED, store: 'file', fronts: true });
    const [one, two] = [await approved(rig, both(10)), await approved(rig, both(20))];
    let second: ReturnType<typeof child> | undefined;
    rig.front.hooks = {
      before: async ({ write }) => {
        // The second process begins and ends while the first is in the middle of its writes.
        if (write === 2) second = child(APPLY, [rig.dataDir, two.plan.id]);
        if (write === 2) await second;
      },
    };
    const first = await child(APPLY, [rig.dataDir, one.plan.id]);
    expect([first.lines, (await second)?.lines]).toEqual([['completed'], ['DENIED']]);
    expect(writesOf(rig.router).map(({ body }) => body)).toEqual(['{"servers":"192.0.2.10"}', '{"servers":"192.0.2.110"}']);
    expect(await rig.fleet.showPlan(two.plan.id)).toMatchObject({ state: 'approved' });
  });

  test('apply one plan: one of them does', async () => {
    await using rig = await startRig({ settings: UNGUARDED, store: 'file' });
    const { plan } = await approved(rig, both(10));
    const ends = await Promise.all([1, 2, 3].map(() => child(APPLY, [rig.dataDir, plan.id])));
    expect(ends.flatMap(({ lines }) => lines).filter((one) => one === 'completed')).toHaveLength(1);
    expect(writesOf(rig.router)).toHaveLength(2);
    expect(await rig.fleet.verifyLedger()).toMatchObject({ ok: true });
  });
});

test.skipIf(process.platform === 'win32' || process.getuid?.() !== 0)('a user without a name can open a fleet', async () => {
  expect(await child('fleet/children/whoami.ts', [], { uid: 54_321 })).toMatchObject({ code: 0, lines: ['user:unknown'], errors: '' });
});

describe('a process that is killed in the middle', () => {
  test.each([
    [1, 'before', 'failed'],
    [1, 'after', 'rolled-back'],
    [2, 'before', 'rolled-back'],
    [2, 'after', 'completed'],
  ] as const)('of write %i, %s it took effect: whoever comes next takes it up at once, and it is %s', async (nth, when, end) => {
    await using rig = await startRig({ settings: UNGUARDED, store: 'file', fronts: true });
    const before = stored(rig.router, '/ip/dns', '/system/ntp/client');
    const { plan } = await approved(rig, both(10));
    const next = await approved(rig, [{ verb: 'set', capability: 'system-identity', values: { name: 'next' } }]);
    await killedAt(rig.dataDir, rig.front, plan.id, nth, when);
    expect(await rig.fleet.showPlan(plan.id)).toMatchObject({ state: 'executing' });
    expect((await rig.fleet.journal(plan.id)).at(-1)).toMatchObject({ step: nth - 1, stage: 'sent' });
    const seen = writesOf(rig.router).length;
    expect(seen).toBe(when === 'after' ? nth : nth - 1);
    expect((await rig.fleet.apply({ planId: next.plan.id })).state).toBe('completed');
    const view = await rig.fleet.showPlan(plan.id);
    expect(view.state).toBe(end);
    expect(outcomeOf(view)?.left).toEqual([]);
    if (end !== 'completed') expect(stored(rig.router, '/ip/dns', '/system/ntp/client')).toEqual(before);
    expect(view.runs.map((run) => run.endedAt !== undefined)).toEqual([true]);
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'PLAN_STATE' });
    expect(await rig.fleet.verifyLedger()).toMatchObject({ ok: true });
  });

  test('after it added a row, and before it heard of that: the row is the one that was wanted, and no second one', async () => {
    await using rig = await startRig({ settings: UNGUARDED, store: 'file', fronts: true });
    const { plan } = await approved(rig, [
      { verb: 'add', capability: 'dns-static', values: { name: 'new.example', address: '192.0.2.5' } },
    ]);
    await killedAt(rig.dataDir, rig.front, plan.id, 1, 'after');
    await rig.fleet.recover();
    expect((await rig.fleet.showPlan(plan.id)).state).toBe('completed');
    expect(rig.router.rows('/ip/dns/static').filter(({ name }) => name === 'new.example')).toHaveLength(1);
  });

  test('is taken up by a new one that is asked to, and its job says so meanwhile', async () => {
    await using rig = await startRig({ settings: UNGUARDED, store: 'file', fronts: true });
    const { plan } = await approved(rig, both(10));
    await killedAt(rig.dataDir, rig.front, plan.id, 2, 'before');
    const [left] = await rig.fleet.jobs({ open: true });
    expect(left).toMatchObject({ planId: plan.id, status: 'interrupted', routers: { all: 1, over: 0 } });
    expect(await rig.fleet.recover()).toEqual([plan.id]);
    expect(await rig.fleet.job(left?.jobId ?? '')).toMatchObject({ status: 'ended', state: 'rolled-back', routers: { over: 1 } });
    expect(await rig.fleet.recover()).toEqual([]);
  });
});

test('who slept so long that the right to write went to somebody else stops by itself', async () => {
  await using rig = await startRig({ settings: UNGUARDED, store: 'file', fronts: true });
  const { plan } = await approved(rig, both(10));
  rig.front.hooks = {
    after: async ({ write }) => {
      if (write !== 1) return;
      await rig.editStore((database) =>
        database.prepare("update leases set holder = 'somebody else', fence = fence + 1 where device_id not like 'plan:%'").run(),
      );
      rig.clock.advance(3 * MINUTE);
    },
  };
  expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'STORE_BUSY' });
  // Neither the next write nor an undo, nor a record: all of it is somebody else's business now.
  expect(writesOf(rig.router)).toHaveLength(1);
  expect((await rig.fleet.journal(plan.id)).map(({ stage }) => stage)).toEqual(['intent', 'sent']);
  expect((await rig.fleet.showPlan(plan.id)).state).toBe('executing');
  rig.clock.advance(3 * MINUTE);
  rig.front.hooks = {};
  await rig.editStore((database) => database.prepare('update leases set until = 0').run());
  expect(await rig.fleet.recover()).toEqual([plan.id]);
  expect((await rig.fleet.showPlan(plan.id)).state).toBe('rolled-back');
});

test('who works for long keeps the right to write, and nobody else gets it', async () => {
  await using rig = await startRig({ settings: UNGUARDED, store: 'file', fronts: true });
  const { plan } = await approved(rig, REARRANGED);
  const other = await approved(rig, [setDns()]);
  const until = async (): Promise<number> => {
    let read = 0;
    await rig.editStore((database) => {
      read = Number(database.prepare('select "until" as until from leases').get()?.['until']);
    });
    return read;
  };
  rig.front.hooks = {
    after: async ({ write }) => {
      if (write === 0) return;
      // Five times this is longer than a right lasts that nobody renews.
      rig.clock.advance(50_000);
      const before = await until();
      while ((await until()) <= before + 40_000) await new Promise((resolve) => setTimeout(resolve, 10));
      if (write === WRITES)
        expect(await refusal(rig.fleet.apply({ planId: other.plan.id }))).toMatchObject({ code: 'DENIED', retryable: true });
    },
  };
  expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('completed');
  rig.front.hooks = {};
  // The rules of our own way in were rearranged since the other one was made.
  expect((await rig.fleet.apply({ planId: other.plan.id })).state).toBe('stale');
});
