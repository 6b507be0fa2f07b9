import type { Actor } from '../core/actor.ts';
import type { Device } from '../device/device.ts';
import type { Plan, TargetState } from '../plan/types.ts';
import type { Run } from '../store/store.ts';
import { workOn } from './apply.ts';
import type { Context } from './context.ts';
import { takenJob } from './job.ts';
import type { HeldLease } from './lease.ts';
import { endUnseen, whyUnproved } from './proved.ts';

const ACTIVE = ['executing', 'rolling-back'] as const;

/** Who goes on with a run whose process is gone: the program, in the name of whoever began it. */
export const inNameOf = (run: Run): Actor => ({ id: run.by, origin: 'system', roles: [], terminal: false });

/** Somebody writes to this router now, or did until his process died. */
export const isActive = (state: TargetState): state is (typeof ACTIVE)[number] => ACTIVE.some((one) => one === state);

/**
 * For whoever holds the lease on a router and wants to write to it: what another run left in the middle there comes first.
 * @throws FleetError the router cannot be asked: it is as it was left
 */
export async function settleAbandoned(context: Context, device: Device, lease: HeldLease): Promise<void> {
  // Asked by router: the plan of a rollout that goes on right now is too large to be read again for each of its routers.
  const planId = await context.store.livePlan(device.id);
  const stored = planId === undefined ? undefined : await context.store.plan(planId);
  if (!stored) return;
  const { plan } = stored;
  const run = (await context.store.runs(plan.id)).findLast((one) => one.endedAt === undefined) ?? (await lastRun(context, plan.id));
  const unproved = run && (await whyUnproved(context, plan));
  const from = stored.targets.find(({ deviceId }) => deviceId === device.id)?.state;
  if (run && unproved !== undefined && from !== undefined && isActive(from))
    await endUnseen(context, { plan, deviceId: device.id, run, from }, unproved);
  else if (run) await settleUnder(context, plan, device, run, lease);
  // A rollout may still have others to take back: it is ended by whoever takes it up.
  if (run && !plan.rollout) await endRun(context, plan.id, run.id);
}

const lastRun = async (context: Context, planId: string): Promise<Run | undefined> => (await context.store.runs(planId)).at(-1);

export async function settleUnder(context: Context, plan: Plan, device: Device, run: Run, lease: HeldLease): Promise<void> {
  const target = plan.targets.find((one) => one.deviceId === device.id);
  // Read again under the lease: its own process may have ended it meanwhile.
  const state = (await context.store.targetStates(plan.id)).get(device.id);
  if (!target || state === undefined || !isActive(state)) return;
  const work = await workOn(takenJob(context, inNameOf(run), plan, run), device, target, lease, state);
  await work.end(await work.recover(state));
}

/** A run of which no router is left to do has ended. */
export async function endRun(context: Context, planId: string, runId: string): Promise<void> {
  const states = await context.store.targetStates(planId);
  if ([...states.values()].some((state) => isActive(state) || state === 'approved' || state === 'paused')) return;
  if ((await context.store.run(runId))?.endedAt !== undefined) return;
  await context.store.commit([{ kind: 'run-end', runId, at: context.store.now() }]);
}
