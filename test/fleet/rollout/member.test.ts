import { afterAll, describe, expect, test } from 'vitest';
import type { Intent } from '../../../src/lib/index.ts';
import { forgetKeys } from '../../simulation/world.ts';
import {
  atGuard,
  commitOf,
  confirmationOf,
  DNS,
  fails,
  MINUTE,
  meanwhile,
  noRoomAt,
  onStage,
  rehearsed,
  rivalPlan,
  type Stage,
  TWO,
  takenUp,
} from './stage.ts';

afterAll(forgetKeys);

const operator = ({ person }: Stage) => person.operator;
const LISTS = '/ip/firewall/address-list';
const MARK: readonly Intent[] = [{ verb: 'set', capability: 'firewall-address-list', where: { comment: 'a' }, values: { disabled: true } }];
const rowOf = (stage: Stage, nth: number): string =>
  stage
    .machine(nth)
    .rows(LISTS)
    .find(({ comment }) => comment === 'a')?.['.id'] ?? '';
/** The disk is full for so many commits, from the first write of a plan to this router on. */
const fullAt = (router: number, commits: number) => ({ ...meanwhile(router, () => undefined), aside: { kind: 'full', commits } as const });
const lastOf = async (stage: Stage, nth: number) => (await stage.entries(nth)).findLast(({ operation }) => operation === 'plan.apply');

describe('a router that cannot be begun', () => {
  test('because it was removed: failed with the reason, nothing sent, and in the ledger; the others go on within the budget', () =>
    onStage({ rollout: { waves: 'serial', budget: 1 } }, async (stage) => {
      stage.world.faults.loose([meanwhile(0, () => operator(stage).removeDevice('r2'))]);
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'failed', 'completed']);
      expect(await stage.outcome(1)).toMatchObject({
        state: 'failed',
        code: 'DENIED',
        summary: 'The device was removed from the inventory. Nothing was changed on the router.',
        checks: [],
        left: [],
        drift: [],
      });
      expect(stage.asked(1)).toBe(0);
      expect(stage.told(1)).toEqual(['failed']);
      expect(await lastOf(stage, 1)).toMatchObject({ result: 'failed', details: { state: 'failed', code: 'DENIED' } });
    }));

  test('because it may no longer be written to: as it is today counts', () =>
    onStage({ rollout: { waves: 'serial', budget: 1 } }, async (stage) => {
      stage.world.faults.loose([meanwhile(0, () => operator(stage).updateDevice('r2', { allow: [] }))]);
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'failed', 'completed']);
      const outcome = await stage.outcome(1);
      expect([outcome?.code, outcome?.hint]).toEqual(['DENIED', expect.stringMatching(/./)]);
      expect(await lastOf(stage, 1)).toMatchObject({ environment: 'lab' });
    }));

  test('because somebody else is at work on it', () =>
    onStage({ rollout: { waves: [1], budget: 1 }, routers: 2 }, async (stage) => {
      await stage.hold(1, 60);
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'failed']);
      expect(await stage.outcome(1)).toMatchObject({ code: 'DENIED', summary: expect.stringContaining('right now') });
      expect(stage.asked(1)).toBe(0);
    }));

  test('because it does not answer: its lease is free again at once', () =>
    onStage({ rollout: { waves: [1], budget: 1 }, routers: 2 }, async (stage) => {
      stage.machine(1).away(30 * MINUTE);
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'failed']);
      expect(await stage.outcome(1)).toMatchObject({ code: 'TIMED_OUT', hint: expect.stringMatching(/./) });
      expect(stage.held()).toEqual([]);
    }));

  test('counts as one that failed: without a budget nobody else is begun', () =>
    onStage({ rollout: { waves: 'serial', onStop: 'keep' } }, async (stage) => {
      stage.machine(1).away(30 * MINUTE);
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'failed', 'cancelled']);
      expect(stage.asked(2)).toBe(0);
    }));

  test('while the store takes no word of that: the rollout ends with its error, and the run stays open for the next one', () =>
    onStage({ rollout: { waves: 'serial', budget: 3 } }, async (stage) => {
      stage.machine(1).away(30 * MINUTE);
      const isOver = (): boolean =>
        stage.world.trace.events.some(
          (event) => event.kind === 'commit' && event.writes.some((one) => one.kind === 'target-move' && one.to === 'completed'),
        );
      const applying = stage.apply().then(
        () => 'ended',
        (thrown: { code: string }) => thrown.code,
      );
      while (!isOver()) await stage.world.clock.sleep(1);
      stage.world.faults.loose([
        { nth: 1, among: 'commits', wire: { kind: 'well' }, commit: 'full', aside: { kind: 'full', commits: 50 } },
      ]);
      expect(await applying).toBe('LEDGER_FAILED');
      expect(await stage.states()).toEqual(['completed', 'approved', 'approved']);
      expect(stage.asked(2)).toBe(0);
    }));
});

