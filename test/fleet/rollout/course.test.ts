import { afterAll, describe, expect, test } from 'vitest';
import { forgetKeys } from '../../simulation/world.ts';
import { fails, MINUTE, meanwhile, onStage, type Stage, TWO } from './stage.ts';

afterAll(forgetKeys);

const control = (stage: Stage, what: 'pause' | 'resume' | 'cancel') => stage.person.operator.fleet.control(stage.planId, what);
const first = (stage: Stage, nth: number): number => stage.written(nth)[0] ?? Number.NaN;

describe('waves', () => {
  test('come one after the other, with the pause between them and none behind the last', () =>
    onStage({ rollout: { waves: [1, 1, 1], pauseSeconds: 120 } }, async (stage) => {
      const begun = stage.world.clock.elapsed();
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'completed', 'completed']);
      expect(stage.changed()).toEqual([0, 1, 2]);
      const [one, two, three] = [first(stage, 0), first(stage, 1), first(stage, 2)];
      expect([two - one > 2 * MINUTE, three - two > 2 * MINUTE]).toEqual([true, true]);
      const rest = stage.world.clock.elapsed() - three;
      expect(rest).toBeLessThan(MINUTE);
      expect(three - begun).toBeLessThan(5 * MINUTE);
    }));

  test('without a pause nothing is waited for', () =>
    onStage({ rollout: { waves: [1, 1] }, routers: 2 }, async (stage) => {
      await stage.apply();
      const firstEnds = stage.world.trace.events.findLast((event) => event.kind === 'sent' && event.router === 'r1')?.at ?? 0;
      const secondBegins = stage.world.trace.events.find(
        (event) => event.kind === 'sent' && event.router === 'r2' && event.at >= firstEnds,
      );
      expect((secondBegins?.at ?? Number.NaN) - firstEnds).toBeLessThan(1_000);
    }));

  test('a wave whose routers are all over already has no pause behind it', () =>
    onStage({ rollout: { waves: [1, 1, 1], pauseSeconds: 900, budget: 3 } }, async (stage) => {
      stage.world.faults.loose([meanwhile(1, () => stage.living.die())]);
      void stage.apply();
      await stage.world.clock.sleep(30 * MINUTE);
      const next = await stage.next('C2');
      const before = stage.world.clock.elapsed();
      expect(await next.fleet.recover()).toEqual([stage.planId]);
      expect((await stage.states())[2]).toBe('completed');
      // Only what the wave of the router that was in the middle asks for, and not the one before it.
      expect(first(stage, 2) - before).toBeLessThan(2 * MINUTE);
    }));

  test('of a batch the guards stay until all of it are through; of the wave before, none is left', () =>
    onStage({ rollout: { waves: [1, 3], parallel: 1 }, routers: 4 }, async (stage) => {
      const seen: boolean[][] = [];
      stage.world.faults.loose([0, 1, 2, 3].map((nth) => meanwhile(nth, () => seen.push([0, 1, 2, 3].map(stage.armed)))));
      await stage.apply();
      expect(seen.map((armed) => armed.flatMap((is, nth) => (is ? [nth] : [])))).toEqual([[0], [1], [1, 2], [1, 2, 3]]);
      expect([0, 1, 2, 3].map(stage.armed)).toEqual([false, false, false, false]);
    }));

  test('a batch takes no more routers when its first guard has used a third of its time; they are the next one', () =>
    onStage({ rollout: { waves: [3], parallel: 1 } }, async (stage) => {
      const seen: boolean[][] = [];
      const look = (): number => seen.push([0, 1, 2].map(stage.armed));
      const slow = (nth: number) => ({ ...meanwhile(nth, look), wire: { kind: 'slow', before: 52_000, after: 56_000 } as const });
      stage.world.faults.loose([slow(0), meanwhile(1, look), meanwhile(2, look)]);
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'completed', 'completed']);
      expect(seen[1]).toEqual([false, true, false]);
      expect(seen[2]).toEqual([false, true, true]);
    }));

  test('as many at a time as the plan says, and no more', () =>
    onStage({ rollout: { waves: [4], parallel: 2 }, routers: 4 }, async (stage) => {
      await stage.apply();
      const times = [0, 1, 2, 3].map((nth) => first(stage, nth));
      expect(await stage.states()).toEqual(['completed', 'completed', 'completed', 'completed']);
      const [one, two, three, four] = times.toSorted((a, b) => a - b) as [number, number, number, number];
      expect(two - one).toBeLessThan(three - one);
      expect([three > two, four - three < three - one]).toEqual([true, true]);
    }));
});

