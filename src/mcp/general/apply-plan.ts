import type { PlanView } from '../../lib/index.ts';
import { integerParam, outputSchemaOf, textParam } from '../schema.ts';
import { type Answer, CHANGES, defineTool, type ToolContext } from '../tool.ts';
import { endedAnswer } from '../view/ended.ts';
import { jobNext } from '../view/jobs.ts';
import { PLAN_OUTPUT, planAnswer } from '../view/plan.ts';
import { planIdParam } from './plans.ts';
import { tellProgress } from './progress.ts';
import { atWork, begun, within } from './wait.ts';

const DEFAULT_WAIT = 30;

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
    'Applies a plan that a person has approved: checks it after, and undoes it when a check fails. Refused without an approval.\n' +
    'Use when get_plan says it is approved. It runs on when you stop waiting: get_job follows it, control_plan cancels it.',
  params: {
    plan_id: planIdParam,
    approval_token: textParam({
      about: 'Only if a person handed you one.',
      example: '"apr_…"',
      allowed: 'the token a person was given at approval',
      max: 2_000,
    }),
    wait_seconds: integerParam({ about: 'How long to wait for its end; default 30.', min: 0, max: 600, example: DEFAULT_WAIT }),
  },
  output: outputSchemaOf({ ...PLAN_OUTPUT.properties, job_id: { type: 'string' } }),
  annotations: CHANGES,
  tier: 'professional',
  topic: 'plan',
  handler: async ({ plan_id, approval_token, wait_seconds = DEFAULT_WAIT }, context) => {
    context.signal.throwIfAborted();
    const done = new AbortController();
    const telling = tellProgress(context, plan_id, done.signal);
    try {
      const request = { planId: plan_id, ...(approval_token !== undefined && { token: approval_token }) };
      return await applied(context, plan_id, context.fleet.apply(request), wait_seconds * 1_000);
    } finally {
      done.abort();
      await telling;
    }
  },
});

/** The run belongs to the server, not to the call: what ends here is the waiting. */
async function applied({ fleet, keep, signal }: ToolContext, planId: string, work: Promise<PlanView>, wait: number): Promise<Answer> {
  void keep(atWork(fleet, planId, work));
  const ended = await within(work, wait, signal);
  if (ended) return endedAnswer(ended, ended.runs.at(-1)?.id);
  const run = await begun(fleet, planId, work, signal);
  if ('ended' in run) return endedAnswer(run.ended, run.ended.runs.at(-1)?.id);
  const { jobId } = run;
  const note = `Not over yet. ${jobNext(await fleet.job(jobId))}`;
  return planAnswer(await fleet.showPlan(planId), { applied: false, jobId, note });
}