describe('a router on which it goes wrong', () => {
  test('is known to have failed long before it is back: nobody else is begun meanwhile', () =>
    onStage({ rollout: { waves: [4], parallel: 2, onStop: 'keep' }, routers: 4 }, async (stage) => {
      stage.world.faults.loose([fails(0)]);
      await stage.apply();
      const states = await stage.states();
      expect(states[0]).toBe('rolled-back');
      expect(states.slice(2)).toEqual(['cancelled', 'cancelled']);
      expect([stage.asked(2), stage.asked(3)]).toEqual([0, 0]);
      expect(stage.held()).toEqual([]);
    }));

  test('whose outcome the store does not take: nobody else is begun, the error is told, and the next one finishes it', () =>
    onStage({ rollout: { waves: 'serial', budget: 3 }, intents: TWO }, async (stage) => {
      stage.world.faults.loose([fullAt(0, 400)]);
      await expect(stage.apply()).rejects.toMatchObject({ code: 'LEDGER_FAILED' });
      expect((await stage.states()).slice(1)).toEqual(['approved', 'approved']);
      expect([stage.asked(1), stage.asked(2)]).toEqual([0, 0]);
      await takenUp(stage);
      expect((await stage.states()).every((state) => state === 'completed' || state === 'rolled-back')).toBe(true);
    }));

  test('by a refusal is taken back at once, and counts while it is: the place it leaves is not taken', () =>
    onStage({ rollout: { waves: [4], parallel: 2, onStop: 'keep' }, routers: 4, intents: [...DNS, ...MARK] }, async (stage) => {
      // The row of the second change is gone as the write arrives: the router says so, and nothing is in doubt but what became of the row.
      stage.world.faults.loose([meanwhile(0, () => stage.machine(0).remove(LISTS, rowOf(stage, 0)), LISTS)]);
      await stage.apply();
      const states = await stage.states();
      expect([states[0], states[1], states[2], states[3]]).toEqual(['stuck', 'completed', 'cancelled', 'cancelled']);
      expect([stage.asked(2), stage.asked(3)]).toEqual([0, 0]);
    }));

  test('does not wait for the others of its batch to be taken back', () =>
    onStage({ rollout: { waves: [2], parallel: 2, budget: 1 }, routers: 2 }, async (stage) => {
      const then: string[] = [];
      const slow = { nth: 5, among: 'all', router: 'r2', wire: { kind: 'slow', before: 50_000, after: 0 }, commit: 'well' } as const;
      stage.world.faults.loose([fails(0), slow, meanwhile(1, async () => then.push(...(await stage.states())))]);
      await stage.apply();
      expect(then[0]).toBe('rolled-back');
      expect(await stage.states()).toEqual(['rolled-back', 'completed']);
    }));

  test('is not one whose answer was lost and who was changed all the same: it counts no more, and nobody is taken back for it', () =>
    onStage({ rollout: { waves: [3], parallel: 1 } }, async (stage) => {
      stage.world.faults.loose([{ ...fails(0), wire: { kind: 'reset', executed: true } }]);
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'completed', 'completed']);
      expect(stage.changed()).toEqual([0, 1, 2]);
    }));

  test('nor one whose confirmation is in doubt for a while: those beside it are confirmed', async () => {
    const options = { rollout: { waves: [3], parallel: 2 } } as const;
    const nth = await rehearsed(options, (stage) => confirmationOf(stage, 0));
    await onStage(options, async (stage) => {
      stage.world.faults.loose([atGuard(0, { nth, wire: { kind: 'reset', executed: true } })]);
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'completed', 'completed']);
    });
  });

  test.each([
    ['begun', [2], 'executing', 1, 'STORE_FAILED'],
    ['confirmed', [1, 1], 'completed', 0, 'LEDGER_FAILED'],
  ] as const)(
    'while the store has no room as it is %s: nobody else is begun, the next one brings it to its end',
    async (_, waves, to, later, code) => {
      const options = { rollout: { waves, parallel: 1, budget: 2 }, routers: 2 };
      const nth = await rehearsed(options, (stage) => commitOf(stage, 0, to));
      await onStage(options, async (stage) => {
        stage.world.faults.loose([noRoomAt(nth + later)]);
        await expect(stage.apply()).rejects.toMatchObject({ code });
        expect(await stage.states()).toEqual(['executing', 'approved']);
        expect(stage.asked(1)).toBe(0);
        await takenUp(stage);
        expect((await stage.states())[1]).toBe('completed');
        expect(stage.held()).toEqual([]);
      });
    },
  );

  test('leaves neither lease nor guard behind, and each router is told of in order', () =>
    onStage({ rollout: { waves: [2], parallel: 1 }, routers: 2 }, async (stage) => {
      stage.world.faults.loose([fails(1)]);
      await stage.apply();
      expect(stage.told(0)).toEqual(['executing', 'rolling-back', 'rolled-back']);
      expect(stage.told(1)).toEqual(['executing', 'rolling-back', 'rolled-back']);
      expect(await stage.outcome(0)).toMatchObject({
        summary: expect.stringMatching(/^The rollout stopped, because too many routers failed/),
        hint: 'See the plan for the others.',
      });
      expect(stage.held()).toEqual([]);
      expect([stage.armed(0), stage.armed(1)]).toEqual([false, false]);
    }));

  test('before anything was sent: the guard could not be armed, and nothing counts as changed', () =>
    onStage({ rollout: { waves: 'serial', budget: 1 } }, async (stage) => {
      stage.world.faults.loose([atGuard(1, { wire: { kind: 'fault', executed: false } })]);
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'failed', 'completed']);
      expect([stage.written(1), stage.armed(1)]).toEqual([[], false]);
    }));
});