describe('paused', () => {
  test('in the middle of a wave nobody is started, and it goes on within a second of being resumed', () =>
    onStage({ rollout: { waves: [3], parallel: 1 } }, async (stage) => {
      stage.world.faults.loose([meanwhile(0, () => control(stage, 'pause'))]);
      const applying = stage.apply();
      await stage.world.clock.sleep(5 * MINUTE);
      // What was under way is confirmed and not left waiting with its guard armed.
      expect(await stage.states()).toEqual(['completed', 'paused', 'paused']);
      expect([stage.asked(1), stage.asked(2)]).toEqual([0, 0]);
      await control(stage, 'resume');
      const resumed = stage.world.clock.elapsed();
      await applying;
      expect(await stage.states()).toEqual(['completed', 'completed', 'completed']);
      const asked = stage.world.trace.events.find((event) => event.kind === 'sent' && event.router === 'r2' && event.at >= resumed);
      expect((asked?.at ?? Number.NaN) - resumed).toBeLessThanOrEqual(1_100);
      expect(stage.told(2)).toEqual(['paused', 'approved', 'executing', 'completed']);
    }));

  test('and called off: what waits is cancelled, what was confirmed stays as the plan keeps it', () =>
    onStage({ rollout: { waves: [1, 2], parallel: 1, onStop: 'keep' } }, async (stage) => {
      stage.world.faults.loose([meanwhile(0, () => control(stage, 'pause'))]);
      const applying = stage.apply();
      await stage.world.clock.sleep(5 * MINUTE);
      await control(stage, 'cancel');
      await applying;
      expect(await stage.states()).toEqual(['completed', 'cancelled', 'cancelled']);
      expect(await stage.outcome(1)).toMatchObject({ state: 'cancelled', checks: [], left: [], drift: [] });
      expect((await stage.outcome(2))?.summary).toContain('nothing was changed on it');
      expect(stage.heard).toContainEqual({ type: 'target-state', planId: stage.planId, deviceId: stage.ids[1], state: 'cancelled' });
    }));

  test('and its process is ended: it stays paused for the next one', () =>
    onStage({ rollout: { waves: [1, 2], parallel: 1 } }, async (stage) => {
      stage.world.faults.loose([meanwhile(0, () => control(stage, 'pause'))]);
      const applying = stage.apply();
      await stage.world.clock.sleep(5 * MINUTE);
      await stage.living.operator.close();
      await applying;
      expect(await stage.states()).toEqual(['completed', 'paused', 'paused']);
      expect(await stage.person.operator.fleet.jobs({ open: true })).toHaveLength(1);
    }));
});

