import { iso } from '../../lib/index.ts';
import type { Run } from '../command.ts';
import { jobHint, jobJson, jobSheet, routersText } from '../job-text.ts';
import { table } from '../text-table.ts';

export const jobShow: Run = async ({ args, io, operator }) => {
  const view = await (await operator()).fleet.job(args[0] ?? '');
  return { data: jobJson(view), text: () => jobSheet(io, view), note: () => jobHint(view) };
};

export const jobList: Run = async ({ flags, io, operator }) => {
  const limit = flags.whole('limit', { min: 1, max: 200 });
  const { fleet } = await operator();
  const jobs = await fleet.jobs({ ...(flags.on('open') && { open: true as const }), ...(limit !== undefined && { limit }) });
  return {
    data: { jobs: jobs.map(jobJson) },
    text: () =>
      table(
        io,
        [
          { head: 'job', value: ({ jobId }) => jobId },
          { head: 'plan', value: ({ planId }) => planId },
          { head: 'status', value: ({ status }) => status },
          { head: 'state', value: ({ state }) => state },
          { head: 'routers', value: routersText },
          { head: 'by', value: ({ by }) => by },
          { head: 'began', value: ({ startedAt }) => iso(startedAt) },
        ],
        jobs,
      ),
    note: () => (jobs.length === 0 ? 'No jobs.' : ''),
  };
};
