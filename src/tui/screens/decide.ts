import { oneLine, type PlanView } from '../../lib/index.ts';
import { plural } from '../parts/format.ts';
import { EMPTY, type Line, labelled, line, sentence, span } from '../parts/line.ts';
import { riskSpan } from '../parts/words.ts';
import { type AppState, planOf } from '../state/app.ts';
import { authorText, reasonText } from './plan.ts';
import { asSentence, diffLines, lostLines } from './plan-changes.ts';
import { cutOffLines, guardSummary, howLines } from './plan-how.ts';
import type { Scene, ScreenView } from './view.ts';

/** The page behind the question "approve?" or "why not?": what, where, how dangerous. It replaces the screen while it is asked. */
export function decideView(scene: Scene): ScreenView | undefined {
  const asked = askedPlan(scene.state);
  if (!asked) return undefined;
  const { view, verb } = asked;
  return {
    crumbs: ['Plans', verb === 'approve' ? 'Approve?' : 'Reject?'],
    note: [span(view.plan.id, 'dim')],
    intro: [],
    faded: false,
    body: { kind: 'text', lines: verb === 'approve' ? approveLines(view, scene) : rejectLines(view, scene) },
  };
}

function askedPlan(state: AppState): { readonly view: PlanView; readonly verb: 'approve' | 'reject' } | undefined {
  const purpose = state.prompt?.purpose;
  if (purpose?.kind !== 'approve' && purpose?.kind !== 'reject') return undefined;
  const view = planOf(state, purpose.planId);
  return view && { view, verb: purpose.kind };
}

function approveLines(view: PlanView, scene: Scene): readonly Line[] {
  const { plan, approvalNeeds } = view;
  return [
    ...whatLines(view, scene),
    ...approvalNeeds.because.flatMap((text) => sentence(asSentence(oneLine(text, 300)), scene.columns, { sign: '!', tone: 'warn' })),
    EMPTY,
    ...diffLines(plan, scene),
    ...howLines(plan, scene),
    ...lostLines(plan, scene),
  ];
}

const rejectLines = (view: PlanView, scene: Scene): readonly Line[] => [
  ...whatLines(view, scene),
  EMPTY,
  line(' A rejected plan stays in the list with your reason; it can never be applied.', 'dim'),
];

function whatLines({ plan }: PlanView, scene: Scene): readonly Line[] {
  const { columns } = scene;
  const row = (label: string, value: string): readonly Line[] => labelled(label, value, columns, { label: 7 });
  const where = plan.targets.map(({ deviceName, environment }) => `${oneLine(deviceName, 64)} (${environment})`).join(', ');
  return [
    ...row('what', oneLine(plan.summary, 300)),
    ...row(
      'where',
      `${plan.targets.length > 1 ? `${plan.targets.length} routers: ` : ''}${where}: ${plural(plan.blastRadius.changes, 'change')} in ${plan.blastRadius.menus.join(', ')}`,
    ),
    [span(' risk    ', 'dim'), riskSpan(plan.risk), span(`: ${reasonText(plan)}`)],
    ...row('author', authorText(plan)),
    ...row('guard', guardSummary(plan)),
    ...cutOffLines(plan, scene),
  ];
}
