import type { Outcome, Plan } from '../plan/types.ts';
import type { Run, StoreWrite } from '../store/store.ts';
import { endRun, inNameOf, isActive, settleUnder } from './abandoned.ts';
import type { Context } from './context.ts';
import { takenJob } from './job.ts';
import { tryLease } from './lease.ts';
import { planLease } from './plans.ts';
import { entry, SYSTEM } from './record.ts';
import { moveAll, rollOut } from './rollout.ts';

/** More open runs than this were not left by one crash. */
const MOST = 1_000;

/**
 * Takes up every run whose process died: what it left in the middle is looked at, then finished or taken back; a rollout goes on with
 * the routers that it has not started, while its time lasts. A run whose process lives is left alone.
 * @returns ids of the plans that were taken up
 */
export async function recover(context: Context): Promise<readonly string[]> {
  const taken: string[] = [];
  for (const run of await context.store.recentRuns({ open: true, limit: MOST })) {
    if (context.closing.aborted) break;
    const lease = await tryLease(context, planLease(run.planId));
    if (!lease) continue;
    try {
      if (await takeUp(context, run)) taken.push(run.planId);
    } finally {
      await lease.release();
    }
  }
  return taken;
}

async function takeUp(context: Context, run: Run): Promise<boolean> {
  const now = await context.store.run(run.id);
  const stored = await context.store.plan(run.planId);
  if (!stored || now?.endedAt !== undefined) return false;
  const { plan } = stored;
  const job = takenJob(context, inNameOf(run), plan, run);
  for (const { deviceId, state } of stored.targets) if (isActive(state)) await settleTarget(context, plan, deviceId, run);
  // What a person paused stays so, whoever takes it up. A rollout that stopped may have routers left to take back, although none waits.
  if (plan.rollout && now?.wanted !== 'pause') {
    if (now?.wanted === 'go') await moveAll(job, 'paused', 'approved');
    await rollOut(job, plan.rollout);
  }
  await endRun(context, plan.id, run.id);
  return true;
}

async function settleTarget(context: Context, plan: Plan, deviceId: string, run: Run): Promise<void> {
  const lease = await tryLease(context, { id: deviceId });
  if (!lease) return;
  try {
    const device = await context.store.device(deviceId);
    if (device) await settleUnder(context, plan, device, run, lease);
    else await endRemoved(context, plan, deviceId, run);
  } finally {
    await lease.release();
  }
}

/** Its device was taken out of the inventory: nobody can look at the router any more. */
async function endRemoved(context: Context, plan: Plan, deviceId: string, run: Run): Promise<void> {
  const target = plan.targets.find((one) => one.deviceId === deviceId);
  const state = (await context.store.targetStates(plan.id)).get(deviceId);
  if (state === undefined || !isActive(state)) return;
  const outcome: Outcome = {
    state: 'stuck',
    summary: 'The process that applied this plan ended in the middle, and the device is no longer enrolled.',
    hint: 'Compare the journal of the plan with the router.',
    checks: [],
    left: target?.changes ?? [],
    drift: [],
    at: context.store.now(),
  };
  const move: StoreWrite = { kind: 'target-move', planId: plan.id, deviceId, from: state, to: 'stuck', outcome };
  await context.ledger.commit(
    [move],
    [entry(SYSTEM, 'plan.apply', 'unknown', { plan: plan.id, details: { state: 'stuck', run: run.id } })],
  );
}
