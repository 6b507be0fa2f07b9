import { DeniedError } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import { ruleFor } from '../plan/policy.ts';
import { requireState } from '../plan/state.ts';
import type { Approval, Plan, Target } from '../plan/types.ts';
import type { StoreWrite } from '../store/store.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { fenceOf, policyOf, requireAllowed } from './fence.ts';
import { closeExpired, isConflict, requireIntact, requirePlan, stateOf } from './plans.ts';
import { requireStanding } from './standing.ts';
import type { ApplyRequest } from './types.ts';

/** A plan that may be executed now, with everything that says so. */
export interface Admitted {
  readonly plan: Plan;
  /** The first, and for most plans the only one. */
  readonly target: Target;
  readonly device: Device;
  readonly approval: Approval;
}

/** Everything that must hold before a router is asked anything: state, hash, approval, and the fences as they are today. */
export async function admit(context: Context, request: ApplyRequest): Promise<Admitted> {
  const stored = await closeExpired(context, await requirePlan(context, request.planId));
  const { plan } = stored;
  const state = stateOf(stored);
  if (state === 'review') {
    throw new DeniedError('This plan waits for a person: it is not approved.', {
      code: 'APPROVAL_MISSING',
      hint: `A person reviews and approves it in the terminal: routeros-mcp plan approve ${plan.id}`,
    });
  }
  requireState(state, ['approved'], 'applied');
  requireIntact(plan);
  const [target] = plan.targets;
  const approval = await context.store.approval(plan.id);
  if (!target || !approval)
    throw new DeniedError('This plan has no approval.', { code: 'APPROVAL_MISSING', hint: 'A person must approve it.' });
  const devices: Device[] = [];
  for (const one of plan.targets) devices.push(await allowedDevice(context, plan, one));
  const [device] = devices;
  if (!device) throw new DeniedError('This plan has no router.', { hint: 'Make a new plan.' });
  await checkEither(context, plan, devices, approval, request.token);
  return { plan, target, device, approval };
}

/** A router of a plan, with the fences as they are today. @throws DeniedError, InputError */
export async function allowedDevice(context: Context, plan: Plan, target: Target): Promise<Device> {
  const device = await requireDevice(context, target.deviceId);
  const asks = target.changes.flatMap((change) => context.catalog.capability(change.capability).fence ?? []);
  requireAllowed(context, device, plan.risk, plan.targets.length > 1 ? [...asks, 'professional-workflows'] : asks);
  return device;
}

/** A person's approval proves itself by its MAC; a rule's by being true when it is asked again. */
async function checkEither(
  context: Context,
  plan: Plan,
  devices: readonly Device[],
  approval: Approval,
  token: string | undefined,
): Promise<void> {
  try {
    if (approval.kind === 'person') return await requireStanding(context, { plan, devices, approval }, token);
    const [device] = devices;
    const holds = device && ruleFor(plan, fenceOf(context, device), policyOf(context)) === approval.rule;
    if (!holds || approval.planHash !== plan.hash) {
      throw new DeniedError('The policy rule that approved this plan no longer holds.', {
        code: 'APPROVAL_INVALID',
        hint: 'A person must approve it.',
      });
    }
    if (context.store.now() >= approval.expiresAt)
      throw new DeniedError('The approval of this plan has expired.', { code: 'APPROVAL_EXPIRED', hint: 'Plan again.' });
  } catch (thrown) {
    if (thrown instanceof DeniedError && thrown.code === 'APPROVAL_EXPIRED') await backToReview(context, plan.id);
    throw thrown;
  }
}

/** An approval that ran out unused: the plan waits for a person again. */
export async function backToReview(context: Context, planId: string): Promise<void> {
  const states = await context.store.targetStates(planId);
  const writes = [...states].flatMap(([deviceId, state]): readonly StoreWrite[] =>
    state === 'approved' ? [{ kind: 'target-move', planId, deviceId, from: 'approved', to: 'review' }] : [],
  );
  try {
    await context.store.commit(writes);
  } catch (thrown) {
    if (!isConflict(thrown)) throw thrown;
  }
}
