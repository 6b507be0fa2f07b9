import { isInScope, type Verb } from '../access/may.ts';
import type { Actor } from '../core/actor.ts';
import type { Context } from './context.ts';
import { sweepExpired } from './expire.ts';
import { requireMay, requireMayPlan } from './may.ts';
import { requireMayControl } from './may-control.ts';
import { requireRoom } from './plan-limits.ts';
import { withinScope } from './seen.ts';
import type { Fleet } from './types.ts';

/** The verbs of Door 1, each behind what its caller may do: roles, scope, and how many plans may wait. */
export function guarded(context: Context, actor: Actor, fleet: Fleet): Fleet {
  const on = (verb: Verb, device: string): Promise<void> => requireMay(context, actor, verb, [device]);
  const behind =
    <Request extends { readonly device: string }, Rest extends readonly unknown[], Result>(
      verb: Verb,
      work: (request: Request, ...rest: Rest) => Promise<Result>,
    ) =>
    async (request: Request, ...rest: Rest): Promise<Result> => {
      await on(verb, request.device);
      return work(request, ...rest);
    };
  const plans = guardedPlans(context, actor, fleet);
  return Object.freeze<Fleet>({
    ...fleet,
    devices: async () => (await fleet.devices()).filter((device) => isInScope(actor, device)),
    device: async (idOrName) => {
      await on('read', idOrName);
      return fleet.device(idOrName);
    },
    read: behind('read', fleet.read),
    view: behind('read', fleet.view),
    export: behind('read', fleet.export),
    run: async (request, options) => {
      await on(context.catalog.action(request.action).effect === 'none' ? 'read' : 'load', request.device);
      return fleet.run(request, options);
    },
    sample: async (device) => {
      await on('read', device);
      return fleet.sample(device);
    },
    ...plans,
    ...withinScope(context, actor, { ...fleet, ...plans }),
  });
}

/** The same for the verbs that make plans and carry them out. */
function guardedPlans(context: Context, actor: Actor, fleet: Fleet): Partial<Fleet> {
  const toPlan = async (device: string): Promise<void> => {
    await requireMay(context, actor, 'plan', [device]);
    await requireRoom(context, actor);
  };
  return {
    plan: async (request) => {
      await toPlan(request.device);
      return fleet.plan(request);
    },
    planRecipe: async (request) => {
      await toPlan(request.device);
      return fleet.planRecipe(request);
    },
    planMany: async (request) => {
      await requireMay(context, actor, 'plan', request.devices);
      await requireRoom(context, actor);
      return fleet.planMany(request);
    },
    direct: async (request) => {
      await toPlan(request.device);
      return fleet.direct(request);
    },
    importPlan: async (document) => {
      await requireMay(context, actor, 'plan');
      await requireRoom(context, actor);
      return fleet.importPlan(document);
    },
    comparePlan: async (what) => {
      await requireMay(context, actor, 'read');
      return fleet.comparePlan(what);
    },
    rollback: async (planId) => {
      await requireMayPlan(context, actor, 'plan', planId);
      await requireRoom(context, actor);
      return fleet.rollback(planId);
    },
    apply: async (request) => {
      await requireMayPlan(context, actor, 'apply', request.planId);
      return fleet.apply(request);
    },
    start: async (request) => {
      await requireMayPlan(context, actor, 'apply', request.planId);
      return fleet.start(request);
    },
    control: async (planId, what) => {
      await requireMayControl(context, actor, planId, what);
      return fleet.control(planId, what);
    },
    plans: async (filter) => {
      await sweepExpired(context);
      return fleet.plans(filter);
    },
  };
}