describe('two of one group', () => {
  test('are not changed at once: the second is asked nothing before the first is over', () =>
    onStage({ rollout: { waves: [3], parallel: 3 }, tags: [{ group: 'core' }, {}, { group: 'core' }] }, async (stage) => {
      const then: (readonly string[])[] = [];
      const first = { ...meanwhile(2, async () => then.push(await stage.states())), nth: 1, among: 'all' } as const;
      const { menu: _, ...any } = first;
      stage.world.faults.loose([any]);
      await stage.apply();
      expect(then).toEqual([['completed', 'completed', 'approved']]);
      expect(await stage.states()).toEqual(['completed', 'completed', 'completed']);
    }));
});

describe('what another run left in the middle', () => {
  test('comes first: it is brought to its end, and then the router is changed', () =>
    onStage({ rollout: { waves: [2], budget: 2 }, routers: 2 }, async (stage) => {
      const other = await stage.next('C9');
      const planId = await rivalPlan(other, 'r2');
      stage.world.faults.loose([meanwhile(1, () => other.die())]);
      void other.fleet.apply({ planId });
      await stage.world.clock.sleep(5 * MINUTE);
      expect((await stage.person.fleet.showPlan(planId)).targets[0]?.state).toBe('executing');
      await stage.apply();
      expect((await stage.person.fleet.showPlan(planId)).targets[0]?.state).toBe('rolled-back');
      expect(await stage.states()).toEqual(['completed', 'completed']);
    }));
});
