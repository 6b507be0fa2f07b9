import type { Actor } from '../core/actor.ts';
import { DeniedError, InputError, StoreError } from '../core/errors.ts';
import { newRequestId, newRunId } from '../core/ids.ts';
import { isOver } from '../plan/state.ts';
import type { Approval, Plan } from '../plan/types.ts';
import type { Run, StoreWrite } from '../store/store.ts';
import type { Job } from './apply.ts';
import { stoppedByPerson, tooLate } from './called-off.ts';
import type { Context } from './context.ts';
import { entry } from './record.ts';

/** An execution that begins now: the approval is used up with its first record. */
export function newJob(context: Context, actor: Actor, plan: Plan, approval: Approval): Job & { isOpen(): boolean } {
  const ids = { runId: newRunId(), requestId: newRequestId() };
  const startedAt = context.store.now();
  const run: Run = { id: ids.runId, planId: plan.id, by: actor.id, startedAt, wanted: 'go' };
  let opening: Promise<void> | undefined;
  let isOpen = false;
  const consume: StoreWrite = {
    kind: 'approval-consume',
    planId: plan.id,
    planHash: plan.hash,
    nonceHash: approval.nonceHash,
    at: startedAt,
  };
  const details = { hash: plan.hash, approvedBy: approval.by };
  const started = entry(actor, 'plan.apply', 'started', { ...aboutTargets(plan), plan: plan.id, requestId: ids.requestId, details });
  const open: Job['open'] = async ({ writes, entries }) => {
    // Two routers of one wave may begin at once: one of them opens the run, the other one waits for it.
    await opening;
    if (isOpen) return context.ledger.commit(writes, entries);
    const at = context.store.now();
    opening = context.ledger
      .commit([{ ...consume, at }, { kind: 'run-start', run: { ...run, startedAt: at } }, ...writes], [started, ...entries])
      .catch((thrown: unknown) => refused(thrown, approval, at));
    await opening;
    isOpen = true;
  };
  return { context, actor, plan, ...ids, open, ...manners(context, plan, ids.runId, () => startedAt), isOpen: () => isOpen };
}

/** An execution that another process began, taken up under its own name. */
export function takenJob(context: Context, actor: Actor, plan: Plan, run: Run): Job {
  const commit: Job['open'] = ({ writes, entries }) => context.ledger.commit(writes, entries);
  return {
    context,
    actor,
    plan,
    runId: run.id,
    requestId: newRequestId(),
    open: commit,
    ...manners(context, plan, run.id, () => run.startedAt),
  };
}

function manners(context: Context, plan: Plan, runId: string, startedAt: () => number): Pick<Job, 'mayGoOn' | 'doubts' | 'ends'> {
  const since = context.clock.monotonic();
  return {
    mayGoOn: async () => {
      if ((await context.store.run(runId))?.wanted === 'cancel') throw stoppedByPerson();
      const age = Math.max(context.store.now() - startedAt(), context.clock.monotonic() - since);
      if (age > plan.executeWithin) throw tooLate();
    },
    doubts: () => undefined,
    ends: async (deviceId) => {
      // A rollout may still take routers back when the last of them is over.
      if (plan.rollout && deviceId !== '') return [];
      const run = await context.store.run(runId);
      const states = await context.store.targetStates(plan.id);
      const last = [...states].every(([id, state]) => id === deviceId || isOver(state));
      return run && run.endedAt === undefined && last ? [{ kind: 'run-end', runId, at: context.store.now() }] : [];
    },
  };
}

/** What the ledger says a run is about: the router, where it is one. */
function aboutTargets({ targets }: Plan): {
  readonly device?: { readonly id: string; readonly environment: Plan['targets'][number]['environment'] };
} {
  const [only] = targets;
  return only && targets.length === 1 ? { device: { id: only.deviceId, environment: only.environment } } : {};
}

function refused(thrown: unknown, approval: Approval, at: number): never {
  if (!(thrown instanceof StoreError) || thrown.code !== 'STORE_CONFLICT') throw thrown;
  if (at >= approval.expiresAt) {
    throw new DeniedError('The approval of this plan has expired.', { code: 'APPROVAL_EXPIRED', hint: 'A person must approve it again.' });
  }
  // Not the first write of the list: the approval was there, and the plan is not where it was.
  if (thrown.details['write'] !== 0) {
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
