import type { Actor } from '../core/actor.ts';
import { cleanText } from '../core/clean.ts';
import { InputError } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import { classify } from '../plan/classify.ts';
import { lastingPart } from '../plan/execute/validate.ts';
import type { Change, Outcome, Plan, Target } from '../plan/types.ts';
import { workOn } from './apply.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { takenJob } from './job.ts';
import { idsFrom } from './journal-ids.ts';
import { type HeldLease, takeLease } from './lease.ts';
import { requirePerson } from './people.ts';
import { menusOf } from './plan-target.ts';
import { aboutPlan, planView, requirePlan } from './plans.ts';
import { entry } from './record.ts';
import type { PlanView } from './types.ts';

/**
 * How a person says that a stuck router stands. `pre`: as before the plan; `post`: as planned; `accept`: neither, and it may stay so.
 * The first two are read back before they are believed.
 */
export type ResolveAs = 'pre' | 'post' | 'accept';

export interface ResolveRequest {
  readonly as: ResolveAs;
  readonly reason: string;
  /** For a plan of several routers: which of them. */
  readonly device?: string;
}

/**
 * The way out of `stuck`: the router is read, and its plan is closed as what it really came to. Only for people.
 * @throws InputError the plan is not stuck there, or the router is not as it is said to be; `details.left` counts what differs
 */
export async function resolve(context: Context, actor: Actor, planId: string, request: ResolveRequest): Promise<PlanView> {
  requirePerson(actor, 'admin', 'resolve a stuck plan');
  const stored = await requirePlan(context, planId);
  const stuck = stored.targets.filter(({ state, outcome }) => state === 'stuck' && outcome?.resolved === undefined);
  const named = request.device === undefined ? undefined : await requireDevice(context, request.device);
  const [at, ...more] = named ? stuck.filter(({ deviceId }) => deviceId === named.id) : stuck;
  if (!at) throw new InputError('This plan is not stuck there.', { code: 'PLAN_STATE', hint: 'Look at it with: routeros-mcp plan show.' });
  if (more.length > 0) throw new InputError('This plan is stuck on several routers.', { hint: 'Name one of them with --device.' });
  const reason = cleanText(request.reason).trim();
  if (reason === '' || reason.length > 500)
    throw new InputError('A resolution needs a reason of 1 to 500 characters.', { hint: 'Say what you saw on the router.' });
  const target = stored.plan.targets.find(({ deviceId }) => deviceId === at.deviceId);
  const device = await requireDevice(context, at.deviceId);
  if (!target || !at.outcome) throw new InputError('This plan has no such router.', { code: 'PLAN_STATE' });
  const lease = await takeLease(context, device);
  try {
    if (request.as !== 'accept') await requireStandsAs(context, device, planId, target, request.as);
    await sweepLeftovers(context, actor, stored.plan, device, target, lease);
    const to = request.as === 'pre' ? 'rolled-back' : request.as === 'post' ? 'completed' : 'stuck';
    const outcome = resolvedOutcome(at.outcome, to, actor, reason, context.store.now());
    await context.ledger.commit(
      [{ kind: 'target-move', planId, deviceId: device.id, from: 'stuck', to, outcome }],
      [entry(actor, 'plan.resolve', 'ok', { ...aboutPlan(stored), details: { as: request.as, reason } })],
    );
  } finally {
    await lease.release();
  }
  return planView(context, await requirePlan(context, planId));
}

/** No guard survives the end of a plan: what a stuck one left on the router goes now. */
async function sweepLeftovers(context: Context, actor: Actor, plan: Plan, device: Device, target: Target, lease: HeldLease): Promise<void> {
  const run = (await context.store.runs(plan.id)).at(-1);
  if (!run || target.guard.kind === 'none') return;
  const work = await workOn(takenJob(context, actor, plan, run), device, target, lease, 'stuck');
  await work.sweep();
}

function resolvedOutcome(before: Outcome, state: Outcome['state'], actor: Actor, reason: string, at: number): Outcome {
  const kept = state === 'stuck' ? { left: before.left, drift: before.drift } : { left: [], drift: [] };
  return {
    ...before,
    ...kept,
    state,
    summary: 'A person looked at the router and closed this plan.',
    resolved: { by: actor.id, at, reason },
    at,
  };
}

async function requireStandsAs(context: Context, device: Device, planId: string, target: Target, as: 'pre' | 'post'): Promise<void> {
  const link = await context.routers.link(device);
  const menus = await menusOf(
    context,
    device,
    link,
    target.changes.map((change) => change.capability),
  );
  const ids = idsFrom(target, await context.store.journal(planId, device.id));
  const later = (index: number): readonly Change[] => (as === 'post' ? target.changes.slice(index + 1) : []);
  const wrong = target.changes.filter((change, index) => {
    const menu = menus.get(change.capability);
    const lasting = lastingPart(change, later(index));
    return lasting !== undefined && menu !== undefined && classify(lasting, menu, ids, new Set()).standing !== as;
  });
  if (wrong.length === 0) return;
  throw new InputError(`The router does not stand as it is said to: ${wrong.length} of ${target.changes.length} changes differ.`, {
    code: 'PLAN_STATE',
    hint: 'Put it right by hand, or close the plan with --as accept.',
    details: { left: wrong.length, changes: wrong.map(({ verb, capability }) => `${verb} ${capability}`).slice(0, 20) },
  });
}
