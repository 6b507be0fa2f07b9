import { describe, expect, test } from 'vitest';
import { HOUR } from '../clocks.ts';
import { killedAt } from '../killed.ts';
import { writesOf } from '../rig.ts';
import { AFTER, BEFORE, REFUSED, startYard, writtenTo, type Yard } from './yard.ts';

/** Kills a process that rolls out when the nth router meets a write of the plan. */
function killedAtRouter(yard: Yard, planId: string, nth: number, when: 'before' | 'after', write = 1): Promise<void> {
  const front = yard.rig.fronts[nth];
  if (!front) throw new Error('there is no door');
  return killedAt(yard.rig.dataDir, front, planId, write, when);
}

const yardOf = (routers: number) => startYard({ routers, fronts: true, store: 'file' });

describe('a process that is killed in the middle of a rollout', () => {
  test('after a write took effect: the next one finds it done, and goes on with the rest', async () => {
    await using yard = await yardOf(4);
    const { plan } = await yard.approved({ waves: [1, 2, 1], parallel: 1 });
    await killedAtRouter(yard, plan.id, 1, 'after');
    expect(await yard.states(plan.id)).toEqual(['completed', 'executing', 'approved', 'approved']);
    expect(await yard.rig.fleet.recover()).toEqual([plan.id]);
    expect(await yard.states(plan.id)).toEqual(['completed', 'completed', 'completed', 'completed']);
    expect(yard.names.map((_, at) => writesOf(yard.router(at)).length)).toEqual([1, 1, 1, 1]);
    const view = await yard.rig.fleet.showPlan(plan.id);
    expect(view.runs.map(({ endedAt }) => endedAt !== undefined)).toEqual([true]);
    expect(await yard.rig.fleet.verifyLedger()).toMatchObject({ ok: true });
  });

  test('before a write arrived: it counts as failed, and within the budget the others go on', async () => {
    await using yard = await yardOf(3);
    const { plan } = await yard.approved({ waves: [1, 2], parallel: 1, budget: 1 });
    await killedAtRouter(yard, plan.id, 1, 'before');
    await yard.rig.fleet.recover();
    expect(await yard.states(plan.id)).toEqual(['completed', 'failed', 'completed']);
    expect(writtenTo(yard)).toEqual([0, 2]);
  });

  test('and somebody else is at work on one of its routers: no other one is begun before that is known', async () => {
    await using yard = await yardOf(3);
    const { plan } = await yard.approved({ waves: [1, 2], parallel: 1 });
    await killedAtRouter(yard, plan.id, 1, 'after');
    const other = plan.targets[1]?.deviceId;
    const far = yard.rig.clock.now() + HOUR;
    await yard.rig.editStore((database) =>
      database.exec(`update leases set holder = 'elsewhere/1/1/x', fence = fence + 1, until = ${far} where device_id = '${other}'`),
    );
    await yard.rig.fleet.recover();
    expect(await yard.states(plan.id)).toEqual(['completed', 'executing', 'approved']);
    await yard.rig.editStore((database) => database.exec(`update leases set until = 0 where device_id = '${other}'`));
    await yard.rig.fleet.recover();
    expect(await yard.states(plan.id)).toEqual(['completed', 'completed', 'completed']);
  });

  test('while it was stopping, after the rest had been called off: what went well before is still taken back', async () => {
    await using yard = await yardOf(3);
    const { plan } = await yard.approved({ waves: [1, 2], parallel: 1, budget: 1, onStop: 'roll-back-all' });
    await killedAtRouter(yard, plan.id, 1, 'before');
    await yard.rig.editStore((database) =>
      database.exec("update targets set state = 'cancelled' where state in ('executing', 'approved')"),
    );
    await yard.rig.fleet.recover();
    expect(await yard.states(plan.id)).toEqual(['rolled-back', 'cancelled', 'cancelled']);
    expect(yard.servers()).toEqual([BEFORE, BEFORE, BEFORE]);
  });

  test('too long ago: what was left in the middle is settled, the rest is called off', async () => {
    await using yard = await yardOf(3);
    const { plan } = await yard.approved({ waves: [1, 2], parallel: 1, onStop: 'keep' });
    await killedAtRouter(yard, plan.id, 1, 'after');
    yard.rig.clock.advance(HOUR + 1);
    await yard.rig.fleet.recover();
    expect(await yard.states(plan.id)).toEqual(['completed', 'completed', 'cancelled']);
    expect(writtenTo(yard)).toEqual([0, 1]);
  });

  test('while it took routers back: the next one takes back the others', async () => {
    await using yard = await yardOf(3);
    const { plan } = await yard.approved({ waves: [1, 1, 1], onStop: 'roll-back-all' });
    await yard.router(2).fault({ method: 'write', path: '/ip/dns/set', nth: 1, action: REFUSED });
    await killedAtRouter(yard, plan.id, 1, 'after', 2);
    expect((await yard.states(plan.id)).slice(0, 2)).toEqual(['completed', 'rolling-back']);
    expect(await yard.rig.fleet.recover()).toEqual([plan.id]);
    expect((await yard.states(plan.id)).slice(0, 2)).toEqual(['rolled-back', 'rolled-back']);
    expect(yard.servers()).toEqual([BEFORE, BEFORE, BEFORE]);
    expect(await yard.rig.fleet.recover()).toEqual([]);
  });

  test('and whose plan was altered since: nothing of it is carried out any more', async () => {
    await using yard = await yardOf(3);
    const { plan } = await yard.approved({ waves: [1, 2], parallel: 1, budget: 2 });
    await killedAtRouter(yard, plan.id, 1, 'after');
    await yard.rig.editStore((database) => {
      database.exec('drop trigger plans_no_update');
      database.prepare("update plans set body = replace(body, '192.0.2.53', '203.0.113.6')").run();
    });
    await yard.rig.fleet.recover();
    // Nobody is shown a plan that was altered: where its routers stand is in the store.
    let states: readonly unknown[] = [];
    await yard.rig.editStore((database) => {
      states = database
        .prepare('select state from targets where plan_id = ? order by position')
        .all(plan.id)
        .map(({ state }) => state);
    });
    expect([states[0], states[2]]).toEqual(['completed', 'cancelled']);
    expect(yard.servers()).not.toContain(AFTER.replace('192.0.2.53', '203.0.113.6'));
    expect(writtenTo(yard)).not.toContain(2);
  });
});
