import { oneLine, type Plan, type PlanView } from '../../lib/index.ts';
import { ago, plural, until } from '../parts/format.ts';
import { EMPTY, type Line, labelled, line, sentence, span, spread } from '../parts/line.ts';
import { riskSpan, stateSpan } from '../parts/words.ts';
import { type Level, planOf } from '../state/app.ts';
import { callLines, changeLines } from './plan-changes.ts';
import { cutOffLines, guardSummary } from './plan-how.ts';
import { nextStep } from './plan-next.ts';
import { progressLines } from './plan-progress.ts';
import type { Scene, ScreenView, Tab } from './view.ts';

const TABS: readonly Tab[] = [
  { id: 'changes', label: 'changes' },
  { id: 'calls', label: 'exact calls' },
  { id: 'progress', label: 'progress' },
];
export const PLAN_PANES: readonly string[] = TABS.map(({ id }) => id);

/** A plan: who wants what, where and why; how far it is. */
export function planView(level: Level, scene: Scene): ScreenView {
  const view = level.place.kind === 'plan' ? planOf(scene.state, level.place.planId) : undefined;
  const active = PLAN_PANES.includes(level.pane) ? level.pane : 'changes';
  const tabs = { all: TABS, active };
  if (!view)
    return { crumbs: ['Plans'], note: [], intro: [], faded: false, body: { kind: 'text', lines: [line(' Reading the plan.', 'dim')] } };
  return {
    crumbs: ['Plans', oneLine(view.plan.summary, 120)],
    note: [span(view.plan.id, 'dim')],
    tabs,
    intro: headLines(view, scene),
    faded: false,
    body: { kind: 'text', lines: paneLines(active, view, scene) },
  };
}

function paneLines(pane: string, view: PlanView, scene: Scene): readonly Line[] {
  if (pane === 'calls') return callLines(view.plan, scene);
  const journal = scene.state.journals[view.plan.id] ?? [];
  if (pane === 'progress') return progressLines(view, journal, scene);
  return changeLines(view, scene);
}

/** While a plan may yet be carried out, or is; afterwards its outcome says what came of it. */
const STILL_TO_COME: ReadonlySet<PlanView['state']> = new Set(['draft', 'review', 'approved', 'executing', 'paused']);

/** What stays in sight: state, risk, size, time; author; reasons; guard; and what comes next. */
function headLines(view: PlanView, scene: Scene): readonly Line[] {
  const { plan } = view;
  const { columns, state } = scene;
  const row = (label: string, value: string): readonly Line[] => labelled(label, value, columns, { label: 6 }).slice(0, 2);
  const next = nextStep(view, scene);
  return [
    spread(stateLine(view, scene), timeLine(view, scene), columns - 1, scene.glyphs.ellipsis),
    ...row('author', `${authorText(plan)}, ${ago(state.now - plan.createdAt)}`),
    ...row('risk', `${plan.risk}: ${reasonText(plan)}`),
    ...row('guard', guardSummary(plan)),
    ...(STILL_TO_COME.has(view.state) ? cutOffLines(plan, scene).slice(0, 4) : []),
    ...(view.decision ? row('no', `${oneLine(view.decision.by, 60)}: ${oneLine(view.decision.reason, 200)}`) : []),
    ...(next === '' ? [] : sentence(next, columns, { sign: scene.glyphs.arrow, tone: 'info' })),
    EMPTY,
  ];
}

function stateLine({ plan, state }: PlanView, { glyphs }: Scene): Line {
  const { devices, changes, menus } = plan.blastRadius;
  return [
    span(' '),
    stateSpan(state, glyphs),
    span('   '),
    riskSpan(plan.risk),
    span(
      ` risk   ${plural(devices, 'router')}, ${plural(changes, 'change')} in ${menus.length === 1 ? menus[0] : plural(menus.length, 'menu')}`,
    ),
  ];
}

function timeLine({ plan, state, approval }: PlanView, { state: { now } }: Scene): Line {
  if (state === 'review') return [span(`expires ${until(plan.expiresAt - now)}`)];
  if (state === 'approved' && approval)
    return [span(`approval ends ${until(approval.expiresAt - now)}`, approval.expiresAt - now < 120_000 ? 'warn' : 'plain')];
  return [];
}

/** `agent:claude for user:ann, over stdio`. */
export function authorText({ author }: Plan): string {
  const behind = author.onBehalfOf === undefined ? '' : ` for ${oneLine(author.onBehalfOf, 60)}`;
  return `${oneLine(author.id, 60)}${behind}, over ${oneLine(author.origin, 20)}`;
}

export const reasonText = (plan: Plan): string =>
  plan.reasons.length === 0 ? 'nothing speaks for more' : plan.reasons.map((reason) => oneLine(reason, 200)).join('; ');
