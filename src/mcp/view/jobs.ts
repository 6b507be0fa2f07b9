import { iso, type JobView } from '../../lib/index.ts';

/** A run for an answer. */
export const jobRow = ({ jobId, planId, by, startedAt, endedAt, status, state, routers }: JobView) => ({
  job_id: jobId,
  plan_id: planId,
  status,
  state,
  routers: { all: routers.all, over: routers.over, completed: routers.completed },
  started_by: by,
  started_at: iso(startedAt),
  ...(endedAt !== undefined && { ended_at: iso(endedAt) }),
});

/** What a caller does next about a run that is not over. */
export const jobNext = ({ status, jobId }: Pick<JobView, 'status' | 'jobId'>): string => {
  if (status === 'paused') return 'It is paused: control_plan resumes or cancels it.';
  if (status === 'interrupted') return 'Its process is gone: it is taken up within a minute, and finished or undone. Ask get_job again.';
  return `It is under way: get_job with job_id=${jobId} shows where it stands.`;
};
