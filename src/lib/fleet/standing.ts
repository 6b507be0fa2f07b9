import { samePerson } from '../core/actor.ts';
import { DeniedError } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import { countingKeys } from '../plan/approver-key.ts';
import { verdictOf } from '../plan/policy/verdict.ts';
import { checkApproval } from '../plan/token.ts';
import type { Approval, Plan } from '../plan/types.ts';
import type { Context } from './context.ts';
import { policyOf, requirePolicy } from './fence.ts';

/**
 * Does a person's approval still stand, under the policy as it is now: not refused, by another person where two are asked for, signed
 * where a key is asked for, and for routers that are still where they were?
 * @throws DeniedError
 */
export async function requireStanding(
  context: Context,
  { plan, devices, approval }: { readonly plan: Plan; readonly devices: readonly Device[]; readonly approval: Approval },
  token?: string,
): Promise<void> {
  const now = context.store.now();
  requirePolicy(context, plan);
  const { needs } = verdictOf(plan, policyOf(context));
  const keys = approval.signature === undefined && !needs.approverKey ? [] : await keysThatCount(context);
  checkApproval(context.approvalKey(false), approval, plan, now, token, { required: needs.approverKey, keys });
  const { author } = plan;
  if (needs.twoPersons && samePerson(approval.by, author.onBehalfOf ?? author.id))
    throw new DeniedError('Another person than the one who asked must approve this plan.', {
      code: 'APPROVAL_INVALID',
      hint: 'Somebody else approves it.',
    });
  const moved = devices.find(({ id, environment }) => plan.targets.some((one) => one.deviceId === id && one.environment !== environment));
  if (moved)
    throw new DeniedError('A router of this plan is in another environment than when it was approved.', {
      code: 'APPROVAL_INVALID',
      hint: 'Make a new plan: it is judged by what the router is now.',
    });
}

/** The approver keys that count here and now. */
export const keysThatCount = async ({ store, config }: Pick<Context, 'store' | 'config'>) =>
  countingKeys(await store.approverKeys(), config.policy.approverKeys);
