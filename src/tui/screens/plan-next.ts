import { oneLine, type PlanView } from '../../lib/index.ts';
import { plural } from '../parts/format.ts';
import { progressOf } from '../state/progress.ts';
import { rolloutSummary } from './plan-rollout.ts';
import type { Scene } from './view.ts';

/** What a person can do now, in one sentence. */
export function nextStep(view: PlanView, scene: Scene): string {
  const { plan, state } = view;
  if (state === 'executing' || state === 'rolling-back' || state === 'paused') return underWay(view, scene);
  const doing = scene.state.busy[plan.id];
  if (doing !== undefined) return `${doing}.`;
  switch (state) {
    case 'review':
      return view.approvalNeeds.approverKey
        ? `An approver key must sign. In a shell: routeros-mcp plan approve ${plan.id}`
        : 'Read the changes. a approves, x rejects.';
    case 'approved':
      return `Approved by ${oneLine(view.approval?.by ?? 'somebody', 60)}. A applies it now.`;
    case 'completed':
      return 'Done and checked. z makes a plan that undoes it.';
    case 'partial':
      return `${rolloutSummary(view)} z makes a plan that undoes these.`;
    case 'stale':
      return 'The router is not as it was: make the plan again.';
    case 'stuck':
      return isResolved(view)
        ? 'A person has closed it as it is.'
        : 'A person must look: progress (3) lists what is left. :resolve pre, post or accept closes it.';
    default:
      return '';
  }
}

const isResolved = ({ targets }: PlanView): boolean =>
  targets.every(({ state, outcome }) => state !== 'stuck' || outcome?.resolved !== undefined);

function underWay(view: PlanView, scene: Scene): string {
  const { plan, state } = view;
  const what = state === 'executing' ? 'Being applied' : state === 'paused' ? 'Paused' : 'Being rolled back';
  if (plan.rollout) return `${what}. ${rolloutSummary(view)} ${state === 'paused' ? 'H goes on' : 'H pauses'}, C calls it off.`;
  const journal = scene.state.journals[plan.id] ?? [];
  const parts = plan.targets.map(
    (target) => `${oneLine(target.deviceName, 64)}: ${progressOf(target, journal).done} of ${plural(target.steps.length, 'call')} verified`,
  );
  return `${what}. ${parts.join(', ')}. C calls it off.`;
}
