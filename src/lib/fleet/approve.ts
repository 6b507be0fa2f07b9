import { may } from '../access/may.ts';
import type { Actor } from '../core/actor.ts';
import { cleanText } from '../core/clean.ts';
import { DeniedError, InputError } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import type { Device } from '../device/device.ts';
import { approvalNeeds, approverProblems } from '../plan/policy.ts';
import { requireState } from '../plan/state.ts';
import { signApproval } from '../plan/token-sign.ts';
import type { StoreWrite } from '../store/store.ts';
import { type KeyAccess, signerOf } from './approvers.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { policyOf, requireAllowed } from './fence.ts';
import { requirePerson } from './people.ts';
import { aboutPlan, closeExpired, isConflict, planView, requireIntact, requirePlan, stateOf } from './plans.ts';
import { auditDenial, entry } from './record.ts';
import type { PlanView } from './types.ts';

/** A person's yes. Only Door 2 reaches this file; the architecture test keeps it out of reach of `src/mcp`. */
export async function approve(
  context: Context,
  actor: Actor,
  planId: string,
  options: { readonly typedName?: string; readonly approverKey?: KeyAccess } = {},
): Promise<{ readonly view: PlanView; readonly token: Secret }> {
  const found = await requirePlan(context, planId);
  // Before anything in it is believed, its time included.
  requireIntact(found.plan);
  const stored = await closeExpired(context, found);
  const { plan } = stored;
  requireState(stateOf(stored), ['review', 'approved'], 'approved');
  return auditDenial(context, actor, 'plan.approve', aboutPlan(stored), async () => {
    const policy = policyOf(context);
    const needs = approvalNeeds(plan, policy);
    const problems = approverProblems(plan, actor, policy, options.typedName);
    if (problems.length > 0) throw notApproved(problems, needs);
    for (const target of plan.targets) {
      const device = await requireDevice(context, target.deviceId);
      requireAllowed(context, device, plan.risk, []);
      requireInScope(actor, device);
    }
    if (needs.approverKey && !options.approverKey) throw keyNeeded(plan.id);
    const signer = options.approverKey && (await signerOf(context, actor, options.approverKey));
    const { approval, token } = signApproval(context.approvalKey(true), plan, actor.id, context.store.now(), signer);
    const moves = stored.targets
      .filter(({ state }) => state === 'review')
      .map(({ deviceId }): StoreWrite => ({ kind: 'target-move', planId, deviceId, from: 'review', to: 'approved' }));
    const details = { hash: plan.hash, expiresAt: approval.expiresAt, ...(signer && { signedWith: signer.keyId }) };
    await context.ledger
      .commit([{ kind: 'approval-put', approval }, ...moves], [entry(actor, 'plan.approve', 'ok', { ...aboutPlan(stored), details })])
      .catch(somebodyWasFaster);
    return { view: await planView(context, await requirePlan(context, planId)), token };
  });
}

const notApproved = (problems: readonly string[], needs: ReturnType<typeof approvalNeeds>): DeniedError =>
  new DeniedError(`Not approved: ${problems.join('; ')}.`, {
    code: problems.length === 1 && needs.typedName !== null && problems[0]?.includes('typed') ? 'CONFIRMATION_NEEDED' : 'DENIED',
    hint: needs.terminal
      ? 'A person approves it at a terminal: in the terminal UI, or with plan approve.'
      : 'A person approves it with plan approve.',
    details: { problems, ...needs },
  });

/** The terminal UI asks for no passphrase: it is typed where nothing else draws. */
const keyNeeded = (planId: string): DeniedError =>
  new DeniedError('Not approved: policy asks for an approver key.', {
    code: 'CONFIRMATION_NEEDED',
    hint: `Approve it on the command line, which asks for the passphrase: routeros-mcp plan approve ${planId}`,
  });

function requireInScope(actor: Actor, device: Device): void {
  const decision = may(actor, 'approve', device);
  if (!decision.allowed)
    throw new DeniedError(`Not approved: ${decision.reason}.`, { hint: 'Somebody with this router in scope approves it.' });
}

/** Between reading the plan and deciding on it somebody else decided, or applied it. */
function somebodyWasFaster(thrown: unknown): never {
  if (!isConflict(thrown)) throw thrown;
  throw new InputError('Somebody else decided on this plan just now.', { code: 'PLAN_STATE', hint: 'Look at the plan again.' });
}

/** A person's no, with the reason kept. */
export async function reject(context: Context, actor: Actor, planId: string, reason: string): Promise<PlanView> {
  const stored = await closeExpired(context, await requirePlan(context, planId));
  const { plan } = stored;
  requireState(stateOf(stored), ['review', 'approved'], 'rejected');
  const why = cleanText(reason).trim();
  if (why === '' || why.length > 500)
    throw new InputError('A rejection needs a reason of 1 to 500 characters.', { hint: 'Say what is wrong with the plan.' });
  return auditDenial(context, actor, 'plan.reject', aboutPlan(stored), async () => {
    requirePerson(actor, 'approver', 'reject a plan');
    for (const { deviceId } of plan.targets) {
      const device = await context.store.device(deviceId);
      if (device) requireInScope(actor, device);
    }
    const moves = stored.targets.map(
      ({ deviceId, state }): StoreWrite => ({ kind: 'target-move', planId, deviceId, from: state, to: 'rejected' }),
    );
    const decision: StoreWrite = { kind: 'plan-decide', planId, by: actor.id, at: context.store.now(), reason: why };
    await context.ledger
      .commit([decision, ...moves], [entry(actor, 'plan.reject', 'ok', { ...aboutPlan(stored), details: { reason: why } })])
      .catch(somebodyWasFaster);
    return planView(context, await requirePlan(context, planId));
  });
}