describe('called off', () => {
  test.each([['keep'], ['roll-back-wave'], ['roll-back-all']] as const)(
    'in the middle of a batch: what waits to be confirmed goes back whatever the plan keeps, the rest is cancelled (%s)',
    (onStop) =>
      onStage({ rollout: { waves: [1, 3], parallel: 1, onStop, budget: 4 }, routers: 4 }, async (stage) => {
        stage.world.faults.loose([meanwhile(2, () => control(stage, 'cancel'))]);
        await stage.apply();
        const kept = onStop === 'roll-back-all' ? 'rolled-back' : 'completed';
        expect(await stage.states()).toEqual([kept, 'rolled-back', 'rolled-back', 'cancelled']);
        expect(stage.changed()).toEqual(onStop === 'roll-back-all' ? [] : [0]);
        expect(await stage.outcome(1)).toMatchObject({
          summary: expect.stringMatching(/^This run was called off\./),
          hint: 'Make a new plan for what is left.',
        });
        expect(stage.asked(3)).toBe(0);
      }),
  );

  test('while a router is being prepared: nothing was changed on it, so that it is called off and not failed', () =>
    onStage({ rollout: { waves: [1, 2], parallel: 1 } }, async (stage) => {
      const read = { ...meanwhile(1, () => control(stage, 'cancel'), '/ip/dns'), among: 'all' as const };
      stage.world.faults.loose([read]);
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'cancelled', 'cancelled']);
      expect([stage.asked(1) > 0, stage.written(1)]).toEqual([true, []]);
    }));

  test('in the pause between two waves: it is not waited for', () =>
    onStage({ rollout: { waves: [1, 1], pauseSeconds: 3_000 }, routers: 2 }, async (stage) => {
      const applying = stage.apply();
      await stage.world.clock.sleep(5 * MINUTE);
      expect(await stage.states()).toEqual(['completed', 'approved']);
      await control(stage, 'cancel');
      const called = stage.world.clock.elapsed();
      await applying;
      expect(stage.world.clock.elapsed() - called).toBeLessThan(2_000);
      expect(await stage.states()).toEqual(['completed', 'cancelled']);
    }));

  test('by its time: what was not begun within the hour is cancelled', () =>
    onStage({ rollout: { waves: [1, 1], pauseSeconds: 60, onStop: 'keep' }, routers: 2 }, async (stage) => {
      const applying = stage.apply();
      await stage.world.clock.sleep(30_000);
      stage.world.clock.jumpWall(61 * MINUTE);
      await applying;
      expect(await stage.states()).toEqual(['completed', 'cancelled']);
    }));

  test('by its time, in the middle of a router: it goes back, and its outcome says why', () =>
    onStage({ rollout: { waves: 'serial' }, routers: 2, intents: TWO }, async (stage) => {
      stage.world.faults.loose([meanwhile(0, () => stage.world.clock.jumpWall(61 * MINUTE))]);
      await stage.apply();
      expect(await stage.states()).toEqual(['rolled-back', 'cancelled']);
      expect(await stage.outcome(0)).toMatchObject({
        code: 'APPROVAL_EXPIRED',
        summary: expect.stringMatching(/^The time within which this plan may be executed is over\./),
        hint: 'Make a new plan.',
      });
    }));

  test('and its process dies before anything was taken back: the next one takes it back', () =>
    onStage({ rollout: { waves: 'serial', onStop: 'roll-back-all' }, routers: 2 }, async (stage) => {
      stage.world.faults.loose([meanwhile(0, () => control(stage, 'pause'))]);
      void stage.apply();
      await stage.world.clock.sleep(2 * MINUTE);
      await control(stage, 'cancel');
      while ((await stage.states())[1] !== 'cancelled') await stage.world.clock.sleep(1);
      stage.living.die();
      expect(await stage.states()).toEqual(['completed', 'cancelled']);
      await stage.world.clock.sleep(10 * MINUTE);
      const next = await stage.next('C2');
      expect(await next.fleet.recover()).toEqual([stage.planId]);
      expect(await stage.states()).toEqual(['rolled-back', 'cancelled']);
      expect(stage.changed()).toEqual([]);
    }));
});

describe('taken up by another process', () => {
  test('nobody else is begun while somebody else holds a router that was left in the middle', () =>
    onStage({ rollout: { waves: 'serial' }, routers: 2 }, async (stage) => {
      const { clock, faults } = stage.world;
      faults.loose([meanwhile(0, () => stage.living.die())]);
      void stage.apply();
      await clock.sleep(10 * MINUTE);
      await stage.hold(0, 20);
      const next = await stage.next('C2');
      await next.fleet.recover();
      expect(await stage.states()).toEqual(['executing', 'approved']);
      expect(stage.asked(1)).toBe(0);
      await clock.sleep(25 * MINUTE);
      expect(await next.fleet.recover()).toEqual([stage.planId]);
      expect((await stage.states())[0]).toBe('rolled-back');
    }));
});

describe('a process that is ended in good order', () => {
  test('finishes its batch, starts no other one, and leaves the rest to whoever comes next', () =>
    onStage({ rollout: { waves: [1, 2], parallel: 1, pauseSeconds: 600 } }, async (stage) => {
      stage.world.faults.loose([meanwhile(0, () => void stage.living.operator.close())]);
      const begun = stage.world.clock.elapsed();
      await stage.apply();
      // Nor does it wait for the pause.
      expect(stage.world.clock.elapsed() - begun).toBeLessThan(MINUTE);
      expect(await stage.states()).toEqual(['completed', 'approved', 'approved']);
      expect([stage.asked(1), stage.asked(2)]).toEqual([0, 0]);
      const next = await stage.next('C2');
      expect(await next.fleet.recover()).toEqual([stage.planId]);
      expect(await stage.states()).toEqual(['completed', 'completed', 'completed']);
      expect(await stage.person.operator.fleet.jobs({ open: true })).toEqual([]);
    }));

  test('in the middle of a pause it does not wait for its end', () =>
    onStage({ rollout: { waves: [1, 1], pauseSeconds: 3_000 }, routers: 2 }, async (stage) => {
      const applying = stage.apply();
      await stage.world.clock.sleep(2 * MINUTE);
      const before = stage.world.clock.elapsed();
      await stage.living.operator.close();
      await applying;
      expect(stage.world.clock.elapsed() - before).toBeLessThan(1_000);
      expect(await stage.states()).toEqual(['completed', 'approved']);
    }));
});

