import { type JournalRecord, type JournalStage, oneLine, type PlanView, type Target } from '../../lib/index.ts';
import { callText } from '../parts/calls.ts';
import { clockTime } from '../parts/format.ts';
import { EMPTY, type Line, labelled, line, sentence, span, type Tone } from '../parts/line.ts';
import { stateSpan } from '../parts/words.ts';
import { progressOf, type StepProgress } from '../state/progress.ts';
import { clip } from '../terminal/width.ts';
import { targetHead } from './plan-changes.ts';
import { outcomeLines } from './plan-outcome.ts';
import { rolloutProgress, standSpans } from './plan-rollout.ts';
import type { Scene } from './view.ts';

/** How far a plan is on each router: every call, every check, and how it ended; for many routers first a line for each. */
export function progressLines(view: PlanView, journal: readonly JournalRecord[], scene: Scene): readonly Line[] {
  const many = view.plan.targets.length > 1;
  return [
    ...(many ? rolloutProgress(view, journal, scene) : []),
    ...view.plan.targets
      .filter((target) => !many || worthALook(view, target))
      .flatMap((target) => routerLines(view, target, journal, scene)),
    ...storyLines(view, scene),
  ];
}

/** Among many, the routers where something happens now or went otherwise than planned. */
const worthALook = ({ targets }: PlanView, { deviceId }: Target): boolean =>
  !['draft', 'review', 'approved', 'paused', 'completed', 'cancelled', 'rejected', 'expired'].includes(
    targets.find((one) => one.deviceId === deviceId)?.state ?? 'draft',
  );

function routerLines(view: PlanView, target: Target, journal: readonly JournalRecord[], scene: Scene): readonly Line[] {
  const at = view.targets.find(({ deviceId }) => deviceId === target.deviceId);
  const stand = at ? standSpans(target, journal, at.state, scene).filter(({ text }) => text !== '') : [];
  return [
    [...targetHead(target), span('   '), ...(at ? [stateSpan(at.state, scene.glyphs)] : [])],
    ...(stand.length === 0 ? [] : [[span('   '), ...stand]]),
    ...stepLines(target, journal, scene),
    ...(at?.outcome ? outcomeLines(at.outcome, scene) : []),
    EMPTY,
  ];
}

/** What each stage of a call means to somebody who watches. */
const STAGES: Readonly<Record<JournalStage, { readonly word: string; readonly tone: Tone }>> = {
  intent: { word: 'about to send', tone: 'info' },
  sent: { word: 'sent', tone: 'info' },
  ack: { word: 'accepted', tone: 'info' },
  err: { word: 'refused', tone: 'bad' },
  unknown: { word: 'no answer', tone: 'warn' },
  verified: { word: 'verified', tone: 'good' },
};

function stepLines(target: Target, journal: readonly JournalRecord[], scene: Scene): readonly Line[] {
  const progress = progressOf(target, journal);
  return [
    ...progress.apply.flatMap((step, index) => stepLine(step, index, target, scene)),
    ...(progress.undo.length === 0
      ? []
      : [line('   undone:', 'warn'), ...progress.undo.flatMap((step, index) => stepLine(step, index, target, scene))]),
  ];
}

function stepLine(
  { call, change, stage, error }: StepProgress,
  index: number,
  target: Target,
  { columns, glyphs }: Scene,
): readonly Line[] {
  const look = stage === null ? { word: 'waits', tone: 'dim' as const } : STAGES[stage];
  const sign =
    stage === null
      ? glyphs.waiting
      : stage === 'verified'
        ? glyphs.yes
        : stage === 'err'
          ? glyphs.no
          : stage === 'unknown'
            ? '?'
            : glyphs.running;
  // Undo calls do not name their change: what is secret in any of them is not shown.
  const secret = change === null ? target.changes.flatMap((one) => one.secret) : (target.changes[change]?.secret ?? []);
  const text = clip(callText(call, secret), Math.max(12, columns - 25), glyphs.ellipsis);
  const head: Line = [
    span(`   ${sign} `, look.tone),
    span(`${String(index + 1).padStart(2)}  `, 'dim'),
    span(`${look.word.padEnd(13)} `, look.tone),
    span(text),
  ];
  return error?.routerText === undefined
    ? [head]
    : [head, ...sentence(`the router: ${oneLine(error.routerText, 300)}`, columns, { indent: 9, tone: 'bad' })];
}

/** Made, approved, run: when and by whom. */
function storyLines({ plan, approval, decision, runs }: PlanView, { columns }: Scene): readonly Line[] {
  const row = (label: string, value: string): readonly Line[] => labelled(label, value, columns, { label: 9 });
  return [
    ...row('planned', `${clockTime(plan.createdAt)} by ${oneLine(plan.author.id, 60)}`),
    ...(approval
      ? row(
          'approved',
          `${clockTime(approval.issuedAt)} by ${oneLine(approval.by, 60)}${approval.kind === 'policy' ? ` (rule ${approval.rule ?? ''})` : ''}`,
        )
      : []),
    ...(decision ? row('rejected', `${clockTime(decision.at)} by ${oneLine(decision.by, 60)}`) : []),
    ...runs.flatMap((run) =>
      row(
        'run',
        `${clockTime(run.startedAt)} by ${oneLine(run.by, 60)}${run.endedAt === undefined ? ', under way' : `, took ${took(run.startedAt, run.endedAt)}`}`,
      ),
    ),
  ];
}

const took = (from: number, to: number): string => `${((to - from) / 1000).toFixed(1)} s`;
