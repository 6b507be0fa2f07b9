import type { Actor } from '../core/actor.ts';
import { InputError } from '../core/errors.ts';
import { isOver, planState } from '../plan/state.ts';
import type { PlanState } from '../plan/types.ts';
import type { Run } from '../store/store.ts';
import type { Context } from './context.ts';
import { isHeld } from './lease.ts';
import { limitUpTo } from './limits.ts';
import { aboutPlan, planLease, requirePlan } from './plans.ts';
import { entry } from './record.ts';

/** An execution of a plan: a handle that holds after a restart, for every face. */
export interface JobView {
  readonly jobId: string;
  readonly planId: string;
  readonly by: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** `interrupted`: its process is gone, and nobody has taken it up yet. */
  readonly status: 'running' | 'paused' | 'interrupted' | 'ended';
  /** The state of its plan. */
  readonly state: PlanState;
  readonly routers: { readonly all: number; readonly over: number; readonly completed: number };
}

const MOST = 200;

/** @throws InputError there is no such job */
export async function job(context: Context, jobId: string): Promise<JobView> {
  const run = await context.store.run(jobId);
  if (run) return jobView(context, run);
  throw new InputError('There is no job of that id.', { code: 'UNKNOWN_PLAN', hint: 'List them with: routeros-mcp job list.' });
}

/** Newest first. */
export async function jobs(context: Context, filter: { readonly open?: true; readonly limit?: number } = {}): Promise<readonly JobView[]> {
  const runs = await context.store.recentRuns({ ...(filter.open && { open: true }), limit: limitUpTo(filter.limit, MOST) });
  const views: JobView[] = [];
  for (const run of runs) views.push(await jobView(context, run));
  return views;
}

async function jobView(context: Context, run: Run): Promise<JobView> {
  const states = [...(await context.store.targetStates(run.planId)).values()];
  return {
    jobId: run.id,
    planId: run.planId,
    by: run.by,
    startedAt: run.startedAt,
    ...(run.endedAt !== undefined && { endedAt: run.endedAt }),
    status: await statusOf(context, run),
    state: planState(states),
    routers: { all: states.length, over: states.filter(isOver).length, completed: states.filter((state) => state === 'completed').length },
  };
}

async function statusOf(context: Context, run: Run): Promise<JobView['status']> {
  if (run.endedAt !== undefined) return 'ended';
  if (!(await isHeld(context, planLease(run.planId)))) return 'interrupted';
  return run.wanted === 'pause' ? 'paused' : 'running';
}

/** What a person can ask of a plan under way. */
export type Control = 'pause' | 'resume' | 'cancel';

/**
 * `pause` starts no more routers; `cancel` finishes the request under way, takes back what is not confirmed yet and starts no more.
 * Heard by whichever process is at work on it.
 * @throws InputError the plan is not under way, or has nothing that could be paused
 */
export async function control(context: Context, actor: Actor, planId: string, what: Control): Promise<JobView> {
  const stored = await requirePlan(context, planId);
  const run = (await context.store.runs(planId)).findLast((one) => one.endedAt === undefined);
  if (!run) throw new InputError('This plan is not under way.', { code: 'PLAN_STATE', hint: 'Look at it with: routeros-mcp plan show.' });
  if (what === 'pause' && !stored.plan.rollout)
    throw new InputError('A plan of one router cannot be paused.', { code: 'PLAN_STATE', hint: 'Cancel it: what was done is taken back.' });
  const wanted = what === 'resume' ? 'go' : what;
  if (run.wanted === 'cancel' && wanted !== 'cancel')
    throw new InputError('This plan was called off already.', { code: 'PLAN_STATE', hint: 'Make a new plan for what is left.' });
  await context.ledger.commit([{ kind: 'run-control', runId: run.id, wanted }], [entry(actor, `plan.${what}`, 'ok', aboutPlan(stored))]);
  return job(context, run.id);
}
