import { describe, expect, test } from 'vitest';
import { BOB, setDns, setNtp, writesOf } from '../rig.ts';
import { AFTER, BEFORE, startYard, until, writtenTo, type Yard } from './yard.ts';

const BOTH = [setDns(AFTER), setNtp()];

/** What somebody does, from another process, when the plan writes to the nth router for the first time. */
function atFirstWriteOf(yard: Yard, nth: number, work: () => Promise<unknown>): void {
  const front = yard.rig.fronts[nth];
  let done = false;
  if (front)
    front.hooks = {
      before: async ({ write }) => {
        if (write === 0 || done) return;
        done = true;
        await work();
      },
    };
}

describe('another process', () => {
  test('pauses it in the middle of a batch: nobody is started while it is paused, and all are done once it is resumed', async () => {
    await using yard = await startYard({ routers: 4, fronts: true, store: 'file' });
    await using other = await yard.rig.open(BOB);
    const { plan } = await yard.approved({ waves: [4], parallel: 1 });
    atFirstWriteOf(yard, 1, () => other.fleet.control(plan.id, 'pause'));
    const { jobId = '' } = await yard.rig.fleet.start({ planId: plan.id });
    await until(async () => (await yard.states(plan.id)).includes('paused'));
    expect(await yard.states(plan.id)).toEqual(['completed', 'completed', 'paused', 'paused']);
    expect(await other.fleet.job(jobId)).toMatchObject({ status: 'paused', routers: { over: 2, completed: 2 } });
    const heard = yard.router(2).requests().length;
    // Many looks of the rollout at whether it may go on.
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(yard.router(2).requests().length).toBe(heard);
    expect(writtenTo(yard)).toEqual([0, 1]);
    await other.fleet.control(plan.id, 'resume');
    await until(async () => (await other.fleet.job(jobId)).status === 'ended');
    expect(await yard.states(plan.id)).toEqual(['completed', 'completed', 'completed', 'completed']);
    expect(yard.servers()).toEqual([AFTER, AFTER, AFTER, AFTER]);
  });

  test.each(['keep', 'roll-back-wave'] as const)(
    'calls it off: the request under way ends, what is not confirmed goes back, the rest is cancelled (%s)',
    async (onStop) => {
      await using yard = await startYard({ routers: 4, fronts: true, store: 'file' });
      await using other = await yard.rig.open(BOB);
      const { plan } = await yard.approved({ waves: [1, 3], parallel: 1, onStop, budget: 4 }, BOTH);
      atFirstWriteOf(yard, 2, () => other.fleet.control(plan.id, 'cancel'));
      const view = await yard.rig.fleet.apply({ planId: plan.id });
      // The second waited for its batch, the third was between its two requests.
      expect(await yard.states(plan.id)).toEqual(['completed', 'rolled-back', 'rolled-back', 'cancelled']);
      expect(yard.servers()).toEqual([AFTER, BEFORE, BEFORE, BEFORE]);
      expect(writesOf(yard.router(2)).map(({ path }) => path)).toEqual(['/ip/dns/set', '/ip/dns/set']);
      expect(writesOf(yard.router(3))).toEqual([]);
      expect(view.targets[1]?.outcome?.summary).toMatch(/^This run was called off\./);
      expect(view.runs.every(({ endedAt }) => endedAt !== undefined)).toBe(true);
    },
  );

  test('calls it off while it is paused', async () => {
    await using yard = await startYard({ routers: 3, fronts: true, store: 'file' });
    await using other = await yard.rig.open(BOB);
    const { plan } = await yard.approved({ waves: [1, 2], parallel: 1 });
    atFirstWriteOf(yard, 0, () => other.fleet.control(plan.id, 'pause'));
    const { jobId = '' } = await yard.rig.fleet.start({ planId: plan.id });
    await until(async () => (await yard.states(plan.id)).includes('paused'));
    await other.fleet.control(plan.id, 'cancel');
    await until(async () => (await other.fleet.job(jobId)).status === 'ended');
    expect(await yard.states(plan.id)).toEqual(['completed', 'cancelled', 'cancelled']);
    expect(writtenTo(yard)).toEqual([0]);
    await expect(other.fleet.control(plan.id, 'resume')).rejects.toMatchObject({ code: 'PLAN_STATE' });
  });

  test('calls it off in the pause between two waves: the waves before stay as they are', async () => {
    await using yard = await startYard({ routers: 2, fronts: true, store: 'file' });
    await using other = await yard.rig.open(BOB);
    const { plan } = await yard.approved({ waves: [1, 1], pauseSeconds: 3_000 });
    const applying = yard.rig.fleet.apply({ planId: plan.id });
    await until(async () => (await yard.states(plan.id))[0] === 'completed');
    await other.fleet.control(plan.id, 'cancel');
    await applying;
    expect(await yard.states(plan.id)).toEqual(['completed', 'cancelled']);
  });
});

test('a process that closes leaves a paused rollout to the next one, where it stays paused until it is resumed', async () => {
  await using yard = await startYard({ routers: 3, fronts: true, store: 'file' });
  const { plan } = await yard.approved({ waves: [1, 2], parallel: 1 });
  const first = await yard.rig.open(BOB);
  atFirstWriteOf(yard, 0, () => yard.rig.operator.fleet.control(plan.id, 'pause'));
  const { jobId = '' } = await first.fleet.start({ planId: plan.id });
  await until(async () => (await yard.states(plan.id)).includes('paused'));
  await first.close();
  expect(await yard.rig.fleet.job(jobId)).toMatchObject({ status: 'interrupted' });
  await yard.rig.fleet.recover();
  expect(await yard.states(plan.id)).toEqual(['completed', 'paused', 'paused']);
  await yard.rig.operator.fleet.control(plan.id, 'resume');
  expect(await yard.rig.fleet.recover()).toEqual([plan.id]);
  expect(await yard.states(plan.id)).toEqual(['completed', 'completed', 'completed']);
  expect(await yard.rig.fleet.job(jobId)).toMatchObject({ status: 'ended' });
  expect(await yard.rig.fleet.verifyLedger()).toMatchObject({ ok: true });
});
