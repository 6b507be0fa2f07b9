import type { Fleet } from '../../lib/index.ts';
import { textParam } from '../schema.ts';
import { CHANGES, defineTool, type Progress, type ToolContext } from '../tool.ts';
import { endedAnswer } from '../view/ended.ts';
import { PLAN_OUTPUT } from '../view/plan.ts';
import { planIdParam } from './plans.ts';

/** The one tool that lets an approved plan run. It cannot approve: without a person's approval the fleet refuses. */
export const applyPlan = defineTool({
  name: 'apply_plan',
  // The reference system had one for each topic; clients that learned those names are not turned away.
  aliases: [
    'apply_routing_plan',
    'apply_firewall_plan',
    'apply_dhcp_plan',
    'apply_bridge_plan',
    'apply_wireless_plan',
    'config_apply_dns_ntp_rollout',
  ],
  title: 'Apply an approved plan',
  description:
    'Applies a plan that a person has approved; checks it after, and undoes it when a check fails. Without an approval it is refused.\n' +
    'Use when get_plan says it is approved. Cancelling stops the waiting, not the work.',
  params: {
    plan_id: planIdParam,
    approval_token: textParam({
      about: 'Only if a person handed you one; an approval in the store is enough.',
      example: '"apr_…"',
      allowed: 'the token a person was given at approval',
      max: 2_000,
    }),
  },
  output: PLAN_OUTPUT,
  annotations: CHANGES,
  tier: 'professional',
  topic: 'plan',
  handler: async ({ plan_id, approval_token }, context) => {
    context.signal.throwIfAborted();
    const done = new AbortController();
    const telling = tellProgress(context, plan_id, done.signal);
    try {
      const work = context.fleet.apply({ planId: plan_id, ...(approval_token !== undefined && { token: approval_token }) });
      return endedAnswer(await untilAborted(context.keep(work), context.signal));
    } finally {
      done.abort();
      await telling;
    }
  },
});

/** The result, or the reason of the abort, whichever comes first; the work itself goes on. */
async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Tells every step of the run as it is recorded. Strictly rising, and never a reason for the run to fail. */
async function tellProgress({ fleet, progress, log }: ToolContext, planId: string, signal: AbortSignal): Promise<void> {
  if (!progress) return;
  try {
    let names: ReadonlyMap<string, string> | undefined;
    let done = 0;
    for await (const event of fleet.watch({ signal })) {
      if (event.type !== 'step' || event.planId !== planId) continue;
      // Only now: listening must have begun before the first step.
      names ??= await deviceNames(fleet, planId);
      done += 1;
      progress(stepMessage(done, names.get(event.deviceId) ?? 'the router', event));
    }
  } catch (thrown) {
    if (!signal.aborted) log?.(`progress of ${planId} was lost: ${thrown instanceof Error ? thrown.name : 'unknown'}`);
  }
}

async function deviceNames(fleet: Fleet, planId: string): Promise<ReadonlyMap<string, string>> {
  const { plan } = await fleet.showPlan(planId);
  return new Map(plan.targets.map(({ deviceId, deviceName }) => [deviceId, deviceName]));
}

function stepMessage(
  done: number,
  device: string,
  { record, steps }: { readonly record: { readonly phase: string; readonly step: number; readonly stage: string }; readonly steps: number },
): Progress {
  const phase = record.phase === 'undo' ? 'undo step' : 'step';
  return { done, message: `${device}: ${phase} ${record.step + 1} of ${steps}: ${record.stage}` };
}
