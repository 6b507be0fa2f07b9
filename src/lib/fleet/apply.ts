import { openWriter } from '../client/writer.ts';
import type { Actor } from '../core/actor.ts';
import { asFleetError, DeniedError, InputError, StoreError } from '../core/errors.ts';
import { newRequestId, newRunId } from '../core/ids.ts';
import type { Device } from '../device/device.ts';
import { readFacts } from '../insight/facts.ts';
import { applyTarget } from '../plan/apply.ts';
import { Failure, stale, stuck } from '../plan/outcome.ts';
import type { ApplyPorts } from '../plan/ports.ts';
import { assertTransition } from '../plan/state.ts';
import type { Approval, Outcome, Target, TargetState } from '../plan/types.ts';
import { closeAbandoned } from './abandoned.ts';
import { type Admitted, admit, backToReview } from './admit.ts';
import { healthChecks } from './checks.ts';
import type { Context } from './context.ts';
import { journalWrites } from './journal.ts';
import { type HeldLease, takeLease } from './lease.ts';
import { aboutPlan, planView, requirePlan } from './plans.ts';
import { auditDenial, entry } from './record.ts';
import type { ApplyRequest, PlanView } from './types.ts';

/**
 * Applies an approved plan to the end, whoever stops waiting for it.
 * @throws what kept it from starting: not approved, denied, unreachable; the plan then stands where it stood
 */
export function apply(context: Context, actor: Actor, request: ApplyRequest): Promise<PlanView> {
  const work = requirePlan(context, request.planId).then((stored) =>
    auditDenial(context, actor, 'plan.apply', aboutPlan(stored), () => applyAdmitted(context, actor, request)),
  );
  const settled = work.catch(() => undefined).finally(() => context.background.delete(settled));
  context.background.add(settled);
  return work;
}

async function applyAdmitted(context: Context, actor: Actor, request: ApplyRequest): Promise<PlanView> {
  const admitted = await admit(context, request);
  const { plan, device, target } = admitted;
  const lease = await takeLease(context, device);
  try {
    await closeAbandoned(context, device);
    await execute(context, actor, admitted, lease);
  } catch (thrown) {
    // Found only now: between the check and the consumption the approval ran out.
    if (asFleetError(thrown).code === 'APPROVAL_EXPIRED') await backToReview(context, plan.id, target.deviceId);
    throw thrown;
  } finally {
    await lease.release();
  }
  return planView(context, await requirePlan(context, plan.id));
}

async function execute(context: Context, actor: Actor, { plan, device, target, approval }: Admitted, lease: HeldLease): Promise<void> {
  const channel = await context.routers.channel(device);
  const link = await context.routers.link(device);
  let state: TargetState = 'approved';
  const move = async (to: TargetState, outcome?: Outcome): Promise<void> => {
    assertTransition(state, to);
    const result = to === 'completed' ? 'ok' : to === 'rolling-back' ? 'started' : 'failed';
    const details = { state: to, ...(outcome?.code && { code: outcome.code }) };
    await context.ledger.commit(
      [
        { kind: 'target-move', planId: plan.id, deviceId: device.id, from: state, to, ...(outcome && { outcome }) },
        ...(outcome && started ? [{ kind: 'run-end' as const, runId, at: context.store.now() }] : []),
      ],
      [entry(actor, 'plan.apply', result, { device, plan: plan.id, requestId, details })],
    );
    state = to;
    context.events.emit({ type: 'target-state', planId: plan.id, deviceId: device.id, state: to });
  };
  const runId = newRunId();
  const requestId = newRequestId();
  let started = false;
  const journal = journalWrites({ context, actor, device, plan, runId, requestId });
  const ports: ApplyPorts = {
    clock: context.clock,
    reader: link,
    writer: openWriter(channel),
    capability: (id) => context.catalog.capability(id),
    fresh: async () => {
      const line = await context.routers.fresh(device);
      return { ...line.link, close: line.close };
    },
    begin: async (first) => {
      await begin(context, actor, { plan, device, target, approval }, { runId, requestId }, journal.writes(first));
      started = true;
      state = 'executing';
      journal.announce(first, target.steps.length);
      context.events.emit({ type: 'target-state', planId: plan.id, deviceId: device.id, state });
    },
    journal: async (record) => {
      await journal.store(record);
      journal.announce(record, target.steps.length);
    },
    rollingBack: () => move('rolling-back'),
    holdsLease: () => lease.check(),
    checks: healthChecks(),
  };
  const other = await otherBox(context, link, target);
  const outcome = other ?? (await applyOrStuck(context, { plan, device, target, approval }, ports, () => started));
  await move(outcome.state, outcome);
}

/** The same box, on the same version? Another one under this address is stale, whatever its rows say. */
async function otherBox(context: Context, link: Parameters<typeof readFacts>[0], target: Target): Promise<Outcome | undefined> {
  const facts = await readFacts(link, context.store.now());
  if (facts.hardwareId === target.hardwareId && facts.version === target.version) return undefined;
  return { ...stale([], context.store.now()), summary: 'Another box, or another version, answers at this address now; nothing was sent.' };
}

/** What breaks after the first write must not leave the plan in the middle, as long as the store still takes a word. */
async function applyOrStuck(context: Context, { plan, target }: Admitted, ports: ApplyPorts, started: () => boolean): Promise<Outcome> {
  try {
    return await applyTarget(plan, target, ports);
  } catch (thrown) {
    if (!started()) throw thrown;
    return stuck(new Failure(asFleetError(thrown)), [], target.changes, [], context.store.now());
  }
}

/** The approval is used up, the plan is executing, and the first intent is in the journal: all of it, or nothing. */
async function begin(
  context: Context,
  actor: Actor,
  {
    plan,
    device,
    approval,
  }: { readonly plan: Admitted['plan']; readonly device: Device; readonly target: Target; readonly approval: Approval },
  ids: { readonly runId: string; readonly requestId: string },
  first: ReturnType<ReturnType<typeof journalWrites>['writes']>,
): Promise<void> {
  const at = context.store.now();
  try {
    await context.ledger.commit(
      [
        { kind: 'approval-consume', planId: plan.id, planHash: plan.hash, nonceHash: approval.nonceHash, at },
        { kind: 'target-move', planId: plan.id, deviceId: device.id, from: 'approved', to: 'executing' },
        { kind: 'run-start', run: { id: ids.runId, planId: plan.id, by: actor.id, startedAt: at } },
        ...first.writes,
      ],
      [
        entry(actor, 'plan.apply', 'started', {
          device,
          plan: plan.id,
          requestId: ids.requestId,
          details: { hash: plan.hash, approvedBy: approval.by },
        }),
        ...first.entries,
      ],
    );
  } catch (thrown) {
    if (!(thrown instanceof StoreError) || thrown.code !== 'STORE_CONFLICT') throw thrown;
    if (at >= approval.expiresAt) {
      throw new DeniedError('The approval of this plan has expired.', {
        code: 'APPROVAL_EXPIRED',
        hint: 'A person must approve it again.',
      });
    }
    // The second write of the list: the approval was there, and the plan is not where it was.
    if (thrown.details['write'] === 1) {
      throw new InputError('This plan is no longer approved: somebody decided otherwise just now.', {
        code: 'PLAN_STATE',
        hint: 'Look at the plan again.',
      });
    }
    throw new DeniedError('The approval of this plan was already used.', {
      code: 'APPROVAL_INVALID',
      hint: 'Look at the plan: somebody else applies it.',
    });
  }
}
