import type { Actor } from '../core/actor.ts';
import { asFleetError, type ErrorCode } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import { baseNow, driftOf } from '../plan/base.ts';
import { acceptPlanFile } from '../plan/file.ts';
import { readBase } from '../plan/settle.ts';
import type { Drift, HistoryNote, Plan, Target } from '../plan/types.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { requireMay } from './may.ts';
import { devicesOf } from './plan-file.ts';
import { lookAt } from './plan-target.ts';
import { requirePlan } from './plans.ts';
import { routerHistory } from './router-history.ts';

/** Routers that are asked side by side. */
const PARALLEL = 16;

/** How one router stands to a plan, read now. */
export interface Comparison {
  readonly device: string;
  /** `unknown`: it could not be read, for the reason that `code` and `why` tell. */
  readonly verdict: 'fresh' | 'stale' | 'unknown';
  readonly code: ErrorCode | null;
  readonly why: string | null;
  /** For `stale`: what was planned from, what is there now, and what the plan wants. */
  readonly drift: readonly Drift[];
  /** For `stale`: what others did on the router lately, as it says itself. */
  readonly history: readonly HistoryNote[];
}

export interface PlanComparison {
  readonly plan: Plan;
  readonly verdict: Comparison['verdict'];
  readonly routers: readonly Comparison[];
}

/**
 * Reads the routers of a plan again and says whether they still are what it was made from. Nothing is written, and the plan stays as it is.
 * @param what the id of a plan of this store, or the document of a plan file
 */
export async function comparePlan(context: Context, actor: Actor, what: unknown): Promise<PlanComparison> {
  const plan = typeof what === 'string' ? (await requirePlan(context, what)).plan : acceptPlanFile(what);
  const devices = typeof what === 'string' ? await enrolled(context, plan) : await devicesOf(context, plan);
  await requireMay(
    context,
    actor,
    'read',
    [...devices.values()].map(({ id }) => id),
  );
  const found = new Map<string, Comparison>();
  const queue = [...plan.targets];
  const worker = async (): Promise<void> => {
    for (let target = queue.shift(); target; target = queue.shift()) {
      const device = devices.get(target.deviceId);
      if (device) found.set(target.deviceId, await compare(context, actor, target, device));
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, plan.targets.length) }, worker));
  const routers = plan.targets.flatMap(({ deviceId }) => found.get(deviceId) ?? []);
  const worst = (['stale', 'unknown'] as const).find((verdict) => routers.some((one) => one.verdict === verdict));
  return { plan, verdict: worst ?? 'fresh', routers };
}

async function enrolled(context: Context, { targets }: Plan): Promise<ReadonlyMap<string, Device>> {
  const found = new Map<string, Device>();
  for (const { deviceId } of targets) found.set(deviceId, await requireDevice(context, deviceId));
  return found;
}

async function compare(context: Context, actor: Actor, target: Target, enrolled: Device): Promise<Comparison> {
  const nothing = { device: enrolled.name, code: null, why: null, drift: [], history: [] } as const;
  try {
    const { device, link } = await lookAt(context, actor, enrolled);
    const { version, hardwareId } = device.facts;
    if (hardwareId !== target.hardwareId) return { ...nothing, verdict: 'stale', why: 'another box answers at its address' };
    if (version !== target.version) return { ...nothing, verdict: 'stale', why: `it runs RouterOS ${version} now` };
    const capability = (id: string) => context.catalog.capability(id);
    const drift = driftOf(target, baseNow(target.base, await readBase(link, target, { capability })));
    if (drift.length === 0) return { ...nothing, verdict: 'fresh' };
    return { ...nothing, verdict: 'stale', drift, history: await routerHistory(link, device) };
  } catch (thrown) {
    const { code, message } = asFleetError(thrown);
    return { ...nothing, verdict: 'unknown', code, why: message };
  }
}
