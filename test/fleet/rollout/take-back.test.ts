import { afterAll, describe, expect, test } from 'vitest';
import { forgetKeys } from '../../simulation/world.ts';
import { fails, meanwhile, onStage, type Stage } from './stage.ts';

afterAll(forgetKeys);

const MINUTE = 60_000;
/** Three waves of one router, of which the last one fails: the two before it are to be taken back. */
const ALL = { rollout: { waves: 'serial', onStop: 'roll-back-all' } } as const;
const told = ({ heard, ids }: Stage, nth: number) =>
  heard.flatMap((event) => (event.type === 'target-state' && event.deviceId === ids[nth] ? [event.state] : []));
const saying = async (stage: Stage, nth: number) =>
  (await stage.entries(nth)).filter(({ operation, result }) => operation === 'plan.apply' && result === 'failed');

describe('a router that was confirmed and must go back', () => {
  test('goes back by the inverse, each request of it in the journal, and is told of', () =>
    onStage(ALL, async (stage) => {
      stage.world.faults.loose([fails(2)]);
      await stage.apply();
      expect(await stage.states()).toEqual(['rolled-back', 'rolled-back', 'rolled-back']);
      expect(stage.changed()).toEqual([]);
      expect(told(stage, 0)).toEqual(['executing', 'completed', 'rolling-back', 'rolled-back']);
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
      expect(told(stage, 0)).toEqual(['executing', 'completed']);
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
      expect(told(stage, 0)).toEqual(['executing', 'completed', 'stuck']);
      expect((await saying(stage, 0)).at(-1)).toMatchObject({ environment: 'lab', details: { state: 'stuck' } });
      // A stuck router counts: nobody applies anything else to it before it was looked at.
      expect((await stage.person.fleet.showPlan(stage.planId)).state).toBe('stuck');
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
      const { clock, disk } = stage.world;
      const take = () =>
        disk.furnish(
          [
            {
              kind: 'lease-take',
              deviceId: stage.ids[0] ?? '',
              holder: 'another host/1/1/x',
              at: clock.now(),
              until: clock.now() + 60 * MINUTE,
            },
          ],
          clock,
        );
      stage.world.faults.loose([{ ...fails(2), aside: { kind: 'person', does: 'takes the lease', work: take } }]);
      await stage.apply();
      expect(await stage.states()).toEqual(['completed', 'rolled-back', 'rolled-back']);
      expect((await saying(stage, 0)).at(-1)).toMatchObject({ details: { state: 'completed', takenBack: false, code: 'DENIED' } });
    }));

  test('gives its lease back, whatever came of it', () =>
    onStage(ALL, async (stage) => {
      stage.world.faults.loose([fails(2)]);
      await stage.apply();
      const open = new Set<string>();
      for (const event of stage.world.trace.events) {
        if (event.kind !== 'commit' || event.fate !== 'stored') continue;
        for (const one of event.writes) {
          if (one.kind === 'lease-take') open.add(one.deviceId);
          if (one.kind === 'lease-release') open.delete(one.deviceId);
        }
      }
      expect([...open]).toEqual([]);
    }));

  test('and whose store takes no word in the middle of it: the run stays open, and the next one finishes it', () =>
    onStage(ALL, async (stage) => {
      // The second request to the router is the first of the way back.
      const wayBack = { ...meanwhile(0, () => undefined), nth: 2, aside: { kind: 'full', commits: 400 } as const };
      stage.world.faults.loose([fails(2), wayBack]);
      await expect(stage.apply()).rejects.toMatchObject({ code: 'LEDGER_FAILED' });
      expect((await stage.states())[0]).toBe('rolling-back');
      stage.world.faults.rest();
      await stage.world.clock.sleep(15 * MINUTE);
      const next = await stage.next('C2');
      expect(await next.fleet.recover()).toEqual([stage.planId]);
      expect(await stage.states()).toEqual(['rolled-back', 'rolled-back', 'rolled-back']);
      expect(stage.changed()).toEqual([]);
    }));

  test('and whose store takes no word before it began: the run stays open, and the next one takes it back', () =>
    onStage(ALL, async (stage) => {
      const { faults, trace, clock } = stage.world;
      faults.loose([fails(2)]);
      const applying = stage.apply().then(
        () => 'ended',
        (thrown: { code: string }) => thrown.code,
      );
      const backs = (): boolean =>
        trace.events.some(
          (event) =>
            event.kind === 'commit' &&
            event.writes.some((one) => one.kind === 'target-move' && one.from === 'rolling-back' && one.deviceId === stage.ids[2]),
        );
      while (!backs()) await clock.sleep(1);
      faults.loose([{ nth: 1, among: 'commits', wire: { kind: 'well' }, commit: 'full', aside: { kind: 'full', commits: 400 } }]);
      expect(await applying).toBe('LEDGER_FAILED');
      faults.rest();
      await clock.sleep(15 * MINUTE);
      const next = await stage.next('C2');
      expect(await next.fleet.recover()).toEqual([stage.planId]);
      expect(await stage.states()).toEqual(['rolled-back', 'rolled-back', 'rolled-back']);
    }));
});
