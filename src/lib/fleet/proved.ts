import { sameDigest } from '../core/canonical.ts';
import { isIntact } from '../plan/plan.ts';
import { ruleFor } from '../plan/policy.ts';
import { approvalMac } from '../plan/token.ts';
import type { Approval, Outcome, Plan, TargetState } from '../plan/types.ts';
import type { Run } from '../store/store.ts';
import type { Context } from './context.ts';
import { fenceOf, policyOf } from './fence.ts';
import { entry, SYSTEM } from './record.ts';

/**
 * Why nothing of a plan may be sent by whoever takes it up, not even its undo: a run that somebody wrote into the store is no run that a
 * person approved. Undefined when the plan and its used approval are what they were.
 * @throws ConfigError `KEY_MISSING` without the key nobody can say
 */
export async function whyUnproved(context: Context, plan: Plan): Promise<string | undefined> {
  if (!isIntact(plan)) return 'The stored plan does not match its own hash: it was altered.';
  const approval = await context.store.approval(plan.id);
  if (!approval || approval.consumedAt === undefined) return 'No approval of this plan was ever used.';
  if (approval.planId !== plan.id || approval.planHash !== plan.hash) return 'Its approval belongs to another plan.';
  const proved = approval.kind === 'person' ? isGenuine(context, approval) : await isStillTheRule(context, plan, approval);
  return proved ? undefined : 'Its approval cannot be proved.';
}

const isGenuine = (context: Context, approval: Approval): boolean =>
  sameDigest(approvalMac(context.approvalKey(false), approval), approval.mac);

async function isStillTheRule(context: Context, plan: Plan, { rule }: Approval): Promise<boolean> {
  const [target] = plan.targets;
  const device = target && (await context.store.device(target.deviceId));
  return device !== undefined && ruleFor(plan, fenceOf(context, device), policyOf(context)) === rule;
}

/** Ends a router of a run without asking it anything: what may be left on it is for a person to see. */
export async function endUnseen(
  context: Context,
  { plan, deviceId, run, from }: { readonly plan: Plan; readonly deviceId: string; readonly run: Run; readonly from: TargetState },
  why: string,
): Promise<void> {
  const outcome: Outcome = {
    state: 'stuck',
    summary: `The process that applied this plan ended in the middle, and nothing was sent since. ${why}`,
    hint: 'Compare the journal of the plan with the router.',
    checks: [],
    left: plan.targets.find((one) => one.deviceId === deviceId)?.changes ?? [],
    drift: [],
    at: context.store.now(),
  };
  await context.ledger.commit(
    [{ kind: 'target-move', planId: plan.id, deviceId, from, to: 'stuck', outcome }],
    [entry(SYSTEM, 'plan.apply', 'unknown', { plan: plan.id, details: { state: 'stuck', run: run.id } })],
  );
}
