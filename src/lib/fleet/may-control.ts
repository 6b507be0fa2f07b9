import { type Actor, isMachine } from '../core/actor.ts';
import { DeniedError } from '../core/errors.ts';
import type { Context } from './context.ts';
import type { Control } from './jobs.ts';
import { requireMayPlan } from './may.ts';
import { aboutPlan, requirePlan } from './plans.ts';
import { auditDenial } from './record.ts';

/**
 * Who may apply a plan may also stop it. A program stops what it started itself, and never goes on where a person paused: whatever steers
 * it could otherwise undo the decision of somebody who had seen something.
 * @throws DeniedError
 */
export async function requireMayControl(context: Context, actor: Actor, planId: string, what: Control): Promise<void> {
  await requireMayPlan(context, actor, 'apply', planId);
  if (!isMachine(actor)) return;
  const stored = await requirePlan(context, planId);
  await auditDenial(context, actor, `plan.${what}`, aboutPlan(stored), async () => {
    const run = (await context.store.runs(planId)).findLast((one) => one.endedAt === undefined);
    // Without a run there is nothing to decide about: the verb says so.
    if (!run) return;
    if (run.by !== actor.id) throw notTheirs(`${what} a run that somebody else started`, planId, what);
    if (what === 'resume' && (await pausedBy(context, planId)) !== actor.id)
      throw notTheirs('resume what somebody else paused', planId, what);
  });
}

/** The last who did pause it: whoever was refused that is in the ledger as well. */
const pausedBy = async (context: Context, planId: string): Promise<string | undefined> =>
  (await context.store.ledger({ planId, operation: 'plan.pause', limit: 50 })).find(({ result }) => result === 'ok')?.actor;

const notTheirs = (deed: string, planId: string, what: Control): DeniedError =>
  new DeniedError(`A program may not ${deed}.`, { hint: `A person does it in the terminal: routeros-mcp plan ${what} ${planId}` });
