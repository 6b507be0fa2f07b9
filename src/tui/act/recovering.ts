import { oneLine } from '../../lib/index.ts';
import { plural } from '../parts/format.ts';
import { planOf } from '../state/app.ts';
import { type Act, complain, say } from './act.ts';
import { loadJobs, loadPlan, loadPlans } from './reading.ts';

/** Runs whose process died are looked for this often (ms). */
const LOOK_EVERY = 60_000;
const TAKING_UP = 'Taking up what another process left';

/** Takes up what other processes left in the middle, at once and then every minute, until the screen goes. */
export async function recoverRuns(act: Act, signal: AbortSignal): Promise<void> {
  // Whoever may only look leaves it to those who may write.
  if (act.readOnly !== undefined) return;
  while (!signal.aborted) {
    await takeUp(act).catch((thrown: unknown) => complain(act, thrown));
    await act.clock.sleep(LOOK_EVERY, signal).catch(() => undefined);
  }
}

async function takeUp(act: Act): Promise<void> {
  const left = (await act.fleet.jobs({ open: true })).filter(({ status }) => status === 'interrupted').map(({ planId }) => planId);
  // It is work from here from now on: whoever quits is asked.
  for (const planId of left) act.store.dispatch({ type: 'busy', planId, doing: TAKING_UP });
  if (left.length > 0) announce(act, `The process that ran ${namesOf(act, left)} is gone: it is taken up from here.`);
  let taken: readonly string[] = [];
  try {
    taken = await act.fleet.recover();
  } finally {
    for (const planId of left) act.store.dispatch({ type: 'busy', planId, doing: null });
  }
  if (taken.length === 0 || act.signal.aborted) return;
  await Promise.all([loadJobs(act), loadPlans(act)]);
  for (const planId of taken) if (planOf(act.store.get(), planId)) await loadPlan(act, planId).catch(() => undefined);
  announce(act, `Taken up and settled: ${namesOf(act, taken)}. p shows how it ended.`);
}

function announce(act: Act, text: string): void {
  if (act.signal.aborted) return;
  act.bell();
  say(act, 'warn', text);
}

function namesOf(act: Act, planIds: readonly string[]): string {
  const [first = ''] = planIds;
  if (planIds.length > 1) return plural(planIds.length, 'plan');
  const known = planOf(act.store.get(), first);
  return known ? `"${oneLine(known.plan.summary, 80)}"` : first;
}
