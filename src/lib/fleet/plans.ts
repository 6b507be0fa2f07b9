import { InputError, StoreError } from '../core/errors.ts';
import { isIntact } from '../plan/plan.ts';
import { approvalNeeds } from '../plan/policy.ts';
import { planState } from '../plan/state.ts';
import type { Approval, Plan } from '../plan/types.ts';
import type { PlanFilter, StoredPlan, StoreWrite } from '../store/store.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { policyOf } from './fence.ts';
import { limitOf } from './limits.ts';
import { type About, entry, SYSTEM } from './record.ts';
import type { PlanView } from './types.ts';

/** @throws InputError `UNKNOWN_PLAN` */
export async function requirePlan(context: Context, planId: string): Promise<StoredPlan> {
  const stored = await context.store.plan(planId);
  if (stored) return stored;
  throw noSuchPlan();
}

export const noSuchPlan = (): InputError =>
  new InputError('There is no plan of that id.', { code: 'UNKNOWN_PLAN', hint: 'List them with: routeros-mcp plan list.' });

/** @throws StoreError somebody altered the plan where it is kept */
export function requireIntact(plan: Plan): void {
  if (isIntact(plan)) {
    if (plan.format === 1) return;
    throw new StoreError('The stored plan is of a format that this program does not know.', { hint: 'Update routeros-mcp.' });
  }
  throw new StoreError('The stored plan does not match its own hash: it was altered.', {
    hint: 'Make a new plan and look into who altered the store.',
  });
}

/** What the ledger says a record is about: the plan, and the router it is for. */
export function aboutPlan({ plan }: StoredPlan): About {
  const [target] = plan.targets;
  return { plan: plan.id, ...(target && { device: { id: target.deviceId, environment: target.environment } }) };
}

/** What whoever executes a plan holds, besides the leases on its routers: a name no device has. */
export const planLease = (planId: string): { readonly id: string } => ({ id: `plan:${planId}` });

export const stateOf = (stored: StoredPlan): PlanView['state'] => planState(stored.targets.map((target) => target.state));

const publicApproval = ({ by, kind, rule, issuedAt, expiresAt, consumedAt }: Approval): PlanView['approval'] => ({
  by,
  kind,
  issuedAt,
  expiresAt,
  ...(rule !== undefined && { rule }),
  ...(consumedAt !== undefined && { consumedAt }),
});

/** A plan and where it stands; neither nonce nor MAC of its approval. */
export async function planView(context: Context, stored: StoredPlan): Promise<PlanView> {
  const approval = await context.store.approval(stored.plan.id);
  const shown = approval && publicApproval(approval);
  return {
    plan: stored.plan,
    state: stateOf(stored),
    targets: stored.targets,
    ...(shown && { approval: shown }),
    ...(stored.decision && { decision: stored.decision }),
    runs: await context.store.runs(stored.plan.id),
    approvalNeeds: approvalNeeds(stored.plan, policyOf(context)),
  };
}

/** Shows a plan; one whose time is over is closed first. */
export async function showPlan(context: Context, planId: string): Promise<PlanView> {
  requireIntact((await requirePlan(context, planId)).plan);
  return planView(context, await closeExpired(context, await requirePlan(context, planId)));
}

export async function listPlans(
  context: Context,
  filter: { readonly state?: PlanFilter['state']; readonly device?: string; readonly limit?: number },
): Promise<readonly PlanView[]> {
  const device = filter.device === undefined ? undefined : await requireDevice(context, filter.device);
  if (filter.state === 'expired') await closeAllExpired(context);
  const plans = await context.store.plans({
    ...(filter.state && { state: filter.state }),
    ...(device && { deviceId: device.id }),
    limit: limitOf(filter.limit, Number.MAX_SAFE_INTEGER),
  });
  const views: PlanView[] = [];
  for (const stored of plans) views.push(await planView(context, await closeExpired(context, stored)));
  return filter.state === undefined ? views : views.filter((view) => view.state === filter.state);
}

/** Plans past their life are closed by whoever looks at them; another process may have been faster. */
export async function closeExpired(context: Context, stored: StoredPlan): Promise<StoredPlan> {
  const waiting = stored.targets.filter(({ state }) => state === 'review' || state === 'approved');
  if (waiting.length === 0 || context.store.now() < stored.plan.expiresAt) return stored;
  const writes = waiting.map(
    ({ deviceId, state }): StoreWrite => ({ kind: 'target-move', planId: stored.plan.id, deviceId, from: state, to: 'expired' }),
  );
  try {
    await context.ledger.commit(writes, [entry(SYSTEM, 'plan.expire', 'ok', aboutPlan(stored))]);
  } catch (thrown) {
    if (!isConflict(thrown)) throw thrown;
  }
  return requirePlan(context, stored.plan.id);
}

/** Those that nobody looked at since their time was over. */
async function closeAllExpired(context: Context): Promise<void> {
  for (const state of ['review', 'approved'] as const) {
    for (const stored of await context.store.plans({ state })) await closeExpired(context, stored);
  }
}

export const isConflict = (thrown: unknown): boolean =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'STORE_CONFLICT';
