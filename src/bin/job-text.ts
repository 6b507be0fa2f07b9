import { iso, type JobView } from '../lib/index.ts';
import type { Io } from './io.ts';
import { sheet } from './text-table.ts';

/** An execution of a plan as `--json` prints it: fields are added, never renamed or taken away. */
export const jobJson = ({ jobId, planId, by, startedAt, endedAt, status, state, routers }: JobView) => ({
  jobId,
  planId,
  by,
  startedAt: iso(startedAt),
  endedAt: endedAt === undefined ? null : iso(endedAt),
  status,
  state,
  routers,
});

export const routersText = ({ routers: { all, over, completed } }: JobView): string =>
  all === 1 ? `${over} of 1 over` : `${over} of ${all} over, ${completed} completed`;

export function jobSheet(io: Io, view: JobView): string {
  const { jobId, planId, by, startedAt, endedAt, status, state } = view;
  return sheet(io, [
    ['job', jobId],
    ['plan', planId],
    ['status', status],
    ['state', state],
    ['routers', routersText(view)],
    ['by', by],
    ['began', iso(startedAt)],
    ...(endedAt === undefined ? [] : [['ended', iso(endedAt)] as const]),
  ]);
}

/** What can be done with it, for people. */
export function jobHint({ status, planId }: JobView): string {
  if (status === 'interrupted') return 'Its process is gone. routeros-mcp plan recover takes it up.';
  if (status === 'paused') return `Go on: routeros-mcp plan resume ${planId}, or call it off: routeros-mcp plan cancel ${planId}`;
  if (status === 'running') return `Call it off: routeros-mcp plan cancel ${planId}`;
  return '';
}
