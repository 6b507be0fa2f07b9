import { isEverywhere, isInScope } from '../access/may.ts';
import type { Actor } from '../core/actor.ts';
import type { Plan } from '../plan/types.ts';
import type { LedgerRecord } from '../store/store.ts';
import type { Context } from './context.ts';
import { limitUpTo } from './limits.ts';
import { noSuchPlan } from './plans.ts';
import type { Fleet, FleetEvent } from './types.ts';
import { watch } from './watch.ts';

/** What of plans, jobs, records and events somebody may see: of the routers in his scope. A plan is seen whole or not at all. */
interface Seen {
  readonly router: (deviceId: string) => boolean;
  readonly plan: (plan: Pick<Plan, 'targets'>) => boolean;
}

async function seenBy(context: Context, actor: Actor): Promise<Seen> {
  const within = new Set((await context.store.devices()).filter((device) => isInScope(actor, device)).map(({ id }) => id));
  const router = (deviceId: string): boolean => within.has(deviceId);
  return { router, plan: ({ targets }) => targets.every(({ deviceId }) => router(deviceId)) };
}

/** The verbs that tell what was done, for an actor whose scope is not everything. What is out of scope is as if it were not there. */
export function withinScope(context: Context, actor: Actor, fleet: Fleet): Partial<Fleet> {
  if (isEverywhere(actor)) return {};
  const seesPlan = async (planId: string): Promise<boolean> => {
    const stored = await context.store.plan(planId);
    return stored === undefined || (await seenBy(context, actor)).plan(stored.plan);
  };
  const behind =
    <Result>(work: (planId: string) => Promise<Result>) =>
    async (planId: string): Promise<Result> => {
      if (!(await seesPlan(planId))) throw noSuchPlan();
      return work(planId);
    };
  return {
    showPlan: behind(fleet.showPlan),
    journal: behind(fleet.journal),
    plans: async ({ limit, ...filter } = {}) => {
      const seen = await seenBy(context, actor);
      const plans = await fleet.plans({ ...filter, limit: Number.MAX_SAFE_INTEGER });
      return plans.filter(({ plan }) => seen.plan(plan)).slice(0, limitUpTo(limit, Number.MAX_SAFE_INTEGER));
    },
    job: async (jobId) => {
      const view = await fleet.job(jobId);
      if (!(await seesPlan(view.planId))) throw noSuchPlan();
      return view;
    },
    jobs: async (filter) => {
      const views = await fleet.jobs(filter);
      const visible = await Promise.all(views.map(({ planId }) => seesPlan(planId)));
      return views.filter((_, at) => visible[at]);
    },
    history: async (request = {}) => {
      const seen = await seenBy(context, actor);
      const isSeen = ({ device, actor: by }: LedgerRecord): boolean => (device ? seen.router(device) : by === actor.id);
      const records = await fleet.history({ ...request, limit: MOST });
      return records.filter(isSeen).slice(0, limitUpTo(request.limit, MOST));
    },
    watch: (options) =>
      seenEvents(
        context,
        actor,
        watch(context, options, (device) => isInScope(actor, device)),
      ),
  };
}

/** As many records as one question may get. */
const MOST = 1_000;

async function* seenEvents(context: Context, actor: Actor, events: AsyncIterable<FleetEvent>): AsyncGenerator<FleetEvent> {
  for await (const event of events) {
    const deviceId = event.type === 'sample' ? event.sample.deviceId : event.type === 'store-changed' ? undefined : event.deviceId;
    if (deviceId === undefined || (await seenBy(context, actor)).router(deviceId)) yield event;
  }
}
