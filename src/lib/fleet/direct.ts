import type { Actor } from '../core/actor.ts';
import { APPROVAL_LIFE, ruleFor } from '../plan/policy.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { fenceOf, policyOf } from './fence.ts';
import { plan } from './plan.ts';
import { entry } from './record.ts';
import { apply } from './start.ts';
import type { PlanRequest, PlanResult } from './types.ts';

/**
 * Plans, and applies at once where a named policy rule approves: low risk, one lab or staging router that allows it.
 * The rule stands as approver in ledger and history. Everything else waits for a person.
 */
export async function direct(
  context: Context,
  actor: Actor,
  request: PlanRequest,
): Promise<PlanResult & { readonly applied: boolean; readonly waitsBecause?: string }> {
  const result = await plan(context, actor, request);
  if (!result.view) return { ...result, applied: false };
  const { plan: document } = result.view;
  const device = await requireDevice(context, request.device);
  const rule = ruleFor(document, fenceOf(context, device), policyOf(context));
  if (rule === undefined) {
    const because = `a ${document.risk}-risk change to a ${device.environment} router needs a person's approval`;
    return { ...result, applied: false, waitsBecause: because };
  }
  const now = context.store.now();
  const approval = {
    planId: document.id,
    planHash: document.hash,
    by: `policy:${rule}`,
    kind: 'policy' as const,
    rule,
    issuedAt: now,
    expiresAt: Math.min(now + APPROVAL_LIFE, document.expiresAt),
    nonceHash: '',
    mac: '',
  };
  await context.ledger.commit(
    [
      { kind: 'approval-put', approval },
      { kind: 'target-move', planId: document.id, deviceId: device.id, from: 'review', to: 'approved' },
    ],
    [
      entry({ id: `policy:${rule}`, origin: 'system', roles: [], terminal: false }, 'plan.approve', 'ok', {
        device,
        plan: document.id,
        details: { rule, for: actor.id },
      }),
    ],
  );
  const view = await apply(context, actor, { planId: document.id });
  return { planned: true, applied: view.state === 'completed', view };
}
