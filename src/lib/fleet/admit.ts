import { DeniedError } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import { ruleFor } from '../plan/policy.ts';
import { requireState } from '../plan/state.ts';
import { checkApproval } from '../plan/token.ts';
import type { Approval, Plan, Target } from '../plan/types.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { fenceOf, requireAllowed } from './fence.ts';
import { closeExpired, isConflict, requireIntact, requirePlan, stateOf } from './plans.ts';
import type { ApplyRequest } from './types.ts';

/** A plan that may be executed now, with everything that says so. */
export interface Admitted {
  readonly plan: Plan;
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
  const device = await requireDevice(context, target.deviceId);
  const asks = target.changes.flatMap((change) => context.catalog.capability(change.capability).fence ?? []);
  requireAllowed(context, device, plan.risk, asks);
  await checkEither(context, { plan, target, device, approval }, request.token);
  return { plan, target, device, approval };
}

/** A person's approval proves itself by its MAC; a rule's by being true when it is asked again. */
async function checkEither(context: Context, { plan, target, device, approval }: Admitted, token: string | undefined): Promise<void> {
  try {
    if (approval.kind === 'person') return checkApproval(context.approvalKey(false), approval, plan, context.store.now(), token);
    if (ruleFor(plan, fenceOf(context, device), context.config.policy) !== approval.rule || approval.planHash !== plan.hash) {
      throw new DeniedError('The policy rule that approved this plan no longer holds.', {
        code: 'APPROVAL_INVALID',
        hint: 'A person must approve it.',
      });
    }
    if (context.store.now() >= approval.expiresAt)
      throw new DeniedError('The approval of this plan has expired.', { code: 'APPROVAL_EXPIRED', hint: 'Plan again.' });
  } catch (thrown) {
    if (thrown instanceof DeniedError && thrown.code === 'APPROVAL_EXPIRED') await backToReview(context, plan.id, target.deviceId);
    throw thrown;
  }
}

/** An approval that ran out unused: the plan waits for a person again. */
export async function backToReview(context: Context, planId: string, deviceId: string): Promise<void> {
  try {
    await context.store.commit([{ kind: 'target-move', planId, deviceId, from: 'approved', to: 'review' }]);
  } catch (thrown) {
    if (!isConflict(thrown)) throw thrown;
  }
}
