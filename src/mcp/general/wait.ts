import { setTimeout as sleep } from 'node:timers/promises';
import type { Fleet, PlanView } from '../../lib/index.ts';

/** How often (ms) the store is asked whether a run has begun, and whether it was paused. */
const BEGUN_EVERY = 50;
const PAUSED_EVERY = 1_000;

/**
 * The result, if it is there in time; undefined where the time (ms) is over first. The work itself goes on.
 * @throws the reason of the abort, and what the work throws in time
 */
export async function within<Result>(work: Promise<Result>, time: number, signal: AbortSignal): Promise<Result | undefined> {
  signal.throwIfAborted();
  const stop = new AbortController();
  try {
    const late = sleep(time, undefined, { signal: AbortSignal.any([signal, stop.signal]) }).catch(() => {
      signal.throwIfAborted();
      return undefined;
    });
    return await Promise.race([work, late]);
  } finally {
    stop.abort();
  }
}

/**
 * The run of a plan that was told to begin, as soon as there is one; the end of the work where it came first.
 * @throws what kept it from beginning
 */
export async function begun(
  fleet: Pick<Fleet, 'showPlan'>,
  planId: string,
  work: Promise<PlanView>,
  signal: AbortSignal,
): Promise<{ readonly jobId: string } | { readonly ended: PlanView }> {
  for (;;) {
    // A store that is busy for a moment says nothing about the work: it is asked again.
    const jobId = await openRun(fleet, planId).catch(() => undefined);
    if (jobId !== undefined) return { jobId };
    const ended = await within(work, BEGUN_EVERY, signal);
    if (ended) return { ended };
  }
}

const openRun = async (fleet: Pick<Fleet, 'showPlan'>, planId: string): Promise<string | undefined> =>
  (await fleet.showPlan(planId)).runs.findLast(({ endedAt }) => endedAt === undefined)?.id;

/**
 * Until there is nothing to wait for: the work is over, or it is paused and would wait for a person as long as that takes. Never throws.
 * @param fleet asked once a second, and only of a plan that can be paused
 */
export async function atWork(fleet: Fleet, planId: string, work: Promise<unknown>): Promise<void> {
  const over = work.then(
    () => true,
    () => true,
  );
  const { signal } = new AbortController();
  while (!(await within(over, PAUSED_EVERY, signal))) {
    const view = await fleet.showPlan(planId).catch(() => undefined);
    if (view?.targets.some(({ state }) => state === 'paused')) return;
  }
}
