import { verifyLedger } from '../audit/verify.ts';
import type { Actor } from '../core/actor.ts';
import type { Context } from './context.ts';
import { deviceView, requireDevice } from './devices.ts';
import { direct } from './direct.ts';
import { exportConfig } from './export.ts';
import { guarded } from './guarded.ts';
import { history } from './history.ts';
import { control, job, jobs } from './jobs.ts';
import { plan, planMany } from './plan.ts';
import { comparePlan } from './plan-compare.ts';
import { importPlan } from './plan-file.ts';
import { listPlans, showPlan } from './plans.ts';
import { read } from './read.ts';
import { recipeRequest } from './recipe.ts';
import { recover } from './recover.ts';
import { rollback } from './rollback.ts';
import { run } from './run.ts';
import { sample } from './sample.ts';
import { apply, start } from './start.ts';
import type { Fleet } from './types.ts';
import { view } from './view.ts';
import { watch } from './watch.ts';

/** The verbs of Door 1, bound to a context and to whoever asks. */
export function fleetOver(context: Context, actor: Actor, close: () => Promise<void>): Fleet {
  return guarded(context, actor, {
    actor,
    as: (other) => fleetOver(context, other, async () => undefined),
    devices: async () => (await context.store.devices()).map(deviceView),
    device: async (idOrName) => deviceView(await requireDevice(context, idOrName)),
    read: (request, options) => read(context, actor, request, options),
    run: (request, options) => run(context, actor, request, options),
    view: (request, options) => view(context, actor, request, options),
    export: (request, options) => exportConfig(context, actor, request, options),
    sample: async (device) => sample(context, await requireDevice(context, device)),
    plan: (request) => plan(context, actor, request),
    planRecipe: async (request) => plan(context, actor, await recipeRequest(context, actor, request)),
    planMany: (request) => planMany(context, actor, request),
    direct: async (request) =>
      direct(context, actor, 'recipe' in request && 'input' in request ? await recipeRequest(context, actor, request) : request),
    plans: (filter) => listPlans(context, filter ?? {}),
    showPlan: (planId) => showPlan(context, planId),
    journal: (planId) => context.store.journal(planId),
    apply: (request) => apply(context, actor, request),
    start: (request) => start(context, actor, request),
    job: (jobId) => job(context, jobId),
    jobs: (filter) => jobs(context, filter),
    control: (planId, what) => control(context, actor, planId, what),
    recover: () => recover(context),
    importPlan: (document) => importPlan(context, actor, document),
    comparePlan: (what) => comparePlan(context, actor, what),
    rollback: (planId) => rollback(context, actor, planId),
    history: (request) => history(context, request),
    verifyLedger: () => verifyLedger(context.store),
    watch: (options) => watch(context, options),
    close,
    [Symbol.asyncDispose]: close,
  });
}
