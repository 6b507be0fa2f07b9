import type { Plan } from '../plan/types.ts';
import type { Run } from '../store/store.ts';
import { endRun, inNameOf, isActive, settleUnder } from './abandoned.ts';
import type { Job } from './apply.ts';
import type { Context } from './context.ts';
import { takenJob } from './job.ts';
import { tryLease } from './lease.ts';
import { planLease } from './plans.ts';
import { endUnseen, whyUnproved } from './proved.ts';
import { moveAll, rollOut } from './rollout.ts';

/** More open runs than this were not left by one crash. */
const MOST = 1_000;

/**
 * Takes up every run whose process died: what it left in the middle is looked at, then finished or taken back; a rollout goes on with
 * the routers that it has not started, while its time lasts. A run whose process lives is left alone.
 * @returns ids of the plans that were taken up
 * @throws FleetError the first of those that could not be taken up, when all others have been: the next call tries it again
 */
export async function recover(context: Context): Promise<readonly string[]> {
  const taken: string[] = [];
  const failures: unknown[] = [];
  for (const run of await context.store.recentRuns({ open: true, limit: MOST })) {
    if (context.closing.aborted) break;
    const lease = await tryLease(context, planLease(run.planId));
    if (!lease) continue;
    try {
      if (await takeUp(context, run)) taken.push(run.planId);
    } catch (thrown) {
      // One router that cannot be reached keeps nobody else waiting.
      failures.push(thrown);
    } finally {
      await lease.release();
    }
  }
  if (failures.length > 0) throw failures[0];
  return taken;
}

async function takeUp(context: Context, run: Run): Promise<boolean> {
  const now = await context.store.run(run.id);
  const stored = await context.store.plan(run.planId);
  if (!stored || now?.endedAt !== undefined) return false;
  const { plan } = stored;
  const job = takenJob(context, inNameOf(run), plan, run);
  const unproved = await whyUnproved(context, plan);
  for (const { deviceId, state } of stored.targets) if (isActive(state)) await settleTarget(context, plan, deviceId, run, unproved);
  if (unproved !== undefined) await callOff(job);
  else if (plan.rollout) {
    // What a person paused stays so, whoever takes it up. A rollout that stopped may have routers left to take back, although none waits.
    if (now?.wanted === 'pause') return true;
    if (now?.wanted === 'go') await moveAll(job, 'paused', 'approved');
    await rollOut(job, plan.rollout);
  }
  await endRun(context, plan.id, run.id);
  return true;
}

/** No router is begun on the strength of an approval that cannot be proved. */
async function callOff(job: Job): Promise<void> {
  for (const from of ['paused', 'approved'] as const) await moveAll(job, from, 'cancelled');
}

async function settleTarget(context: Context, plan: Plan, deviceId: string, run: Run, unproved: string | undefined): Promise<void> {
  const lease = await tryLease(context, { id: deviceId });
  if (!lease) return;
  try {
    const device = await context.store.device(deviceId);
    const from = (await context.store.targetStates(plan.id)).get(deviceId);
    if (device && unproved === undefined) await settleUnder(context, plan, device, run, lease);
    else if (from !== undefined && isActive(from))
      await endUnseen(context, { plan, deviceId, run, from }, unproved ?? 'Its device is no longer enrolled.');
  } finally {
    await lease.release();
  }
}
