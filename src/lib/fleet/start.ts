import type { Actor } from '../core/actor.ts';
import { asFleetError } from '../core/errors.ts';
import { Failure, stuck } from '../plan/outcome.ts';
import { settleAbandoned } from './abandoned.ts';
import { type Admitted, admit, backToReview } from './admit.ts';
import { type Job, workOn } from './apply.ts';
import type { Context } from './context.ts';
import { newJob } from './job.ts';
import { takeLease } from './lease.ts';
import { aboutPlan, planLease, planView, requirePlan } from './plans.ts';
import { auditDenial } from './record.ts';
import { rollOut } from './rollout.ts';
import type { ApplyRequest, PlanView, Started } from './types.ts';

/**
 * Applies an approved plan to the end, whoever stops waiting for it.
 * @throws what kept it from starting: not approved, denied, unreachable; the plan then stands where it stood
 */
export async function apply(context: Context, actor: Actor, request: ApplyRequest): Promise<PlanView> {
  return (await begin(context, actor, request)).done;
}

/**
 * The same, for who does not wait: answers once the run has begun, with its id. The work goes on in this process, and what this process
 * leaves in the middle is taken up by the next one.
 */
export async function start(context: Context, actor: Actor, request: ApplyRequest): Promise<Started> {
  const { job, done, opened, isOpen } = await begin(context, actor, request);
  done.catch(() => undefined);
  await Promise.race([opened, done]);
  return isOpen() ? { jobId: job.runId } : {};
}

interface Begun {
  readonly job: Job;
  readonly opened: Promise<void>;
  readonly isOpen: () => boolean;
  readonly done: Promise<PlanView>;
}

async function begin(context: Context, actor: Actor, request: ApplyRequest): Promise<Begun> {
  const stored = await requirePlan(context, request.planId);
  const admitted = await auditDenial(context, actor, 'plan.apply', aboutPlan(stored), () => admit(context, request));
  const own = newJob(context, actor, admitted.plan, admitted.approval);
  const { promise: opened, resolve } = Promise.withResolvers<void>();
  const job: Job = {
    ...own,
    open: async (first) => {
      await own.open(first);
      resolve();
    },
  };
  const done = auditDenial(context, actor, 'plan.apply', aboutPlan(stored), () => execute(job, admitted, own.isOpen));
  const settled = done
    .then(
      () => undefined,
      () => undefined,
    )
    .finally(() => context.background.delete(settled));
  context.background.add(settled);
  return { job, opened, isOpen: own.isOpen, done };
}

async function execute(job: Job, admitted: Admitted, isOpen: () => boolean): Promise<PlanView> {
  const { context, plan } = job;
  // Two processes never run one plan; whoever takes up a broken one must know that nobody is at work on it.
  const lease = await takeLease(context, planLease(plan.id));
  try {
    if (plan.rollout) {
      await job.open({ writes: [], entries: [] });
      await rollOut(job, plan.rollout);
    } else await one(job, admitted, isOpen);
    await endIfOver(job);
  } catch (thrown) {
    // Of a rollout that broke off, routers may have to be taken back although all of them are over: whoever comes next ends it.
    if (!plan.rollout) await endIfOver(job);
    // Found only now: between the check and the consumption the approval ran out.
    if (!isOpen() && asFleetError(thrown).code === 'APPROVAL_EXPIRED') await backToReview(context, plan.id);
    throw thrown;
  } finally {
    await lease.release();
  }
  return planView(context, await requirePlan(context, plan.id));
}

/** A plan of one router: what keeps it from beginning is thrown, and the plan stands where it stood. */
async function one(job: Job, { device, target }: Admitted, isOpen: () => boolean): Promise<void> {
  const { context } = job;
  const lease = await takeLease(context, device);
  try {
    await settleAbandoned(context, device, lease);
    const work = await workOn(job, device, target, lease, 'approved');
    const held = await work.change();
    await work.end('run' in held ? await work.settle(held) : held);
  } catch (thrown) {
    const error = asFleetError(thrown);
    if (!isOpen() || error.kind === 'store') throw thrown;
    const outcome = stuck(new Failure(error), [], target.changes, [], context.store.now());
    await (await workOn(job, device, target, lease, await stateNow(job, device.id))).end(outcome);
  } finally {
    await lease.release();
  }
}

const stateNow = async ({ context, plan }: Job, deviceId: string) =>
  (await context.store.targetStates(plan.id)).get(deviceId) ?? 'executing';

/** A run of which nothing is left to do has ended, however the last of it came about. */
async function endIfOver(job: Job): Promise<void> {
  const { context, runId } = job;
  const run = await context.store.run(runId).catch(() => undefined);
  if (!run || run.endedAt !== undefined) return;
  const ends = await job.ends('').catch(() => []);
  if (ends.length > 0) await context.store.commit(ends).catch(() => undefined);
}
