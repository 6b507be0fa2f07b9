import { afterAll, describe, expect, test } from 'vitest';
import { forgetKeys } from '../../simulation/world.ts';
import {
  commitOf,
  fails,
  MINUTE,
  meanwhile,
  noRoomAt,
  onStage,
  rehearsed,
  rivalPlan,
  type Stage,
  type StageOptions,
  takenUp,
} from './stage.ts';

afterAll(forgetKeys);

/** Three waves of one router, of which the last one fails: the two before it are to be taken back. */
const ALL = { rollout: { waves: 'serial', onStop: 'roll-back-all' } } as const;
const saying = async (stage: Stage, nth: number) =>
  (await stage.entries(nth)).filter(({ operation, result }) => operation === 'plan.apply' && result === 'failed');

describe('a router that was confirmed and must go back', () => {
  test('goes back by the inverse, each request of it in the journal, and is told of', () =>
    onStage(ALL, async (stage) => {
      stage.world.faults.loose([fails(2)]);
      await stage.apply();
      expect(await stage.states()).toEqual(['rolled-back', 'rolled-back', 'rolled-back']);
      expect(stage.changed()).toEqual([]);
      expect(stage.told(0)).toEqual(['executing', 'completed', 'rolling-back', 'rolled-back']);
      expect(await stage.outcome(0)).toMatchObject({ state: 'rolled-back', summary: expect.stringMatching(/^The rollout stopped/) });
      expect(await stage.person.fleet.verifyLedger()).toMatchObject({ ok: true });
    }));

  test('stays as it is when somebody changed it since, and the ledger has that', () =>
    onStage(ALL, async (stage) => {
      stage.world.faults.loose([
        {
          ...fails(2),
          aside: { kind: 'person', does: 'edits', work: () => stage.machine(0).edit('/ip/dns', undefined, { servers: '203.0.113.9' }) },
        },
      ]);
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'rolled-back', 'rolled-back']);
      expect(stage.machine(0).rows('/ip/dns')[0]?.['servers']).toBe('203.0.113.9');
      const [said, ...more] = await saying(stage, 0);
      expect(said).toMatchObject({ environment: 'lab', details: { state: 'completed', takenBack: false } });
      expect(more).toEqual([]);
      expect(stage.told(0)).toEqual(['executing', 'completed']);
    }));

  test('is stuck when it does not answer: a person must look at it', () =>
    onStage(ALL, async (stage) => {
      stage.world.faults.loose([
        { ...fails(2), aside: { kind: 'person', does: 'unplugs', work: () => stage.machine(0).away(600 * MINUTE) } },
      ]);
      await stage.apply();
      expect(await stage.states()).toEqual(['stuck', 'rolled-back', 'rolled-back']);
      const outcome = await stage.outcome(0);
      expect([outcome?.state, (outcome?.left.length ?? 0) > 0, outcome?.drift]).toEqual(['stuck', true, []]);
      expect(stage.told(0)).toEqual(['executing', 'completed', 'stuck']);
      expect((await saying(stage, 0)).at(-1)).toMatchObject({ environment: 'lab', details: { state: 'stuck', code: 'DENIED' } });
      // A stuck router counts: nobody applies anything else to it before it was looked at.
      expect((await stage.person.fleet.showPlan(stage.planId)).state).toBe('stuck');
    }));

  test('stays completed when somebody has put it back by hand: nothing is sent to it', () =>
    onStage(ALL, async (stage) => {
      const before = stage.machine(0).rows('/ip/dns')[0]?.['servers'] ?? '';
      const byHand = {
        kind: 'person',
        does: 'puts back',
        work: () => stage.machine(0).edit('/ip/dns', undefined, { servers: before }),
      } as const;
      stage.world.faults.loose([{ ...fails(2), aside: byHand }]);
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'rolled-back', 'rolled-back']);
      expect(stage.written(0)).toHaveLength(1);
      expect((await saying(stage, 0)).at(-1)).toMatchObject({ details: { state: 'completed', takenBack: false } });
    }));

  test('stays when its device was removed, and the ledger says why', () =>
    onStage(ALL, async (stage) => {
      stage.world.faults.loose([
        { ...fails(2), aside: { kind: 'person', does: 'removes', work: () => stage.person.operator.removeDevice('r1') } },
      ]);
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'rolled-back', 'rolled-back']);
      expect((await saying(stage, 0)).at(-1)).toMatchObject({ details: { state: 'completed', takenBack: false, code: 'DENIED' } });
    }));

  test('stays when somebody else is at work on it, and the ledger says why', () =>
    onStage(ALL, async (stage) => {
      stage.world.faults.loose([{ ...fails(2), aside: { kind: 'person', does: 'takes the lease', work: () => stage.hold(0, 60) } }]);
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'rolled-back', 'rolled-back']);
      expect((await saying(stage, 0)).at(-1)).toMatchObject({ details: { state: 'completed', takenBack: false, code: 'DENIED' } });
    }));

  test.each([
    ['it goes back', () => undefined],
    ['somebody changed it', (stage: Stage) => stage.machine(0).edit('/ip/dns', undefined, { servers: '203.0.113.9' })],
    ['it does not answer', (stage: Stage) => stage.machine(0).away(600 * MINUTE)],
  ])('gives its lease back: %s', (_, work) =>
    onStage(ALL, async (stage) => {
      stage.world.faults.loose([{ ...fails(2), aside: { kind: 'person', does: 'something', work: () => work(stage) } }]);
      await stage.apply();
      expect(stage.held()).toEqual([]);
    }),
  );

  test('and whose store takes no word in the middle of it: the run stays open, and the next one finishes it', () =>
    onStage(ALL, async (stage) => {
      // The second request to the router is the first of the way back.
      const wayBack = { ...meanwhile(0, () => undefined), nth: 2, aside: { kind: 'full', commits: 400 } as const };
      stage.world.faults.loose([fails(2), wayBack]);
      await expect(stage.apply()).rejects.toMatchObject({ code: 'LEDGER_FAILED' });
      expect((await stage.states())[0]).toBe('rolling-back');
      await takenUp(stage);
      expect(await stage.states()).toEqual(['rolled-back', 'rolled-back', 'rolled-back']);
      expect(stage.changed()).toEqual([]);
    }));

  const OVER: StageOptions = { rollout: { waves: 'serial', onStop: 'roll-back-all' }, routers: 2 };

  test('and whose store has no room as it begins to go back: the run stays open, and the next one takes it back', async () => {
    const nth = await rehearsed(OVER, (stage) => commitOf(stage, 0, 'rolling-back'), [fails(1)]);
    await onStage(OVER, async (stage) => {
      stage.world.faults.loose([fails(1), noRoomAt(nth)]);
      await expect(stage.apply()).rejects.toMatchObject({ code: 'LEDGER_FAILED' });
      expect(await stage.states()).toEqual(['completed', 'rolled-back']);
      expect(await saying(stage, 0)).toEqual([]);
      await takenUp(stage);
      expect(await stage.states()).toEqual(['rolled-back', 'rolled-back']);
      expect(stage.changed()).toEqual([]);
    });
  });

  test('does not wait for another one that the store takes no word of', async () => {
    const nth = await rehearsed(ALL, (stage) => commitOf(stage, 1, 'rolling-back'), [fails(2)]);
    await onStage(ALL, async (stage) => {
      stage.world.faults.loose([fails(2), noRoomAt(nth)]);
      await expect(stage.apply()).rejects.toMatchObject({ code: 'LEDGER_FAILED' });
      expect(await stage.states()).toEqual(['rolled-back', 'completed', 'rolled-back']);
      await takenUp(stage);
      expect(await stage.states()).toEqual(['rolled-back', 'rolled-back', 'rolled-back']);
    });
  });

  test('and cannot, while the store has no room to say so: that is not lost either', async () => {
    const gone = (stage: Stage) =>
      ({ ...fails(1), aside: { kind: 'person', does: 'removes', work: () => stage.person.operator.removeDevice('r1') } }) as const;
    let nth = 0;
    await onStage(OVER, async (stage) => {
      stage.world.faults.loose([gone(stage)]);
      await stage.apply();
      nth =
        1 + stage.commits().findIndex((writes) => writes.some((one) => one.kind === 'ledger' && one.record.details['takenBack'] === false));
    });
    await onStage(OVER, async (stage) => {
      stage.world.faults.loose([gone(stage), noRoomAt(nth)]);
      await expect(stage.apply()).rejects.toMatchObject({ code: 'LEDGER_FAILED' });
      await takenUp(stage);
      expect(await stage.states()).toEqual(['completed', 'rolled-back']);
      expect(await saying(stage, 0)).toHaveLength(1);
    });
  });

  test('and whose end the store does not take: it is brought to that end by the next one', async () => {
    const nth = await rehearsed(OVER, (stage) => commitOf(stage, 0, 'rolled-back'), [fails(1)]);
    await onStage(OVER, async (stage) => {
      stage.world.faults.loose([fails(1), noRoomAt(nth)]);
      await expect(stage.apply()).rejects.toMatchObject({ code: 'LEDGER_FAILED' });
      expect(await stage.states()).toEqual(['rolling-back', 'rolled-back']);
      await takenUp(stage);
      expect(await stage.states()).toEqual(['rolled-back', 'rolled-back']);
    });
  });

  test('goes back also when somebody else has brought the last of the others to its end meanwhile', () =>
    onStage(OVER, async (stage) => {
      const other = await stage.next('C9');
      const planId = await rivalPlan(other, 'r2');
      stage.world.faults.loose([meanwhile(1, () => stage.living.die())]);
      void stage.apply();
      await stage.world.clock.sleep(8 * MINUTE);
      expect(await stage.states()).toEqual(['completed', 'executing']);
      await other.fleet.apply({ planId });
      expect(await stage.states()).toEqual(['completed', 'rolled-back']);
      await takenUp(stage);
      expect(await stage.states()).toEqual(['rolled-back', 'rolled-back']);
    }));

  test('waits while a person has paused the rollout, and is not forgotten', () =>
    onStage(OVER, async (stage) => {
      stage.world.faults.loose([fails(1)]);
      void stage.apply();
      while ((await stage.states())[1] !== 'rolled-back') await stage.world.clock.sleep(1);
      stage.living.die();
      const { control } = stage.person.operator.fleet;
      await control(stage.planId, 'pause');
      await takenUp(stage);
      expect(await stage.states()).toEqual(['completed', 'rolled-back']);
      await control(stage.planId, 'resume');
      expect(await stage.person.fleet.recover()).toEqual([stage.planId]);
      expect(await stage.states()).toEqual(['rolled-back', 'rolled-back']);
    }));

  test('are those alone that went well: of the others nobody says that they stayed', () =>
    onStage(ALL, async (stage) => {
      stage.world.faults.loose([fails(1)]);
      await stage.apply();
      expect(await stage.states()).toEqual(['rolled-back', 'rolled-back', 'cancelled']);
      for (const nth of [0, 1, 2]) expect((await stage.entries(nth)).filter(({ details }) => details['takenBack'] === false)).toEqual([]);
    }));
});