describe('the stop rule', () => {
  test.each([
    ['keep', [0, 1], ['completed', 'completed', 'rolled-back', 'cancelled', 'cancelled']],
    ['roll-back-wave', [0], ['completed', 'rolled-back', 'rolled-back', 'cancelled', 'cancelled']],
    ['roll-back-all', [], ['rolled-back', 'rolled-back', 'rolled-back', 'cancelled', 'cancelled']],
  ] as const)('%s: where routers end when one fails in the second wave', (onStop, changed, states) =>
    onStage({ rollout: { waves: [1, 3, 1], parallel: 1, onStop }, routers: 5 }, async (stage) => {
      stage.world.faults.loose([fails(2)]);
      const view = await stage.apply();
      expect(await stage.states()).toEqual(states);
      expect(stage.changed()).toEqual(changed);
      expect([stage.asked(3), stage.asked(4)]).toEqual([0, 0]);
      expect(view.runs.every(({ endedAt }) => endedAt !== undefined)).toBe(true);
    }),
  );

  test('roll-back-all takes back the last one first', () =>
    onStage({ rollout: { waves: 'serial', onStop: 'roll-back-all' } }, async (stage) => {
      stage.world.faults.loose([fails(2)]);
      await stage.apply();
      const [one, two] = [stage.written(0), stage.written(1)];
      expect([one.length, two.length]).toEqual([2, 2]);
      expect(two[1]).toBeLessThan(one[1] ?? Number.NaN);
    }));

  test('within the budget the others go on; one more ends it', () =>
    onStage({ rollout: { waves: 'serial', budget: 1, onStop: 'keep' }, routers: 5 }, async (stage) => {
      stage.world.faults.loose([fails(1), fails(3)]);
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'rolled-back', 'completed', 'rolled-back', 'cancelled']);
    }));

  test('a router that is being prepared when it becomes true is not begun, and not failed', () =>
    onStage({ rollout: { waves: [2], parallel: 2, onStop: 'keep' }, routers: 2 }, async (stage) => {
      // The first finds its base changed while the second is slow to answer.
      stage.machine(0).edit('/ip/dns', undefined, { servers: '203.0.113.1' });
      const slow = { nth: 3, among: 'all', router: 'r2', wire: { kind: 'slow', before: 3_000, after: 0 }, commit: 'well' } as const;
      stage.world.faults.loose([slow]);
      await stage.apply();
      expect(await stage.states()).toEqual(['stale', 'cancelled']);
      expect([stage.asked(1) > 0, stage.written(1), stage.armed(1)]).toEqual([true, [], false]);
    }));

  test('whoever takes up a rollout that was stopping goes on stopping it', () =>
    onStage({ rollout: { waves: 'serial', onStop: 'roll-back-all', budget: 0 } }, async (stage) => {
      stage.world.faults.loose([fails(1)]);
      const stopping = stage.world.trace;
      const applying = stage.apply();
      // It dies when the rest is called off and nothing was taken back yet.
      const isCancelled = (): boolean =>
        stopping.events.some(
          (event) => event.kind === 'commit' && event.writes.some((one) => one.kind === 'target-move' && one.to === 'cancelled'),
        );
      while (!isCancelled()) await stage.world.clock.sleep(1);
      stage.living.die();
      void applying;
      expect(await stage.states()).toEqual(['completed', 'rolled-back', 'cancelled']);
      await stage.world.clock.sleep(10 * MINUTE);
      const next = await stage.next('C2');
      expect(await next.fleet.recover()).toEqual([stage.planId]);
      expect(await stage.states()).toEqual(['rolled-back', 'rolled-back', 'cancelled']);
      expect(stage.changed()).toEqual([]);
    }));
});
