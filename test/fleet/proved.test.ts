import { describe, expect, test } from 'vitest';
import { killedAt } from './killed.ts';
import { approved, outcomeOf, type Rig, setDns, setNtp, startRig, UNGUARDED, writesOf } from './rig.ts';
import { startYard, writtenTo } from './rollout/yard.ts';

/** A plan whose process died after its first write of two. */
async function interrupted(rig: Rig): Promise<string> {
  const { plan } = await approved(rig, [setDns(), setNtp()]);
  await killedAt(rig.dataDir, rig.front, plan.id, 1, 'after');
  return plan.id;
}

const ALTERED: readonly (readonly [string, string])[] = [
  ['its approval is gone', 'delete from approvals'],
  ['its approval was never used', 'update approvals set consumed_at = null'],
  ['its approval names another person', "update approvals set approved_by = 'user:eve'"],
  ['the code over its approval is another one', "update approvals set mac = '00'"],
  ['its approval calls itself that of a rule', "update approvals set kind = 'policy', rule = 'lab-low'"],
  ['its approval is that of another plan', "update approvals set plan_hash = 'other'"],
];

describe('a run that was left in the middle', () => {
  test.each(ALTERED)('and %s: whoever takes it up sends nothing, and a person is told', async (_name, sql) => {
    await using rig = await startRig({ settings: UNGUARDED, store: 'file', fronts: true });
    const planId = await interrupted(rig);
    await rig.editStore((database) => database.exec(sql));
    const asked = rig.router.requests().length;
    expect(await rig.fleet.recover()).toEqual([planId]);
    expect(rig.router.requests()).toHaveLength(asked);
    const view = await rig.fleet.showPlan(planId);
    expect(view.state).toBe('stuck');
    expect(outcomeOf(view)?.summary).toContain('nothing was sent since');
    expect(outcomeOf(view)?.left).toHaveLength(2);
    expect(view.runs.map(({ endedAt }) => endedAt !== undefined)).toEqual([true]);
    // The router is free for what a person plans next.
    await rig.operator.resolve(planId, { as: 'accept', reason: 'looked' });
    const next = await approved(rig, [setDns('192.0.2.99')]);
    expect((await rig.fleet.apply({ planId: next.plan.id })).state).toBe('completed');
  });

  test('and another plan for the same router comes first: the same', async () => {
    await using rig = await startRig({ settings: UNGUARDED, store: 'file', fronts: true });
    const planId = await interrupted(rig);
    const next = await approved(rig, [{ verb: 'set', capability: 'system-identity', values: { name: 'next' } }]);
    await rig.editStore((database) => database.exec(`update approvals set mac = '00' where plan_id = '${planId}'`));
    const before = writesOf(rig.router).length;
    await rig.fleet.apply({ planId: next.plan.id });
    expect((await rig.fleet.showPlan(planId)).state).toBe('stuck');
    expect(writesOf(rig.router)).toHaveLength(before + 1);
  });
});

test('a rollout whose approval cannot be proved begins no other router', async () => {
  await using yard = await startYard({ routers: 3, fronts: true, store: 'file' });
  const { plan } = await yard.approved({ waves: [1, 2], parallel: 1 });
  const [front] = yard.rig.fronts;
  if (!front) throw new Error('there is no door');
  await killedAt(yard.rig.dataDir, front, plan.id, 1, 'after');
  await yard.rig.editStore((database) => database.exec("update approvals set mac = '00'"));
  await yard.rig.fleet.recover();
  expect(await yard.states(plan.id)).toEqual(['stuck', 'cancelled', 'cancelled']);
  expect(writtenTo(yard)).toEqual([0]);
});

test('one run that cannot be taken up keeps no other one waiting, and is tried again', async () => {
  await using yard = await startYard({ routers: 2, fronts: true, store: 'file' });
  const plans: string[] = [];
  for (const [at, device] of yard.names.entries()) {
    const { plan } = await approved(yard.rig, [setDns()], device);
    const front = yard.rig.fronts[at];
    if (!front) throw new Error('there is no door');
    await killedAt(yard.rig.dataDir, front, plan.id, 1, 'after');
    plans.push(plan.id);
  }
  const [newer, older] = [...plans].reverse();
  await yard.rig.editStore((database) => database.exec(`drop trigger plans_no_update; update plans set body = '{' where id = '${newer}'`));
  await expect(yard.rig.fleet.recover()).rejects.toThrow();
  expect((await yard.rig.fleet.showPlan(older ?? '')).state).toBe('completed');
  await expect(yard.rig.fleet.recover()).rejects.toThrow();
});
