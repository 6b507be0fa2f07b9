import type { Outcome, PlanView } from '../../lib/index.ts';
import type { Answer } from '../tool.ts';
import { planAnswer } from './plan.ts';

/**
 * A plan that ran, and how it ended. Anything but completed is an error result that says where the router stands
 * and what is safe next: a client that looks at nothing but `isError` must not take a change that was undone for done.
 */
export function endedAnswer(view: PlanView, jobId?: string): Answer {
  if (view.state === 'completed')
    return planAnswer(view, { applied: true, jobId, note: 'Applied: every change was read back from the router.' });
  const worst = view.targets.map(({ outcome }) => outcome).find(isBad);
  const error = {
    code: worst?.code ?? 'PLAN_STATE',
    message: `The plan ended ${view.state}. ${worst?.summary ?? ''}`.trim(),
    retryable: false,
    hint: worst?.hint ?? 'Look at get_plan before anything else.',
    details: { plan_id: view.plan.id, state: view.state },
  };
  const answer = planAnswer(view, { applied: false, jobId, note: `${error.code}: ${error.message} ${error.hint}` });
  return { ...answer, data: { ...answer.data, error }, failed: true };
}

const isBad = (outcome: Outcome | undefined): outcome is Outcome => outcome !== undefined && outcome.state !== 'completed';
