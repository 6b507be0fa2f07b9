import type { JobView, PlanView } from '../../lib/index.ts';
import { DEFAULT_TOKENS, fitting } from '../budget.ts';
import { outputSchemaOf, required, textParam, wordParam } from '../schema.ts';
import { tableText } from '../table.ts';
import { CHANGES, defineTool, LOOKS } from '../tool.ts';
import { jobNext, jobRow } from '../view/jobs.ts';
import { nextStep, planLine, targetRows } from '../view/plan.ts';
import { planIdParam } from './plans.ts';

const NEWEST = 10;

export const getJob = defineTool({
  name: 'get_job',
  title: 'Runs of plans',
  description:
    'Shows how far a run of apply_plan is, router by router; without job_id the newest runs.\nUse when apply_plan did not wait for the end.',
  params: {
    job_id: textParam({ about: 'Run: run_…', example: '"run_0123456789abcdef"', allowed: 'the job_id of apply_plan', max: 64 }),
  },
  output: outputSchemaOf({ jobs: { type: 'array', items: { type: 'object' } }, next: { type: 'string' } }),
  annotations: LOOKS,
  tier: 'fundamental',
  topic: 'plan',
  handler: async ({ job_id }, { fleet }) => {
    if (job_id === undefined) return newest(await fleet.jobs({ limit: NEWEST }));
    const job = await fleet.job(job_id);
    return one(job, await fleet.showPlan(job.planId));
  },
});

function newest(jobs: readonly JobView[]) {
  const rows = jobs.map(jobRow);
  const text = rows.length === 0 ? 'No runs.' : `${rows.length} runs, newest first.\n${tableText(rows)}`;
  return { data: { jobs: rows }, text, untrusted: false };
}

/** Where the run stands, and each router of its plan as far as they fit. */
function one(job: JobView, view: PlanView) {
  const rows = targetRows(view);
  const targets = fitting(rows, DEFAULT_TOKENS - 400);
  const { over, all } = job.routers;
  const next = job.status === 'ended' ? nextStep(view) : jobNext(job);
  const data = {
    jobs: [jobRow(job)],
    targets,
    ...(targets.length < rows.length && { targets_total: rows.length }),
    next,
  };
  const states = view.targets.map(({ state }, at) => `${view.plan.targets[at]?.deviceName}: ${state}`).slice(0, 50);
  const text = [planLine(view), `Run ${job.jobId}: ${job.status}, ${over} of ${all} routers are over.`, next, ...states].join('\n');
  return { data, text, untrusted: true };
}

export const controlPlan = defineTool({
  name: 'control_plan',
  title: 'Pause, resume or cancel a run',
  description:
    'Pauses, resumes or cancels a run that you started: cancel takes back what is not confirmed yet and starts no more routers.\n' +
    'Use when a plan under way should stop. Runs of others are stopped by a person.',
  params: { plan_id: planIdParam, action: required(wordParam(['pause', 'resume', 'cancel'], 'What to do.')) },
  output: outputSchemaOf({ jobs: { type: 'array', items: { type: 'object' } }, next: { type: 'string' } }),
  annotations: CHANGES,
  tier: 'professional',
  topic: 'plan',
  handler: async ({ plan_id, action }, { fleet, signal }) => {
    signal.throwIfAborted();
    const job = await fleet.control(plan_id, action);
    const next = `Asked for: ${action}. ${job.status === 'ended' ? nextStep(await fleet.showPlan(plan_id)) : jobNext(job)}`;
    return { data: { jobs: [jobRow(job)], next }, text: `Run ${job.jobId}: ${job.status}. ${next}`, untrusted: false };
  },
});
